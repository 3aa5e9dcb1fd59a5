using System.Globalization;

namespace Zvonok.Processes;

/// <summary>What processes cost, as Linux counts it.</summary>
public static class ProcessUsage
{
    // Linux reports in these units to every program, whatever the kernel's own clock is (USER_HZ).
    private const double TicksPerSecond = 100;

    /// <summary>Processor time of a process so far, in user and kernel mode, in seconds.</summary>
    public static double CpuSeconds(int process) => Read(process) is { } stat ? stat.OwnTicks / TicksPerSecond : 0;

    /// <summary>
    /// Processor time of a process, its living children and the children that it has outlived, in seconds: for PostgreSQL
    /// the whole server, whose connections are processes that come and go.
    /// </summary>
    public static double CpuSecondsWithChildren(int process)
    {
        if (Read(process) is not { } parent) return 0;
        var ticks = parent.OwnTicks + parent.EndedChildrenTicks;
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(directory), CultureInfo.InvariantCulture, out var id)) continue;
            if (Read(id) is { } child && child.Parent == process) ticks += child.OwnTicks + child.EndedChildrenTicks;
        }

        return ticks / TicksPerSecond;
    }

    /// <summary>Resident memory now and at its highest, in bytes.</summary>
    public static (long Now, long Peak) ResidentBytes(int process)
    {
        var lines = Status(process);
        return (Kilobytes(lines, "VmRSS:") * 1024, Kilobytes(lines, "VmHWM:") * 1024);
    }

    /// <summary>
    /// Whether a process has memory in huge pages that the machine's operator has reserved (<c>vm.nr_hugepages</c>), which PostgreSQL puts its cache into
    /// when there are enough of them.
    /// </summary>
    public static bool UsesReservedHugePages(int process) => Kilobytes(Status(process), "HugetlbPages:") > 0;

    private static string[] Status(int process) => File.ReadAllLines($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/status");

    private static long Kilobytes(string[] lines, string name)
    {
        var line = lines.First(line => line.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line.AsSpan(name.Length, line.Length - name.Length - "kB".Length).Trim(), CultureInfo.InvariantCulture);
    }

    private static Stat? Read(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/stat");
            // The name, in parentheses, may hold blanks: fields count from its end. See proc(5): state is field 3.
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            long Field(int number) => long.Parse(fields[number - 3], CultureInfo.InvariantCulture);
            return new Stat((int)Field(4), Field(14) + Field(15), Field(16) + Field(17));
        }
        catch (IOException)
        {
            return null;
        }
    }

    private readonly record struct Stat(int Parent, long OwnTicks, long EndedChildrenTicks);
}
