using System.CommandLine;

namespace Zvonok.Load.Lists;

/// <summary><c>lists</c>: what the devices of a full school fetch to decide without a connection.</summary>
internal static class ListsVerb
{
    public static Command Create()
    {
        var store = Options.Store();
        var cards = Options.Count("--cards", "Cards that open the school.", 2_500);
        var rounds = Options.Count("--rounds", "How often each kind of list is fetched.", 40);
        var json = Options.Json();
        var command = new Command("lists", "Fetch the lists of a school whose pupils all have meals and orders: whole and new, whole and at hand, and what one card changes.") { store, cards, rounds, json };
        command.SetAction((parsed, stop) => Run(
            new ListsSettings { Store = parsed.GetValue(store), Cards = parsed.GetValue(cards), Rounds = parsed.GetValue(rounds), Json = parsed.GetValue(json) }, stop));
        return command;
    }

    private static async Task<int> Run(ListsSettings settings, CancellationToken stop)
    {
        await using var stage = new Stage();
        var run = await ListsRun.Play(stage, settings, stop);
        var report = new Report { Verb = "lists", Settings = settings.AsReported(), Arms = run.Arms, Figures = run.Figures, Failures = run.Failures.Counts };
        return await report.Publish(stage, settings.Json, ListsPlot.Save, stop);
    }
}
