using System.CommandLine;

namespace Zvonok.Load.Rival;

/// <summary><c>rival</c>, hidden: the server process of the arms noop, sql and sql-class.</summary>
internal static class RivalVerb
{
    public static Command Create()
    {
        var port = Options.Count("--port", "Where to listen, on 127.0.0.1.");
        var command = new Command("rival", "Serve as the rival; started by compare.") { port };
        command.Hidden = true;
        command.SetAction((parsed, stop) => RivalServer.Serve(
            parsed.GetValue(port),
            Environment.GetEnvironmentVariable(RivalProcess.DatabaseVariable),
            Environment.GetEnvironmentVariable(RivalProcess.TokenKeyVariable) ?? "",
            stop));
        return command;
    }
}
