using Zvonok.Processes;

namespace Zvonok.Load.Reports;

/// <summary>Processor time of all parties from one moment on.</summary>
/// <param name="servers">The silos, or the rival.</param>
/// <param name="database">The database server; null where there is none.</param>
internal sealed class CpuMeter(IReadOnlyList<int> servers, int? database)
{
    private readonly (double Server, double Database, double Client) _before = Read(servers, database);

    /// <summary>With one server.</summary>
    public CpuMeter(int server, int? database)
        : this([server], database)
    {
    }

    /// <summary>What was used since then, in seconds.</summary>
    public CpuSeconds Stop()
    {
        var now = Read(servers, database);
        return new CpuSeconds(now.Server - _before.Server, now.Database - _before.Database, now.Client - _before.Client);
    }

    private static (double Server, double Database, double Client) Read(IReadOnlyList<int> servers, int? database) => (
        servers.Sum(ProcessUsage.CpuSeconds),
        database is { } id ? ProcessUsage.CpuSecondsWithChildren(id) : 0,
        ProcessUsage.CpuSeconds(Environment.ProcessId));
}

/// <summary>Processor time in seconds.</summary>
internal readonly record struct CpuSeconds(double Server, double Database, double Client)
{
    public static CpuSeconds operator +(CpuSeconds a, CpuSeconds b) => new(a.Server + b.Server, a.Database + b.Database, a.Client + b.Client);

    /// <summary>By operation, in microseconds.</summary>
    public CpuFigures Each(long operations)
    {
        double Share(double seconds) => operations == 0 ? 0 : Math.Round(seconds * 1_000_000 / operations, 2);
        return new CpuFigures(Share(Server), Share(Database), Share(Client));
    }
}
