using System.Globalization;
using Grpc.Net.Client;
using NodaTime;
using Zvonok.Api.Registry;
using Zvonok.Journal;
using Zvonok.Journal.Audit;
using Zvonok.Registry.V1;
using Zvonok.Simulation.Cities;
using Zvonok.Simulation.Days;
using Zvonok.Simulation.Devices;

namespace Zvonok.Silo.Demo;

/// <summary>What the demo plays, stage by stage.</summary>
internal sealed class DemoDay
{
    private const int Seed = 1;
    private static readonly TimeSpan MorningTakes = TimeSpan.FromSeconds(38);
    private static readonly TimeSpan BreakTakes = TimeSpan.FromSeconds(12);

    // While most come, and while most eat.
    private static readonly (double From, double Until) MorningOutage = (0.5, 0.7);
    private static readonly (double From, double Until) BreakOutage = (0.1, 0.4);

    private readonly City _city = City.Create(new CityPlan { Schools = 20, Pupils = 5_000, Seed = Seed });
    private readonly Scoreboard _score = new();
    private readonly OperationIds _ids = new(SystemClock.Instance, Seed);
    private readonly List<AuditFinding> _findings = [];
    private readonly DemoServer _server;
    private readonly DemoScreen _screen;
    private readonly Mishaps _mishaps;
    private readonly Uri _address;
    private readonly DemoReceivers _receivers;
    private readonly Outages? _outages;
    private readonly Stage _registering, _paying, _connecting, _morning, _break, _merging, _notices, _audit;
    private Provisioning? _provisioning;
    private SchoolDevices? _devices;
    private DayPlayer? _player;
    private OutageFigures? _result;

    public DemoDay(DemoServer server, DemoScreen screen, DemoReceivers receivers, bool hasOutages)
    {
        if (hasOutages) _outages = new Outages(server, screen, _city, _score);
        (_server, _screen, _receivers, _mishaps) = (server, screen, receivers, new Mishaps(_city, Seed));
        _address = new Uri($"http://{server.Listen}");
        _registering = new("Registry", () => _provisioning?.Registered ?? 0, () => Format($"{_city.Schools.Count} buildings, {_city.Plan.Pupils:N0} pupils"));
        _paying = new("Top-ups", () => _score.TopUps.Read().Sent / (double)_city.Plan.Pupils, () => Format($"{_score.TopUps.Read().Granted:N0} purses filled"));
        _connecting = new("Connections", () => 0, () => _outages?.Note ?? (_devices is { } all ? Format($"{all.GateCount} turnstiles, {all.TillCount} tills") : ""));
        _morning = new("Morning", () => _player?.Progress ?? 0, () => NoteOf(_score.Taps, "in"));
        _break = new("Lunch break", () => _player?.Progress ?? 0, () => NoteOf(_score.Sales, "sold"));
        _merging = new("Merge", () => _outages?.Merged ?? 0, () => _outages?.NoteOfMerge ?? "");
        _notices = new("Notices", () => _receivers.Due == 0 ? 0 : _receivers.Count / (double)_receivers.Due, () => Format($"{_receivers.Count:N0} arrived"));
        _audit = new("Audit", () => 0, () => _findings.Count == 0 ? "" : Format($"{_findings.Count} checks"));
    }

    public IReadOnlyList<Stage> Stages => [_registering, _paying, _connecting, _morning, _break, .. _outages is null ? (Stage[])[] : [_merging], _notices, _audit];

    /// <summary>An account in whose ledger there is something to see.</summary>
    public long AccountWithStory => _city.PupilAt(_mishaps.With(Mishap.LimitLow).First()).Account.Value;

    public async Task Play(CancellationToken stop)
    {
        using var channel = Connection.Open(_address);
        _provisioning = new Provisioning(channel, _city, _mishaps, _ids, _score);
        await _registering.Run(() => Register(_provisioning, channel, stop));
        await _paying.Run(() => _provisioning.FillPurses(stop));
        if (_outages is { } outages) await PlayWithOutages(outages, channel, stop);
        else await PlayAsUsual(stop);
        await _notices.Run(() => _receivers.Await(_server.Services, stop));
        await _audit.Run(() => _server.Services.GetRequiredService<Auditor>().Run(_findings.Add, stop));
    }

    /// <summary>How it went.</summary>
    public DemoResult Result()
    {
        var metrics = _server.Services.GetRequiredService<JournalMetrics>();
        return new DemoResult(
            _score.Taps.Read(), _score.Sales.Read(), _score.TopUps.Read(), _score.Limits.Read(),
            _server.JournalBefore.Appends + metrics.Appends, _server.JournalBefore.Batches + metrics.Batches, _receivers.Figures(), _receivers.Unexpected, _findings, _score.Faults, _score.FirstFault, _result);
    }

    private async Task Register(Provisioning provisioning, GrpcChannel channel, CancellationToken stop)
    {
        await provisioning.Register(stop);
        var told = await ImportCall.Send(new RegistryService.RegistryServiceClient(channel), new Guardians(_city, _receivers.App, hasMail: true).Messages(), stop: stop);
        if (told.BadCount > 0) _score.Fault($"the registry found {told.BadCount} bad subscriptions: {told.BadRows[0].Reason}");
    }

    private async Task PlayAsUsual(CancellationToken stop)
    {
        await _connecting.Run(async () => _devices = await SchoolDevices.Connect(_address, _city, stop));
        await using var devices = _devices!;
        var (morning, lunch) = Draw();
        var player = _player = Player(new StreamDay(devices, _ids));
        await _morning.Run(() => player.Play(morning, MorningTakes, stop));
        await _break.Run(() => player.Play(lunch, BreakTakes, stop));
    }

    private async Task PlayWithOutages(Outages outages, GrpcChannel channel, CancellationToken stop)
    {
        try
        {
            await _connecting.Run(() => outages.Begin(channel, stop));
            var (morning, lunch) = Draw();
            var player = _player = Player(outages.Devices);
            await _morning.Run(() => outages.Play(player, morning, MorningTakes, MorningOutage.From, MorningOutage.Until, stop));
            await _break.Run(() => outages.Play(player, lunch, BreakTakes, BreakOutage.From, BreakOutage.Until, stop));
            await _merging.Run(() => outages.Merge(stop));
            _result = outages.Result();
        }
        finally
        {
            await outages.Close();
        }
    }

    private (DayPart Morning, DayPart Lunch) Draw()
    {
        var random = new Random(Seed);
        var morning = SchoolMorning.Draw(_city, _mishaps, random);
        return (morning, LunchBreak.Draw(morning, random));
    }

    private DayPlayer Player(IDayDevices devices) => new(devices, _score, refusal => _screen.Refusal(refusal));

    private string NoteOf(Tally tally, string granted)
    {
        var figures = tally.Read();
        return Format($"{_player?.Clock:HH:mm} school time, {figures.Granted:N0} {granted}, {figures.Refused:N0} refused, p99 {figures.Percentile99.TotalMilliseconds:N1} ms");
    }

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>How the demo went.</summary>
internal sealed record DemoResult(
    TallyFigures Taps, TallyFigures Sales, TallyFigures TopUps, TallyFigures Limits,
    long Appends, long Batches, IReadOnlyList<NoticeFigures> Notices, long UnexpectedNotices, IReadOnlyList<AuditFinding> Audit, long Faults, string? FirstFault,
    OutageFigures? Outages)
{
    /// <summary>True when exactly the notices arrived that the rules ask for.</summary>
    public bool IsEverybodyTold => UnexpectedNotices == 0 && Notices.All(channel => channel.Arrived == channel.Due);

    /// <summary>True when nobody was turned away for an outage, and everything that happened is in the journal once.</summary>
    public bool IsNothingLost => Outages is null || Outages is { NotTaken: 0, IsNobodyTurnedAway: true } outages && (outages.Passages, outages.Sales) == (Taps.Granted + Taps.Refused, Sales.Granted);

    public bool IsAuditClean => Audit.Count > 0 && Audit.All(finding => finding.IsClean);
}
