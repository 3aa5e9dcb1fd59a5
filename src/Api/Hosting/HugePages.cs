using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Zvonok.Api.Hosting;

/// <summary>
/// Asks Linux to put the managed heap on pages of 2 MB instead of 4 kB. A heap that holds a city has hundreds of thousands of small
/// pages, and on a virtual machine everything that walks them (the kernel's own monitors too) is paid for by whoever waits for an
/// answer (docs/decisions/0004-huge-pages.md).
/// </summary>
public static class HugePages
{
    // Of <sys/mman.h>, the same on every architecture that .NET runs on.
    private const int ReadAndWrite = 1 | 2;
    private const int InCoreDumps = 17;
    private const int Huge = 14;

    /// <summary>
    /// Prepares what the collector has reserved and not yet used, so it belongs at the start of a program. The collector gives every
    /// piece the right to be written and a place in core dumps when it first needs it, some kilobytes at a time; with both given to
    /// all of it beforehand, the kernel sees one range, which a huge page fits into. Nothing is used that is not written to.
    /// </summary>
    /// <returns>Null, or why the heap stays on small pages: not on Linux, switched off there, or refused.</returns>
    public static string? Prepare()
    {
        const string Switch = "/sys/kernel/mm/transparent_hugepage/enabled";
        if (!OperatingSystem.IsLinux()) return "only Linux can be asked";
        if (!File.Exists(Switch) || File.ReadAllText(Switch).Contains("[never]", StringComparison.Ordinal)) return $"{Switch} says never";
        var (start, length) = Reserve();
        var needed = (nuint)Math.Min((ulong)length, (ulong)GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
        return Protect(start, needed, ReadAndWrite) == 0 && Advise(start, needed, InCoreDumps) == 0 && Advise(start, needed, Huge) == 0
            ? null
            : new Win32Exception(Marshal.GetLastPInvokeError()).Message;
    }

    // The collector reserves far more than the machine has; nothing else comes near it.
    private static (nint Start, nuint Length) Reserve() =>
        File.ReadLines("/proc/self/maps").Select(Range).MaxBy(range => range.Length);

    // "7ece7f801000-7f0e78000000 ---p 00000000 00:00 0" is anonymous and not used: no rights, and no name at the end.
    private static (nint Start, nuint Length) Range(string line)
    {
        var columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (columns is not [var addresses, "---p", _, _, _]) return default;
        var ends = addresses.Split('-');
        var (start, end) = (Parse(ends[0]), Parse(ends[1]));
        return ((nint)start, (nuint)(end - start));
    }

    private static ulong Parse(string address) => ulong.Parse(address, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    [DllImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static extern int Protect(nint start, nuint length, int rights);

    [DllImport("libc", EntryPoint = "madvise", SetLastError = true)]
    private static extern int Advise(nint start, nuint length, int advice);
}
