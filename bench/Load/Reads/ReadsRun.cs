using Zvonok.Domain.Cards;
using Zvonok.Domain.Time;
using Zvonok.Load.Morning;
using Zvonok.Processes;

namespace Zvonok.Load.Reads;

/// <summary>A city is registered, a month is written past its silo, families read, the plans of their queries are taken, and the data are audited.</summary>
internal sealed class ReadsRun
{
    private const double Megabyte = 1024 * 1024;
    private const int WarmInFlight = 16;

    private readonly Dictionary<string, object?> _figures = [];
    private readonly Dictionary<string, ArmFigures> _arms = [];
    private readonly ReadsSettings _settings;
    private readonly City _city;
    private readonly SchoolMonth _month;
    private readonly Random _random = new(1);
    private SiloSettings _data = null!;

    // Nobody meets an account twice before everybody has been met.
    private readonly IEnumerator<int> _asleep;

    private ReadsRun(ReadsSettings settings)
    {
        (_settings, _city) = (settings, City.Create(CityPlan.Moscow(settings.Pupils)));
        _month = new SchoolMonth(_city, Calendars.DayOf(SystemClock.Instance.GetCurrentInstant(), _city.Plan.TimeZone), settings.Days, settings.PassageDays);
        var order = new PupilOrder(settings.Pupils, _city.Plan.Seed);
        _asleep = Enumerable.Range(0, settings.Pupils).Select(position => order[position]).GetEnumerator();
    }

    public Failures Failures { get; } = new();

    public ReadRecorder Recorder { get; private set; } = null!;

    public Plans Plans { get; private set; } = null!;

    public IReadOnlyDictionary<string, ArmFigures> Arms => _arms;

    public IReadOnlyDictionary<string, object?> Figures => _figures;

    public static async Task<ReadsRun> Play(Stage stage, ReadsSettings settings, CancellationToken stop)
    {
        var run = new ReadsRun(settings);
        var data = run._data = await stage.NewSilo("reads", Store.Postgres, stop);
        await run.Fill(stage, data, stop);
        await run.Tell(stage, stop);

        var silo = await stage.Start(data, stop);
        using (var parents = run.ParentsAt(silo.Address))
        {
            await run.Warm(parents, stop);
            await stage.Settle(stop);
            await run.Measure(stage, silo, parents, stop);
        }

        await run.Stop(silo);
        await Terminal.Show("Taking plans", 1, async _ => run.Plans = await Plans.Take(stage, data, run.ParentsAt, run.Draw, stop));
        return run;
    }

    /// <summary>A kind as reports show it.</summary>
    public static string NameOf(ReadKind kind) => kind switch
    {
        ReadKind.Activation => "activation",
        ReadKind.DayReport => "day report",
        ReadKind.WeekReport => "week report",
        ReadKind.FirstPage => "first page",
        ReadKind.NextPage => "next page",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "has no name: give it a line."),
    };

    // Notices begin at the end of what is there when they are first on: nobody would be told of this month.
    private async Task Fill(Stage stage, SiloSettings data, CancellationToken stop)
    {
        var registry = await stage.Start(data with { Environment = new Dictionary<string, string> { ["Zvonok:Notices:Enabled"] = "false" } }, stop);
        await Town.Register(registry.Address, _city, "Registering the city", sent: null, stop);
        await Stop(registry);
        await new MonthWriter(data.ConnectionString!, _city, _month, new TokenKey(Convert.FromHexString(stage.TokenKey))).Write(stop);
        await stage.Settle(stop);
    }

    private async Task Tell(Stage stage, CancellationToken stop)
    {
        var database = await stage.Postgres(stop);
        _figures["entries"] = await Number("select count(*) from entry");
        _figures["passages"] = await Number("select count(*) from passage");
        foreach (var table in (string[])["entry", "passage"])
        {
            _figures[$"{table}_table_mb"] = await Number($"select pg_table_size('{table}') / 1048576");
            _figures[$"{table}_index_mb"] = await Number($"select pg_indexes_size('{table}') / 1048576");
        }

        _figures["database_mb"] = await Number("select pg_database_size(current_database()) / 1048576");
        async Task<long> Number(string sql) => long.Parse(await database.Query("reads", sql, stop), System.Globalization.CultureInfo.InvariantCulture);
    }

    // First as fast as it goes with so many under way, then at the rate: a cold silo is another question. The other accounts sleep on.
    private async Task Warm(Parents parents, CancellationToken stop)
    {
        var steps = ReadScript.Write(_settings, _settings.WarmSeconds, _asleep, _random);
        var half = steps.TakeWhile(step => step.Start.TotalSeconds < _settings.WarmSeconds / 2.0).ToList();
        var count = 0L;
        var options = new ParallelOptions { MaxDegreeOfParallelism = WarmInFlight, CancellationToken = stop };
        // Somebody has to have seen a first page before others turn it.
        foreach (var step in half.Where(step => step.Kind == ReadKind.FirstPage).Take(10 * WarmInFlight)) await parents.Ask(step);
        await Terminal.Show("Warming up", half.Count, done => Parallel.ForEachAsync(half, options, async (step, _) =>
        {
            await parents.Ask(step);
            done.Report(Interlocked.Increment(ref count));
        }));
        await Terminal.Show("Warming up at the rate", _settings.WarmSeconds, done =>
            OpenLoop.Run(parents.Ask, [.. steps.Skip(half.Count).Select(step => step with { Start = step.Start - half[^1].Start })], new ReadRecorder(_settings.WarmSeconds), Failures, done, stop));
    }

    private async Task Measure(Stage stage, SiloProcess silo, Parents parents, CancellationToken stop)
    {
        var steps = ReadScript.Write(_settings, _settings.Seconds, _asleep, _random);
        var checkpoint = await stage.LatestCheckpoint(stop);
        var cpu = new CpuMeter(silo.ProcessId, stage.Database?.ProcessId);
        await Terminal.Show("Reading", _settings.Seconds, async done =>
            Recorder = await OpenLoop.Run(parents.Ask, steps, new ReadRecorder(_settings.Seconds), Failures, done, stop));
        var elapsed = Recorder.Elapsed.TotalSeconds;
        var used = cpu.Stop();

        _arms["all"] = ArmFigures.Of(Recorder.All, elapsed, used.Each(Recorder.All.TotalCount));
        foreach (var (kind, latencies) in Recorder.Kinds) _arms[NameOf(kind)] = ArmFigures.Of(latencies, elapsed, cpu: null);
        _figures["longest_stall_ms"] = Math.Round(Recorder.LongestStall.TotalMilliseconds, 1);
        _figures["sent_late_p99_ms"] = Math.Round(Recorder.Lag.GetValueAtPercentile(99) / 1_000.0, 2);
        _figures["sent_late_max_ms"] = Math.Round(Recorder.Lag.GetValueAtPercentile(100) / 1_000.0, 2);
        _figures["silo_rss_peak_mb"] = Math.Round(ProcessUsage.ResidentBytes(silo.ProcessId).Peak / Megabyte);
        _figures["checkpoint_in_window"] = await stage.LatestCheckpoint(stop) != checkpoint;
    }

    private Parents ParentsAt(Uri address) => new(address, _settings.Connections, _city, _month, Failures);

    private ReadStep Draw(ReadKind kind)
    {
        if (kind == ReadKind.Activation) _asleep.MoveNext();
        return new ReadStep(TimeSpan.Zero, kind, kind == ReadKind.Activation ? _asleep.Current : _random.Next(_settings.Pupils), _random.Next(_settings.FirstPassageDay, _settings.Days));
    }

    /// <summary>Holds the month against the invariants.</summary>
    public async Task Audit(CancellationToken stop)
    {
        // Sorting so much in the usual 4 MB would take as long as everything before.
        var roomy = new Npgsql.NpgsqlConnectionStringBuilder(_data.ConnectionString) { Options = "-c work_mem=512MB" }.ConnectionString;
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        CommandResult? audit = null;
        await Terminal.Show("Auditing", 1, async _ => audit = await SiloProcess.RunVerb(_data with { ConnectionString = roomy }, ["audit"], stop));
        _figures["audit_exit_status"] = audit!.ExitCode;
        _figures["audit_seconds"] = Math.Round(System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalSeconds);
        if (audit.ExitCode == 0) return;
        Failures.Add($"audit ended with {audit.ExitCode}");
        Terminal.Say(audit.Output);
    }

    private async Task Stop(SiloProcess silo)
    {
        if (await silo.Stop() is not 0 and var status) Failures.Add($"the silo ended with {status}");
    }
}
