using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zvonok.Api.Tests.Servers;
using Zvonok.Silo;
using Zvonok.Silo.Management;

namespace Zvonok.Api.Tests.Management;

/// <summary>What an orchestrator is told, from before the silo is there until after the doors are closed.</summary>
public sealed class HealthTests
{
    [Fact]
    public async Task While_the_database_is_down_the_silo_is_alive_but_not_ready_and_says_why()
    {
        await using var postgres = await TemporaryPostgres.Start();
        await using var server = await Server.Start(("ConnectionStrings:Zvonok", await postgres.CreateDatabase("health")));
        var pupil = await server.NewPupil(meal: 50_000);
        using var watcher = new Watcher(server.Management);
        (await watcher.IsReady()).ShouldBeTrue(watcher.Said);

        await postgres.StopImmediately();
        await Should.ThrowAsync<RpcException>(async () => await server.Tills.SellAsync(Given.Sell(server.NewId(), pupil)));

        (await watcher.IsReady()).ShouldBeFalse();
        watcher.Reasons.ShouldHaveSingleItem().ShouldBe("The journal's database does not answer.");
        (await watcher.IsAlive()).ShouldBeTrue(watcher.Said);

        await postgres.StartAgain();
        await watcher.Becomes(ready: true);
    }

    [Fact]
    public async Task A_silo_that_still_waits_for_its_database_is_alive_and_says_that_it_is_not_active_yet()
    {
        var management = new Uri($"http://127.0.0.1:{Text(FreePort.Next())}");
        using var directory = new TemporaryDirectory("zvonok-health");
        // Not disposed: Orleans does not stop what has only begun to start, and its grain directory, thrown away without that, spins on a thread for ever.
        var app = Build(directory.Path,
            ("Zvonok:Management:Listen", management.Authority),
            ("ConnectionStrings:Zvonok", $"Host=127.0.0.1;Port={Text(FreePort.Next())};Database=nobody;Username=nobody"));
        using var stop = new CancellationTokenSource();
        var starting = app.StartAsync(stop.Token);

        using var watcher = new Watcher(management);
        await watcher.Becomes(ready: false);
        watcher.Reasons.ShouldHaveSingleItem().ShouldStartWith("The silo is not active yet");
        (await watcher.IsAlive()).ShouldBeTrue(watcher.Said);

        await stop.CancelAsync();
        await Should.ThrowAsync<Exception>(async () => await starting.WaitAsync(Server.Deadline));
    }

    [Fact]
    public async Task A_silo_that_stops_says_so_until_it_has_drained()
    {
        using var directory = new TemporaryDirectory("zvonok-health");
        var drain = new AsksAfterTheDrain();
        await using var app = Build(directory.Path, drain, ("Zvonok:Management:Listen", "127.0.0.1:0"));
        await app.StartAsync();
        using var watcher = drain.Watcher = new Watcher(app.Services.GetRequiredService<ManagementListener>().Address);
        (await watcher.IsReady()).ShouldBeTrue(watcher.Said);

        await app.StopAsync();

        drain.WasReady.ShouldBe(false);
        drain.Reasons.ShouldHaveSingleItem().ShouldBe("The silo is stopping.");
        drain.WasAlive.ShouldBe(true);
        await Should.ThrowAsync<HttpRequestException>(watcher.IsReady);
    }

    private static WebApplication Build(string directory, params (string Setting, string Value)[] settings) => Build(directory, null, settings);

    private static WebApplication Build(string directory, AsksAfterTheDrain? drain, params (string Setting, string Value)[] settings) =>
        Composition.BuildServer(builder =>
        {
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Zvonok:Listen"] = $"127.0.0.1:{Text(FreePort.Next())}",
                ["Zvonok:DataDirectory"] = directory,
                ["Zvonok:Cluster:SiloPort"] = Text(FreePort.Next()),
            });
            builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => setting.Setting, setting => (string?)setting.Value));
            builder.Logging.ClearProviders();
            if (drain is not null) builder.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(drain);
        });

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    /// <summary>Asks at the very end of the silo's stop: the doors are closed by then, and grains and journal have drained.</summary>
    private sealed class AsksAfterTheDrain : ILifecycleParticipant<ISiloLifecycle>
    {
        public Watcher? Watcher { get; set; }

        public bool? WasReady { get; private set; }

        public bool? WasAlive { get; private set; }

        public IReadOnlyList<string> Reasons { get; private set; } = [];

        public void Participate(ISiloLifecycle observer) =>
            observer.Subscribe(nameof(AsksAfterTheDrain), ServiceLifecycleStage.First, _ => Task.CompletedTask, async _ =>
            {
                WasReady = await Watcher!.IsReady();
                Reasons = Watcher.Reasons;
                WasAlive = await Watcher.IsAlive();
            });
    }

    /// <summary>An orchestrator's probes.</summary>
    private sealed class Watcher(Uri management) : IDisposable
    {
        private readonly HttpClient _http = new() { BaseAddress = management };

        public string Said { get; private set; } = "";

        public IReadOnlyList<string> Reasons { get; private set; } = [];

        public Task<bool> IsReady() => Ask("/health/ready");

        public Task<bool> IsAlive() => Ask("/health/live");

        public async Task Becomes(bool ready)
        {
            using var patience = new CancellationTokenSource(Server.Deadline);
            while (true)
            {
                try
                {
                    if (await IsReady() == ready) return;
                }
                catch (HttpRequestException)
                {
                    // Not listening yet.
                }

                await Task.Delay(50, patience.Token);
            }
        }

        public void Dispose() => _http.Dispose();

        private async Task<bool> Ask(string path)
        {
            using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative));
            Said = await answer.Content.ReadAsStringAsync();
            using var body = JsonDocument.Parse(Said);
            Reasons = [.. body.RootElement.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString()!)];
            var isOk = answer.StatusCode == HttpStatusCode.OK;
            body.RootElement.GetProperty("ok").GetBoolean().ShouldBe(isOk);
            return isOk;
        }
    }
}
