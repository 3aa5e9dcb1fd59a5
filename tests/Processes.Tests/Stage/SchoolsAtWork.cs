using Zvonok.Chaos.Network;
using Zvonok.Office.V1;
using Zvonok.Simulation.Days;
using Zvonok.Simulation.Terminals;

namespace Zvonok.Processes.Tests.Stage;

/// <summary>A silo on PostgreSQL, and a few schools with all their terminals, at which children come and go and eat.</summary>
internal sealed class SchoolsAtWork : IAsyncDisposable
{
    // All that a child of these schools eats in a minute or two.
    private const long Allowance = 300_00;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // A terminal whose uploads failed tries again more and more seldom.
    private static readonly TimeSpan TellingPatience = TimeSpan.FromSeconds(45);
    private static readonly Mishap[] OfCards = [Mishap.None, Mishap.CardLost, Mishap.CardBlocked, Mishap.CardNotRegistered];

    private readonly Scene _scene;
    private readonly Link _cable;

    private SchoolsAtWork(Scene scene, SiloProcess silo)
    {
        (_scene, Silo) = (scene, silo);
        _cable = new Link(silo.Settings.Port);
    }

    /// <summary>The silo; another one after it was killed.</summary>
    public SiloProcess Silo { get; private set; }

    /// <summary>All terminals come to the silo over it.</summary>
    public Link Cable => _cable;

    public CityTerminals Terminals { get; private set; } = null!;

    public Children Children { get; private set; } = null!;

    /// <summary>Everybody has a card, money and a list, and something was done with the core already.</summary>
    public static async Task<SchoolsAtWork> Begin(Scene scene, CityPlan plan, int children)
    {
        var work = new SchoolsAtWork(scene, await scene.Start(await scene.NewSettings(Store.Postgres)));
        try
        {
            await work.Open(City.Create(plan), children);
            return work;
        }
        catch
        {
            await work.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the silo again on the same data.</summary>
    public async Task StartAgain() => Silo = await _scene.Start(Silo.Settings);

    /// <summary>The core is away until so many have passed, and so many have eaten, without it.</summary>
    public async Task GoOnAlone(int passed, int ate)
    {
        var before = Children.Untold;
        await Eventually.Holds(
            () => Children.Untold is var now && now.Passed - before.Passed >= passed && now.Ate - before.Ate >= ate, $"{passed} to pass and {ate} to eat without the core, after {before}");
    }

    /// <summary>Nobody comes any more, and the core hears of everything.</summary>
    public async Task Close()
    {
        var recorded = Children.Recorded;
        await Eventually.Holds(() => Children.Recorded >= recorded + 100, "children at terminals that have the core again");
        await Children.Stop();
        await Terminals.Until(figures => figures.IsEverythingTold, TellingPatience);
        Terminals.NotTaken().ShouldBeEmpty();
        _scene.Say($"{Terminals.GateCount} gates, {Terminals.TillCount} tills; told {Children.Told.Count}, without the core {Children.Untold}");
    }

    public async ValueTask DisposeAsync()
    {
        if (Children is not null) await Children.Stop();
        if (Terminals is not null) await Terminals.DisposeAsync();
        await _cable.DisposeAsync();
    }

    private async Task Open(City city, int children)
    {
        var mishaps = new Mishaps(city, _scene.Seed);
        await Provide(city, mishaps);
        Terminals = await CityTerminals.Start(city, new TerminalSetup
        {
            Addresses = [new Uri($"http://127.0.0.1:{_cable.Port}")],
            Directory = _scene.NewDirectory("terminals"),
            Keys = TerminalKeys.InDataDirectory(Silo.Settings.DataDirectory),
            // A busy machine is no core that is away.
            AnswerWithin = TimeSpan.FromSeconds(2),
            ReconnectAtMostEvery = TimeSpan.FromSeconds(1),
        });
        await Terminals.Until(figures => figures.AreReady, Patience);

        var order = new PupilOrder(city.Plan.Pupils, _scene.Seed);
        var all = Enumerable.Range(0, city.Plan.Pupils).Select(position => order[position]).Where(pupil => OfCards.Contains(mishaps.Of(pupil)));
        // Those with a card that is no good are few: they come first.
        Children = new Children(all.OrderByDescending(mishaps.Of).Take(children).Select(pupil => (city.PupilAt(pupil), mishaps.Of(pupil))), Terminals, Pause, _scene.Seed);
        await Eventually.Holds(() => Children.Recorded >= children, "children at terminals that have the core");
    }

    private async Task Provide(City city, Mishaps mishaps)
    {
        using var channel = Connection.OpenPatient(Silo.Address);
        var score = new Scoreboard();
        var provisioning = new Provisioning(channel, city, mishaps, new OperationIds(SystemClock.Instance, _scene.Seed), score);
        await provisioning.Register(CancellationToken.None);
        await provisioning.FillPurses(CancellationToken.None);
        score.FirstFault.ShouldBeNull();
        await new OfficeService.OfficeServiceClient(channel).SetOfflinePolicyAsync(new SetOfflinePolicyRequest { AllowanceKopecks = Allowance });
    }
}
