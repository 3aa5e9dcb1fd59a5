using System.CommandLine;
using System.Globalization;
using Zvonok.Load.Rival;

namespace Zvonok.Load.Compare;

/// <summary><c>compare</c>: the core beside the empty method and beside a transaction a request, and classes of 25 beside a transaction a class.</summary>
internal static class CompareVerb
{
    public static Command Create()
    {
        var store = Options.Store();
        // Many short turns: a virtual machine changes its speed within tens of seconds, and arms are compared within a round.
        var rounds = Options.Count("--rounds", "Rounds; each visits every arm.", 7);
        var seconds = Options.Count("--seconds", "Measured seconds of an arm in a round.", 4);
        var connections = Options.Count("--connections", "Sockets of the client.", 4);
        var inFlight = Options.Count("--in-flight", "Sales in flight on each socket.", 64);
        // 1,600 children in all: every connection of the rival has a class and another waiting, and the core, which takes 1,000 operations at a time for each
        // processor (two), has more than one batch's worth.
        var classesInFlight = Options.Count("--classes-in-flight", $"Classes of {ClassSource.Size} in flight on each socket.", 16);
        var pupils = Options.Count("--pupils", "Pupils who buy.", 100_000);
        var json = Options.Json();
        var command = new Command("compare", "Sell in a closed loop through every arm in turn: noop, sql, core, core-stream, class, sql-class.")
        {
            store, rounds, seconds, connections, inFlight, classesInFlight, pupils, json,
        };
        command.SetAction((parsed, stop) => Run(
            new CompareSettings
            {
                Store = parsed.GetValue(store),
                Rounds = parsed.GetValue(rounds),
                Seconds = parsed.GetValue(seconds),
                Client = new ClientSettings(parsed.GetValue(connections), parsed.GetValue(inFlight)),
                ClassesInFlight = parsed.GetValue(classesInFlight),
                Pupils = parsed.GetValue(pupils),
                Json = parsed.GetValue(json),
            },
            stop));
        return command;
    }

    private static async Task<int> Run(CompareSettings settings, CancellationToken stop)
    {
        var failures = new Failures();
        var city = City.Create(CityPlan.Moscow(settings.Pupils));
        await using var stage = new Stage();
        var arms = await new Arms(stage, settings, city, failures).Make(stop);
        await WarmUp(arms, settings, stop);
        var window = await DatabaseWindow.Open(stage, settings.Store, stop);
        var rounds = await Measure(stage, arms, settings, stop);
        var figures = await window.Close(stop);
        foreach (var arm in arms) await arm.DisposeAsync();

        return await ReportOf(settings, rounds, figures, failures).Publish(stage, settings.Json, ComparePlot.Save, stop);
    }

    private static async Task WarmUp(IReadOnlyList<IArm> arms, CompareSettings settings, CancellationToken stop)
    {
        foreach (var arm in arms)
            await Terminal.Show($"Warming up {arm.Name}", settings.Pupils, done => Round.WarmUp(arm, settings.Pupils, done, stop));
    }

    private static async Task<Dictionary<string, List<Round>>> Measure(Stage stage, IReadOnlyList<IArm> arms, CompareSettings settings, CancellationToken stop)
    {
        var rounds = arms.ToDictionary(arm => arm.Name, _ => new List<Round>());
        for (var i = 1; i <= settings.Rounds; i++)
            foreach (var arm in arms)
            {
                var round = await Round.Measure(arm, stage.Database?.ProcessId, TimeSpan.FromSeconds(settings.Seconds), stop);
                rounds[arm.Name].Add(round);
                Terminal.Say($"Round {i}: {arm.Name} {round.Figures.OpsPerS.ToString("N0", CultureInfo.InvariantCulture)} sales/s");
            }

        return rounds;
    }

    private static Report ReportOf(
        CompareSettings settings, Dictionary<string, List<Round>> rounds, IReadOnlyDictionary<string, object?> figures, Failures failures) => new()
    {
        Verb = "compare",
        Settings = settings.AsReported(RivalServer.ConnectionsMax),
        Arms = rounds.ToDictionary(arm => arm.Key, arm => Round.Together(arm.Value)),
        Ratios = Ratios(rounds),
        Figures = figures,
        Failures = failures.Counts,
    };

    private static Dictionary<string, Ratio> Ratios(Dictionary<string, List<Round>> rounds)
    {
        (string Of, string To)[] pairs = [("core", "sql"), ("core", "noop"), ("core-stream", "core"), ("class", "core"), ("class", "sql-class"), ("core", "core-postgres")];
        return pairs.Where(pair => rounds.ContainsKey(pair.To)).ToDictionary(
            pair => $"{pair.Of}/{pair.To}",
            pair => Ratio.Of([.. rounds[pair.Of].Zip(rounds[pair.To], (of, to) => of.Figures.OpsPerS / to.Figures.OpsPerS)]));
    }
}
