using Spectre.Console;

namespace Zvonok.Silo.Demo;

/// <summary>What to try while the demo's server serves on.</summary>
internal static class NextSteps
{
    public static void Write(IAnsiConsole console, DemoServer server, long account) => console.WriteLine($$"""

        Still serving gRPC on {{server.Listen}}; from another terminal try
          grpcurl -plaintext {{server.Listen}} list
          grpcurl -plaintext -d '{"account_number": {{account}}}' {{server.Listen}} zvonok.family.v1.FamilyService/ListHistory
        The data are in {{server.Directory}}. Ctrl-C ends it.
        """);
}
