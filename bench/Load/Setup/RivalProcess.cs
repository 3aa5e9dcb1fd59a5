using System.Globalization;
using Zvonok.Processes;

namespace Zvonok.Load.Setup;

/// <summary>The rival server as a process of its own, under the silo's runtime settings.</summary>
internal sealed class RivalProcess : IAsyncDisposable
{
    /// <summary>The variable with the rival's database.</summary>
    public const string DatabaseVariable = "RIVAL_DATABASE";

    /// <summary>The variable with the secret of card tokens.</summary>
    public const string TokenKeyVariable = "RIVAL_TOKEN_KEY";

    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromSeconds(30);
    private readonly ServerProcess _server;

    private RivalProcess(Uri address, ServerProcess server) => (Address, _server) = (address, server);

    /// <summary>Where clients connect.</summary>
    public Uri Address { get; }

    /// <summary>Its process id.</summary>
    public int ProcessId => _server.ProcessId;

    public static async Task<RivalProcess> Start(string? connectionString, string tokenKey, CancellationToken stop)
    {
        var port = FreePort.Next().ToString(CultureInfo.InvariantCulture);
        var runtime = Path.ChangeExtension(await SiloProgram.Path(stop), ".runtimeconfig.json");
        var environment = new Dictionary<string, string> { [TokenKeyVariable] = tokenKey };
        if (connectionString is not null) environment[DatabaseVariable] = connectionString;
        var program = typeof(RivalProcess).Assembly.Location;
        var server = ServerProcess.Start("dotnet", ["exec", "--runtimeconfig", runtime, program, "rival", "--port", port], environment);
        var rival = new RivalProcess(new Uri($"http://127.0.0.1:{port}"), server);
        try
        {
            await server.WaitUntilServing(rival.Address, ReadyTimeout, stop);
            return rival;
        }
        catch
        {
            await rival.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
