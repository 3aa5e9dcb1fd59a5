using System.Globalization;

namespace Zvonok.Load.Setup;

/// <summary>
/// Huge pages for PostgreSQL's cache, as the handbook asks an operator for them (docs/OPERATIONS.md): reserved before the server starts, given back when
/// the run is over. It takes root; without, a run goes on with the pages that there are.
/// </summary>
internal sealed class HugePageReserve : IDisposable
{
    private const string CountFile = "/proc/sys/vm/nr_hugepages";
    private const string MemoryFile = "/proc/meminfo";

    // The server has other shared memory beside its cache: 540 pages of 2 MB for 1 GB, by its own account, and a tenth more.
    private const double Allowance = 1.16;

    private long _taken;

    private HugePageReserve(long taken) => _taken = taken;

    /// <summary>Reserves what a cache needs, unless that much lies ready.</summary>
    public static HugePageReserve Take(long cacheBytes)
    {
        if (!File.Exists(CountFile) || Memory("Hugepagesize:") is not (> 0 and var kilobytes)) return new HugePageReserve(0);
        var missing = (long)Math.Ceiling(cacheBytes * Allowance / (1024 * kilobytes)) - (Memory("HugePages_Free:") - Memory("HugePages_Rsvd:"));
        if (missing <= 0) return new HugePageReserve(0);
        if (Grow(missing)) return new HugePageReserve(missing);
        Terminal.Say(string.Create(CultureInfo.InvariantCulture,
            $"PostgreSQL's cache lies on small pages, which makes slow answers slower on some machines: {missing} more huge pages (vm.nr_hugepages) need root, and memory in one piece."));
        return new HugePageReserve(0);
    }

    public void Dispose()
    {
        if (_taken > 0) Write(Reserved() - _taken);
        _taken = 0;
    }

    private static bool Grow(long by)
    {
        var before = Reserved();
        if (!Write(before + by)) return false;
        if (Reserved() >= before + by) return true;
        Write(before);
        return false;
    }

    private static bool Write(long count)
    {
        try
        {
            File.WriteAllText(CountFile, count.ToString(CultureInfo.InvariantCulture));
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static long Reserved() => long.Parse(File.ReadAllText(CountFile), CultureInfo.InvariantCulture);

    private static long Memory(string name)
    {
        var line = File.ReadLines(MemoryFile).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) ?? $"{name} 0";
        return long.Parse(line[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], CultureInfo.InvariantCulture);
    }
}
