using System.CommandLine;
using Zvonok.Silo.Verbs;

namespace Zvonok.Silo.Demo;

/// <summary><c>demo</c>: a district of its own, one school morning and the first lunch break in about a minute; with outages, if somebody wants to see them.</summary>
internal static class DemoVerb
{
    public static Command Create()
    {
        var exit = new Option<bool>("--exit")
        {
            Description = "End after the closing table instead of serving on; status 0 only if the audit is clean and nothing unexpected happened.",
        };
        var outage = new Option<bool>("--outage")
        {
            Description = "Stop the core in the middle of the morning and of the break: gates and tills go on alone, and afterwards everything is merged. With --exit status 0 only if nobody was turned away, and all is recorded once.",
        };
        var command = new Command("demo", "Play one school morning and the first lunch break of 5,000 pupils in about a minute, on data of its own; then serve on.") { exit, outage };
        command.SetAction((parsed, stop) => Guard.Run(() => Run(parsed.GetValue(exit), parsed.GetValue(outage), stop)));
        return command;
    }

    private static async Task<int> Run(bool exit, bool hasOutages, CancellationToken stop)
    {
        var screen = DemoScreen.OfThisTerminal();
        await using var receivers = await DemoReceivers.Start();
        await using var server = DemoServer.Build(screen, receivers);
        try
        {
            await server.Start(stop);
            var day = new DemoDay(server, screen, receivers, hasOutages);
            await screen.Show(day.Stages, () => day.Play(stop));
            var isGood = ClosingTables.Write(screen.Console, day.Result());
            if (exit) return isGood ? 0 : 1;

            NextSteps.Write(screen.Console, server, day.AccountWithStory);
            await server.ServeOn(stop);
            return 0;
        }
        // What is cut off fails in many ways: all of them are the end that was asked for.
        catch (Exception) when (stop.IsCancellationRequested)
        {
            screen.Line("Stopped before the end of the day.");
            // To end by Ctrl-C is the normal end of a demo, but with --exit somebody waits for a verdict, and there is none.
            return exit ? 1 : 0;
        }
    }
}
