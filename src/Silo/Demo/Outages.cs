using System.Globalization;
using Grpc.Net.Client;
using NodaTime;
using Zvonok.Domain.Accounts;
using Zvonok.Domain.Lists;
using Zvonok.Grains.Feed;
using Zvonok.Office.V1;
using Zvonok.Simulation.Cities;
using Zvonok.Simulation.Days;
using Zvonok.Simulation.Terminals;

namespace Zvonok.Silo.Demo;

/// <summary>A day on terminals of the library (O6): the core is taken away in the middle of its parts and comes back on the same data, and what the terminals did meanwhile is merged.</summary>
internal sealed class Outages(DemoServer server, DemoScreen screen, City city, Scoreboard score)
{
    // More than the dearest lunch: nobody who has it goes hungry.
    private const long Allowance = 300_00;
    private const int PageMax = 10_000;
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ReconnectAtMostEvery = TimeSpan.FromSeconds(2);

    private readonly List<Outage> _past = [];
    private CityTerminals? _terminals;
    private long _queuedMost;
    private (long Passages, long Sales) _recorded;

    /// <summary>What the day is played on.</summary>
    public IDayDevices Devices => new TerminalDay(Terminals);

    /// <summary>How much of what was queued the core has heard of: 0 to 1.</summary>
    public double Merged => _terminals is { } terminals && _queuedMost > 0 ? 1 - terminals.Figures().Queued / (double)_queuedMost : 0;

    /// <summary>A few words on the terminals.</summary>
    public string Note => _terminals is { } terminals ? Format($"{terminals.GateCount} turnstiles, {terminals.TillCount} tills, {terminals.Figures().Listed} lists") : "";

    /// <summary>A few words on the merge.</summary>
    public string NoteOfMerge => Format($"{score.TapsAlone.Came + score.SalesAlone.Came:N0} facts");

    private CityTerminals Terminals => _terminals ?? throw new InvalidOperationException("The terminals were not started.");

    /// <summary>Sets what tills may sell alone, starts all terminals, and waits until each has its list.</summary>
    public async Task Begin(GrpcChannel channel, CancellationToken stop)
    {
        await new OfficeService.OfficeServiceClient(channel).SetOfflinePolicyAsync(new SetOfflinePolicyRequest { AllowanceKopecks = Allowance }, cancellationToken: stop);
        _terminals = await CityTerminals.Start(city, new TerminalSetup
        {
            Addresses = [new Uri($"http://{server.Listen}")],
            Directory = Path.Combine(server.Directory, "terminals"),
            Keys = new TerminalKeys(server.Services.GetRequiredService<ListKeys>().Newest, server.Services.GetRequiredService<ListSigner>().PublicKey),
            ReconnectAtMostEvery = ReconnectAtMostEvery,
        }, stop);
        await _terminals.Until(figures => figures.AreReady, Patience, stop);
    }

    /// <summary>Plays a part of the day, and takes the core away from one moment of it to another: 0 is its beginning, 1 its end.</summary>
    public Task Play(DayPlayer player, DayPart part, TimeSpan within, double from, double until, CancellationToken stop) =>
        Task.WhenAll(player.Play(part, within, stop), Between(player, from, until, stop));

    /// <summary>Waits until the core has heard of everything, and counts what is recorded.</summary>
    public async Task Merge(CancellationToken stop)
    {
        _queuedMost = Terminals.Figures().Queued;
        await Terminals.Until(figures => figures.IsEverythingTold, Patience, stop);
        _recorded = await Count(server.Services.GetRequiredService<IFeed>(), stop);
    }

    /// <summary>How it went.</summary>
    public OutageFigures Result() => new(_past, score.TapsAlone, score.SalesAlone, _recorded.Passages, _recorded.Sales, Terminals.NotTaken().Count());

    /// <summary>Stops the terminals.</summary>
    public async Task Close()
    {
        if (_terminals is not null) await _terminals.DisposeAsync();
    }

    private async Task Between(DayPlayer player, double from, double until, CancellationToken stop)
    {
        await Reach(player, from, stop);
        var (at, began) = (player.Clock, TimeProvider.System.GetTimestamp());
        screen.Line(Format($"{at:HH:mm}  The core is stopped. Gates and tills go on alone."));
        await server.Stop();
        await Reach(player, until, stop);
        await server.StartAgain(stop);
        var outage = new Outage(at, player.Clock, TimeProvider.System.GetElapsedTime(began));
        _past.Add(outage);
        screen.Line(Format($"{outage.Until:HH:mm}  The core is back after {outage.Took.TotalSeconds:N1} s, and hears what happened meanwhile."));
    }

    private static async Task Reach(DayPlayer player, double progress, CancellationToken stop)
    {
        while (player.Progress < progress) await Task.Delay(PollInterval, stop);
    }

    private static async Task<(long Passages, long Sales)> Count(IFeed feed, CancellationToken stop)
    {
        var (passages, sales) = (0L, 0L);
        for (var (position, isLast) = (FeedPosition.Start, false); !isLast;)
        {
            var page = await feed.Read(position, PageMax, stop);
            passages += page.Facts.Count(fact => fact.Kind == FactKind.Passage);
            sales += page.Facts.Count(fact => fact is EntryFact { Entry.Kind: EntryKind.Sale });
            (position, isLast) = (page.Next, page.IsLast);
        }

        return (passages, sales);
    }

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A time without the core.</summary>
/// <param name="From">By the school's clock.</param>
/// <param name="Until">By the school's clock.</param>
/// <param name="Took">By ours.</param>
internal sealed record Outage(LocalTime From, LocalTime Until, TimeSpan Took);

/// <summary>How the outages went.</summary>
/// <param name="Past">When.</param>
/// <param name="AtGates">What gates decided alone.</param>
/// <param name="AtTills">What tills decided alone.</param>
/// <param name="Passages">In the journal, at the end of the whole day.</param>
/// <param name="Sales">In the journal, at the end of the whole day.</param>
/// <param name="NotTaken">Facts that the core has not taken.</param>
internal sealed record OutageFigures(IReadOnlyList<Outage> Past, AloneTally AtGates, AloneTally AtTills, long Passages, long Sales, int NotTaken)
{
    /// <summary>True when devices were on their own, and turned nobody away for it.</summary>
    public bool IsNobodyTurnedAway => AtGates is { Served: > 0, TurnedAway: 0 } && AtTills is { Served: > 0, TurnedAway: 0 };
}
