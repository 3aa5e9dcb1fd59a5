using OpenTelemetry;
using OpenTelemetry.Metrics;
using Zvonok.Api.Hosting;

namespace Zvonok.Micro;

/// <summary>What it costs to measure one operation, with and without somebody who collects.</summary>
[MemoryDiagnoser]
public class MetricsBenchmarks
{
    private static readonly AccountAnswer Granted = new() { Refusal = AccountRefusal.None };

    private static readonly OperationMetrics Metrics = new();

    private MeterProvider? _provider;

    /// <summary>Whether the meters are collected, as they are in a silo.</summary>
    [Params(false, true)]
    public bool Collected { get; set; }

    [GlobalSetup]
    public void Start() =>
        _provider = Collected ? Sdk.CreateMeterProviderBuilder().AddMeter("Zvonok.*").AddPrometheusExporter().Build() : null;

    [GlobalCleanup]
    public void Stop() => _provider?.Dispose();

    /// <summary>A sale begins and is granted: one counter and one histogram.</summary>
    [Benchmark]
    public void Measure() => Metrics.Begin(OperationKind.Sell).Answered(Granted);
}
