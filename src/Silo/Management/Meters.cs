using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Zvonok.Silo.Management;

/// <summary>Which meters are collected: every meter of ours (a name that begins with <c>Zvonok.</c>), the runtime's, Orleans' and the database driver's.</summary>
internal static class Meters
{
    private const string Ours = "Zvonok.";
    private const string OrleansMeter = "Microsoft.Orleans";

    // Counted up and down for every request, and a request waits for nothing before it is counted down.
    private const string QueuedRequests = "kestrel.queued_requests";

    // Orleans counts and weighs every message; what one operation sends would cost more to measure than to decide. These are counted
    // only when something rare happens, or when they are read.
    private static readonly HashSet<string> OfOrleans =
    [
        "orleans-grains",
        "orleans-app-requests-timedout",
        "orleans-catalog-activation-failed-to-activate",
        "orleans-catalog-activation-concurrent-registration-attempts",
        "orleans-directory-partition-size",
        "orleans-messaging-expired",
        "orleans-messaging-rejected",
        "orleans-messaging-pings-reply-missed",
        "orleans-reminders-active",
        "orleans-reminders-tardiness",
        "orleans-scheduler-long-running-turns",
        "orleans-storage-read-errors",
        "orleans-storage-write-errors",
        "orleans-streams-queue-read-failures",
        "orleans-watchdog-health-checks-failed",
    ];

    /// <summary>Begins to collect. What is counted up and down is right only from the first count on, so this comes before the silo's start.</summary>
    /// <param name="host">The silo's: of other hosts in this process (tests run several, and the management listener is one) nothing is told.</param>
    public static MeterProvider Collect(IMeterFactory host) => Sdk.CreateMeterProviderBuilder()
        .ConfigureResource(resource => resource.AddService("zvonok", serviceVersion: typeof(Meters).Assembly.GetName().Version?.ToString(3)))
        .AddMeter(Ours + "*", "System.Runtime", "Microsoft.AspNetCore.Server.Kestrel", "Npgsql", OrleansMeter)
        .AddView(instrument => IsLeftOut(instrument, host) ? MetricStreamConfiguration.Drop : null)
        // Every reading is of its own moment; the listener's bound on connections is bound enough.
        .AddPrometheusExporter(exporter => exporter.ScrapeResponseCacheDurationMilliseconds = 0)
        .Build();

    // A meter of ours belongs to a host, or is nobody's: taken for this host's, it would take the metric with it when it is disposed of.
    private static bool IsLeftOut(Instrument instrument, IMeterFactory host) =>
        (instrument.Meter.Scope is IMeterFactory other && other != host)
        || (instrument.Meter.Scope is null && instrument.Meter.Name.StartsWith(Ours, StringComparison.Ordinal))
        || instrument.Name == QueuedRequests
        || (instrument.Meter.Name == OrleansMeter && !OfOrleans.Contains(instrument.Name));
}
