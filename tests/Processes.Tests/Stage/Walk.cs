using System.Globalization;
using Grpc.Core;
using Grpc.Net.Client;
using Zvonok.Family.V1;
using Zvonok.Office.V1;

namespace Zvonok.Processes.Tests.Stage;

/// <summary>A silo that dies at the step that it is told, and is started again on the same data.</summary>
internal sealed class Walk
{
    // A busy machine takes its time to come to the step; only the one step that is not there is waited for so long.
    private static readonly TimeSpan DeathPatience = TimeSpan.FromSeconds(10);

    private readonly Scene _scene;
    private readonly string _order;
    private GrpcChannel _channel = null!;

    private Walk(Scene scene, SiloSettings settings) => (_scene, Settings, _order) = (scene, settings, Path.Combine(settings.DataDirectory, "deadly-step"));

    public SiloSettings Settings { get; private set; }

    public SiloProcess Silo { get; private set; } = null!;

    public FamilyService.FamilyServiceClient Families => new(_channel);

    public OfficeService.OfficeServiceClient Office => new(_channel);

    public static async Task<Walk> Begin(Scene scene, Store store)
    {
        var walk = new Walk(scene, await scene.NewSettings(store) with
        {
            Program = await SiloProgram.Path(Path.Combine("tests", "BrokenSilo")),
            Environment = new Dictionary<string, string> { ["ZVONOK_BROKEN_PROMISE"] = "steps" },
        });
        await walk.Start();
        return walk;
    }

    /// <summary>Makes the call; the silo dies at that step of it, and lives again when this returns.</summary>
    /// <returns>False when there is no such step: the call was answered.</returns>
    public async Task<bool> DiesAt(int step, Func<Task> call)
    {
        await File.WriteAllTextAsync(_order, step.ToString(CultureInfo.InvariantCulture));
        // After the last step the answer may be on its way already when the silo dies.
        var patience = TimeSpan.FromMilliseconds(500);
        try
        {
            await call();
        }
        catch (RpcException exception) when (exception.StatusCode is StatusCode.Unavailable or StatusCode.Internal or StatusCode.Cancelled)
        {
            // Its silo is going, or gone.
            patience = DeathPatience;
        }

        var isDead = await Dies(patience);
        File.Delete(_order);
        if (isDead) await Start();
        return isDead;
    }

    /// <summary>Starts it again with its clock so many days ahead; it dies at that step of what it has to catch up, and lives again when this returns.</summary>
    /// <returns>False when there was no such step.</returns>
    public async Task<bool> DiesAfterRestart(int daysAhead, int step)
    {
        await Silo.Kill();
        Settings = Settings with { Environment = new Dictionary<string, string>(Settings.Environment) { ["ZVONOK_DAYS_AHEAD"] = daysAhead.ToString(CultureInfo.InvariantCulture) } };
        await File.WriteAllTextAsync(_order, step.ToString(CultureInfo.InvariantCulture));
        var isDead = true;
        try
        {
            await Start();
            isDead = await Dies(DeathPatience);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // It died before it served.
        }

        File.Delete(_order);
        if (isDead) await Start();
        return isDead;
    }

    private async Task<bool> Dies(TimeSpan patience)
    {
        try
        {
            await Silo.WaitForExit(patience);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task Start()
    {
        Silo = await _scene.Start(Settings);
        _channel = Connection.Open(Silo.Address);
    }
}
