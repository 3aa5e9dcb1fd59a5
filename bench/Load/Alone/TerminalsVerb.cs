using System.CommandLine;

namespace Zvonok.Load.Alone;

/// <summary><c>terminals</c>: what a gate and a till take to decide by themselves.</summary>
internal static class TerminalsVerb
{
    public const string Name = "terminals";

    public static Command Create()
    {
        var cards = Options.Count("--cards", "Cards on the list.", 2_500);
        var queued = Options.Count("--queued", "Facts in the queue.", 20_000);
        var decisions = Options.Count("--decisions", "Decisions of a turn.", 4_000);
        var rounds = Options.Count("--rounds", "Turns of each arm.", 3);
        var json = Options.Json();
        var command = new Command(Name, "Let a gate and a till without a connection decide, on one processor, with a full list and a long queue; beside them bare commits of as many bytes.")
        {
            cards, queued, decisions, rounds, json,
        };
        command.SetAction((parsed, stop) => Run(
            new TerminalsSettings
            {
                Cards = parsed.GetValue(cards), Queued = parsed.GetValue(queued), Decisions = parsed.GetValue(decisions), Rounds = parsed.GetValue(rounds), Json = parsed.GetValue(json),
            },
            stop));
        return command;
    }

    private static async Task<int> Run(TerminalsSettings settings, CancellationToken stop)
    {
        await using var stage = new Stage();
        var run = await TerminalsRun.Play(settings, stop);
        var report = new Report { Verb = Name, Note = "On one processor of the machine.", Settings = settings.AsReported(), Arms = run.Arms, Ratios = run.Ratios, Failures = run.Failures.Counts };
        return await report.Publish(stage, settings.Json, TerminalsPlot.Save, stop);
    }
}
