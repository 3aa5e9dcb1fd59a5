using System.CommandLine;
using Zvonok.Silo.Verbs;

namespace Zvonok.Silo.Demo;

/// <summary><c>demo</c>: a district of its own, one school morning and the first lunch break in about a minute.</summary>
internal static class DemoVerb
{
    public static Command Create()
    {
        var exit = new Option<bool>("--exit")
        {
            Description = "End after the closing table instead of serving on; status 0 only if the audit is clean and nothing unexpected happened.",
        };
        var command = new Command("demo", "Play one school morning and the first lunch break of 5,000 pupils in about a minute, on data of its own; then serve on.") { exit };
        command.SetAction((parsed, stop) => Guard.Run(() => Run(parsed.GetValue(exit), stop)));
        return command;
    }

    private static async Task<int> Run(bool exit, CancellationToken stop)
    {
        var screen = DemoScreen.OfThisTerminal();
        await using var receivers = await DemoReceivers.Start();
        await using var server = DemoServer.Build(screen, receivers);
        try
        {
            await server.Start(stop);
            var day = new DemoDay(server, screen, receivers);
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
