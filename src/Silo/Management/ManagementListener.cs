using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Mime;
using System.Text.Json;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;

namespace Zvonok.Silo.Management;

/// <summary>
/// A small server of its own for whoever watches: <c>/metrics</c> for Prometheus, <c>/health/live</c> and <c>/health/ready</c> for an
/// orchestrator. It starts before the silo and stops after it, so it tells of both; it shares neither port nor routes with the doors.
/// </summary>
internal sealed class ManagementListener(IOptions<ManagementOptions> options, Health health, IMeterFactory meters, ILogger<ManagementListener> logger) : IHostedService, IAsyncDisposable
{
    /// <summary>Where Prometheus reads.</summary>
    public const string MetricsPath = "/metrics";

    /// <summary>200 unless only a restart helps.</summary>
    public const string LivePath = "/health/live";

    /// <summary>200 while the silo wants work, else 503; the reasons are in the answer.</summary>
    public const string ReadyPath = "/health/ready";

    private const int ConnectionsMax = 100;

    private WebApplication? _app;
    private MeterProvider? _collected;

    /// <summary>Where it listens, once started.</summary>
    public Uri Address => new(_app!.Urls.First());

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _collected = Meters.Collect(meters);
        _app = Build(_collected);
        try
        {
            await _app.StartAsync(cancellationToken);
        }
        catch (IOException exception)
        {
            throw new SettingException($"{ManagementOptions.Section}:Listen: {exception.Message}");
        }

        logger.LogListening(Address);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _app?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
        _collected?.Dispose();
    }

    private WebApplication Build(MeterProvider collected)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = ConnectionsMax;
            kestrel.Listen(options.Value.EndPoint, listen => listen.Protocols = HttpProtocols.Http1);
        });
        var app = builder.Build();
        app.UseOpenTelemetryPrometheusScrapingEndpoint(collected, predicate: null, MetricsPath, configureBranchedPipeline: null, optionsName: null);
        app.Run(Answer);
        return app;
    }

    private Task Answer(HttpContext context) => context.Request.Path.Value switch
    {
        _ when !HttpMethods.IsGet(context.Request.Method) => Status(context, HttpStatusCode.MethodNotAllowed),
        LivePath => Tell(context, health.ReasonsToRestart()),
        ReadyPath => Tell(context, health.ReasonsToWait()),
        _ => Status(context, HttpStatusCode.NotFound),
    };

    private static Task Tell(HttpContext context, IReadOnlyList<string> reasons)
    {
        context.Response.StatusCode = (int)(reasons.Count == 0 ? HttpStatusCode.OK : HttpStatusCode.ServiceUnavailable);
        context.Response.ContentType = MediaTypeNames.Application.Json;
        return context.Response.WriteAsync(JsonSerializer.Serialize(new { ok = reasons.Count == 0, reasons }), context.RequestAborted);
    }

    private static Task Status(HttpContext context, HttpStatusCode status)
    {
        context.Response.StatusCode = (int)status;
        return Task.CompletedTask;
    }
}

/// <summary>What management says; events 3100–3199.</summary>
internal static partial class Log
{
    [LoggerMessage(3100, LogLevel.Information, "Metrics and health are at {Address}")]
    public static partial void LogListening(this ILogger logger, Uri address);
}
