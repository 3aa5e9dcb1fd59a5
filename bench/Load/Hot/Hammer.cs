using System.Diagnostics;
using Grpc.Core;
using Grpc.Net.Client;
using HdrHistogram;
using Zvonok.Till.V1;

namespace Zvonok.Load.Hot;

/// <summary>Callers who buy sweets for one kopeck, each from an account of those given, by unary calls.</summary>
internal sealed class Hammer(Uri address, IReadOnlyList<Pupil> pupils, Failures failures) : IDisposable
{
    private const int Connections = 4;

    private static readonly SaleLine Sweet = new() { ProductCode = "sweet", Category = ProductCategory.Buffet, Quantity = 1, UnitPriceKopecks = 1 };

    private readonly GrpcChannel[] _channels = [.. Enumerable.Range(0, Connections).Select(_ => Connection.Open(address))];
    private readonly OperationIds _ids = new(SystemClock.Instance, pupils.Count);

    /// <summary>Buys until it is stopped; returns when every caller has the last answer.</summary>
    public async Task<Blows> Strike(int callers, TimeSpan pause, CancellationToken stop)
    {
        var blows = new Blows();
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Call(caller, callers, pause, blows, stop)));
        blows.Elapsed = Stopwatch.GetElapsedTime(began);
        return blows;
    }

    public void Dispose()
    {
        foreach (var channel in _channels) channel.Dispose();
    }

    private async Task Call(int caller, int callers, TimeSpan pause, Blows blows, CancellationToken stop)
    {
        var till = new TillService.TillServiceClient(_channels[caller % Connections]);
        var pupil = pupils[caller % pupils.Count];
        // Not all at the same moment: the first rest is a part of one.
        await Rest(pause * caller / callers, stop);
        while (!stop.IsCancellationRequested)
        {
            await Buy(till, pupil, blows);
            await Rest(pause, stop);
        }
    }

    private async Task Buy(TillService.TillServiceClient till, Pupil pupil, Blows blows)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            var answer = await till.SellAsync(TillLink.Request(_ids.Next(), pupil.School.Till, pupil.CardUid, [Sweet], SystemClock.Instance.GetCurrentInstant()));
            blows.Sold.RecordValue(Histograms.Microseconds(Stopwatch.GetElapsedTime(started)));
            if (answer.Granted is null) failures.Add($"sweet: refused: {answer.Refused?.Reason}");
        }
        catch (RpcException refused) when (refused.StatusCode == StatusCode.ResourceExhausted)
        {
            blows.TurnedAway.RecordValue(Histograms.Microseconds(Stopwatch.GetElapsedTime(started)));
        }
        catch (RpcException failure)
        {
            failures.Add("sweet", failure);
        }
    }

    private static async Task Rest(TimeSpan pause, CancellationToken stop) =>
        await Task.Delay(pause, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}

/// <summary>What the callers were told, by how long it took.</summary>
internal sealed class Blows
{
    public HistogramBase Sold { get; } = Histograms.Create();

    /// <summary>With RESOURCE_EXHAUSTED.</summary>
    public HistogramBase TurnedAway { get; } = Histograms.Create();

    public TimeSpan Elapsed { get; set; }
}
