using System.Diagnostics;
using HdrHistogram;
using Zvonok.Gate.V1;
using Zvonok.Load.Devices;
using Zvonok.Load.Morning;
using Zvonok.Processes;

namespace Zvonok.Load.Uploads;

/// <summary>
/// Live taps alone; then all devices connect, each with its queue, and upload when and as fast as the core tells them (O7), while the taps go on, which they also do when all is uploaded and the devices are
/// connected as on any day; then some of the schools once more, without a pace.
/// </summary>
internal sealed class UploadsRun
{
    private const string Alone = "taps, nobody connected", Normal = "taps, all connected", Beside = "taps beside uploads", Paced = "facts, paced", Unpaced = "facts, unpaced";
    private const int RoomForUploads = 10;
    private readonly UploadsSettings _settings;
    private readonly City _city;
    private readonly CityOutage _outage;
    private readonly LiveTaps _live;
    private readonly Dictionary<string, ArmFigures> _arms = [];
    private readonly Dictionary<string, object?> _figures = [];
    private readonly Uncollected _uncollected = new();
    private readonly List<MorningRecorder> _alone = [];
    private readonly List<MorningRecorder> _normal = [];
    private readonly List<MorningRecorder> _beside = [];

    private UploadsRun(UploadsSettings settings)
    {
        (_settings, _city) = (settings, NewDevice.CityWith(settings.Pupils, settings.Devices));
        // Half an hour without a connection, and half an hour more for those who leave again.
        _outage = new CityOutage(_city, new OperationIds(SystemClock.Instance, 3), SystemClock.Instance.GetCurrentInstant() - Duration.FromMinutes(61));
        _live = new LiveTaps(_city, settings.LiveRate);
    }

    public Failures Failures { get; } = new();

    public IReadOnlyDictionary<string, ArmFigures> Arms => _arms;

    public IReadOnlyDictionary<string, object?> Figures => _figures;

    public IReadOnlyDictionary<string, Ratio> Ratios => new Dictionary<string, Ratio>
    {
        ["p99 of taps, beside uploads/all connected"] = Ratio.Of([.. _beside.Select(turn => turn.Taps.GetValueAtPercentile(99) / (double)All(_normal).GetValueAtPercentile(99))]),
        ["p99 of taps, all connected/nobody connected"] = Ratio.Of([.. _normal.Select(turn => turn.Taps.GetValueAtPercentile(99) / (double)All(_alone).GetValueAtPercentile(99))]),
    };

    /// <summary>Facts acknowledged in each second of the paced uploads.</summary>
    public IReadOnlyList<int> BySecond { get; private set; } = [];

    /// <summary>The 99th percentile of each turn of live taps beside them, in milliseconds.</summary>
    public IReadOnlyList<double> P99BySecond => [.. _beside.SelectMany(turn => turn.BySecond).Select(second => second.GetValueAtPercentile(99) / 1_000.0)];

    public static async Task<UploadsRun> Play(Stage stage, UploadsSettings settings, CancellationToken stop)
    {
        var run = new UploadsRun(settings);
        var silo = await stage.Start(await stage.NewSilo("uploads", settings.Store, stop), stop);
        await Town.Register(silo.Address, run._city, "Registering the city", sent: null, stop);
        await Town.FillPurses(silo.Address, [.. CityOutage.Buyers(run._city).Select(run._city.PupilAt)], "Filling purses", stop);
        await using (var few = new Fleet(silo.Address, UploadsSettings.FewSockets, run._city, new OperationIds(SystemClock.Instance, 1), run.Failures))
        {
            await Terminal.Show("Warming up", run._live.WarmUpCount, done => run._live.WarmUp(few.Do, done, stop));
            await stage.Settle(stop);
            for (var round = 0; round < settings.Rounds; round++) run._alone.Add(await run.Turn($"Round {round + 1}, {Alone}", few.Do, stop));
            run._arms[Alone] = run.Figure(run._alone);
            await run.ComeBack(stage, silo, few, stop);
        }

        await stage.Settle(stop);
        await run.Hurry(stage, silo, stop);
        await Audit.End(silo, run._figures, run.Failures, stop);
        return run;
    }

    private async Task ComeBack(Stage stage, SiloProcess silo, Fleet few, CancellationToken stop)
    {
        NewDevice[] devices = [.. _outage.Devices()];
        var facts = devices.Sum(device => device.Queued);
        await using var fleet = new DeviceFleet(silo.Address, Failures);
        var began = Stopwatch.GetTimestamp();
        await Terminal.Show("Coming back", 1 + devices.Length / _settings.ConnectRate, done => fleet.Connect(devices, _settings.ConnectRate, done, stop));
        _figures["connected"] = fleet.Count;
        var uploader = new Uploader(Failures);
        // Whoever comes back is measured by `devices`; here it is the uploads. A collection between two turns would hold them up, and all at once they would catch up.
        _beside.AddRange(await _uncollected.Run(() => BesideUploads(fleet, uploader, few, facts, stop), RoomForUploads));
        BySecond = uploader.BySecond;
        var took = uploader.BySecond.Index().Last(second => second.Item > 0).Index + 1;
        _figures["facts"] = facts;
        _figures["paced_merged_after_s"] = took;
        _figures["uploads_repeated"] = uploader.Repeats;
        _arms[Beside] = Figure(_beside);
        _arms[Paced] = new ArmFigures { OpsPerS = Math.Round(uploader.Acknowledged / (double)took, 1), Operations = uploader.Acknowledged };
        if (uploader.Acknowledged != facts) Failures.Add($"of {facts} facts {uploader.Acknowledged} were acknowledged");
        _figures["from_first_connect_s"] = Math.Round(Stopwatch.GetElapsedTime(began).TotalSeconds);
        await stage.Settle(stop);
        for (var round = 0; round < _settings.Rounds; round++) _normal.Add(await Turn($"Round {round + 1}, {Normal}", few.Do, stop));
        _arms[Normal] = Figure(_normal);
        _figures["collections_of_the_tool"] = _uncollected.Collections;
    }

    private async Task<List<MorningRecorder>> BesideUploads(DeviceFleet fleet, Uploader uploader, Fleet few, long facts, CancellationToken stop)
    {
        var (uploading, turns) = (Task.WhenAll(Uploads(fleet, uploader)), new List<MorningRecorder>());
        while (!uploading.IsCompleted) turns.Add(await Taps($"{uploader.Acknowledged} of {facts} facts", few.Do, stop));
        await uploading;
        return turns;
    }

    private IEnumerable<Task> Uploads(DeviceFleet fleet, Uploader uploader)
    {
        var (gates, tills) = (fleet.Gates.ToDictionary(line => line.Device), fleet.Tills.ToDictionary(line => line.Device));
        foreach (var school in _city.Schools)
        {
            foreach (var gate in Enumerable.Range(0, school.GateCount)) yield return OfGate(gates[school.Gate(gate)], school, gate, uploader);
            yield return OfTill(tills[school.Till], school, uploader);
        }
    }

    // A queue is made once: sent again it is the same operations.
    private Task OfGate(GateLine line, School school, int gate, Uploader uploader)
    {
        var (queued, facts) = (line.Queued, default(Gate.V1.UploadFactsRequest[]));
        return queued == 0 ? Task.CompletedTask : uploader.InTurn(
            line, pace => uploader.Upload(line.Channel, facts ??= [.. _outage.AtGate(school, gate, Direction.In)], pace, told => line.Queued = queued - told, queued - line.Queued));
    }

    private Task OfTill(TillLine line, School school, Uploader uploader)
    {
        var (queued, facts) = (line.Queued, default(Till.V1.UploadFactsRequest[]));
        return queued == 0 ? Task.CompletedTask : uploader.InTurn(
            line, pace => uploader.Upload(line.Channel, facts ??= [.. _outage.AtTill(school)], pace, told => line.Queued = queued - told, queued - line.Queued));
    }

    // The same pupils of a part of the schools leave, and buy again.
    private async Task Hurry(Stage stage, SiloProcess silo, CancellationToken stop)
    {
        var (uploader, sockets) = (new Uploader(Failures), Enumerable.Range(0, UploadsSettings.HurrySockets).Select(_ => Connection.Open(silo.Address)).ToArray());
        var (began, cpu) = (Stopwatch.GetTimestamp(), new CpuMeter(silo.ProcessId, stage.Database?.ProcessId));
        School[] schools = [.. _city.Schools.Take(1 + _city.Schools.Count / UploadsSettings.HurryPart)];
        var school = -1;
        await Terminal.Show("Without a pace", schools.Length, done => Task.WhenAll(sockets.Select(async socket =>
        {
            while (Interlocked.Increment(ref school) is var next && next < schools.Length && !stop.IsCancellationRequested)
            {
                var here = schools[next];
                for (var gate = 0; gate < here.GateCount; gate++) await uploader.Upload(socket, _outage.AtGate(here, gate, Direction.Out), perSecond: null);
                await uploader.Upload(socket, _outage.AtTill(here), perSecond: null);
                done.Report(next);
            }
        })));
        var elapsed = Stopwatch.GetElapsedTime(began).TotalSeconds;
        _arms[Unpaced] = new ArmFigures { OpsPerS = Math.Round(uploader.Acknowledged / elapsed, 1), Operations = uploader.Acknowledged, CpuUsPerOp = cpu.Stop().Each(uploader.Acknowledged) };
        _figures["unpaced_merged_after_s"] = Math.Round(elapsed, 1);
        foreach (var socket in sockets) socket.Dispose();
    }

    private Task<MorningRecorder> Turn(string title, Func<Step, Task> act, CancellationToken stop) => _uncollected.Run(() => Taps(title, act, stop));

    private Task<MorningRecorder> Taps(string title, Func<Step, Task> act, CancellationToken stop) =>
        OpenLoop.Show(title, act, _live.Next(_settings.Seconds), _settings.Seconds, Failures, stop);

    private static HistogramBase All(IEnumerable<MorningRecorder> turns) => Histograms.Sum(turns.Select(turn => turn.Taps));

    private ArmFigures Figure(List<MorningRecorder> turns) => ArmFigures.OfRounds([.. turns.Select(turn => turn.Taps)], _ => _settings.Seconds, cpu: null);
}
