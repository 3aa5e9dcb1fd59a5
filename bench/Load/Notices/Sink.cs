using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using HdrHistogram;
using NodaTime.Text;
using Zvonok.Simulation.Receivers;

namespace Zvonok.Load.Notices;

/// <summary>Takes notices as an app's back end would, signature and all, and times them from the record of the fact to the arrival.</summary>
internal sealed class Sink : IAsyncDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<string, bool> _keys = new();
    private WebhookReceiver _receiver = null!;
    private volatile Window? _window;

    /// <summary>Where notices go.</summary>
    public Uri Address => _receiver.Address;

    /// <summary>Different notices so far.</summary>
    public int Distinct => _keys.Count;

    /// <summary>Notices so far, repeats included.</summary>
    public long Count => _receiver.Count;

    /// <summary>Requests without a good signature.</summary>
    public long Forged => _receiver.Forged;

    /// <summary>What a silo has to know.</summary>
    public IReadOnlyDictionary<string, string> Settings(bool enabled) =>
        new Dictionary<string, string>(_receiver.SiloSettings) { ["Zvonok:Notices:Enabled"] = enabled.ToString() };

    public static async Task<Sink> Start()
    {
        var sink = new Sink();
        sink._receiver = await WebhookReceiver.Start(arrived: sink.Take);
        return sink;
    }

    /// <summary>Begins to time what arrives.</summary>
    public Window Open(int seconds) => _window = new Window(seconds);

    /// <summary>Waits until so many different notices have arrived, or none has for a while.</summary>
    public async Task<bool> Await(int distinct, TimeSpan patience, CancellationToken stop)
    {
        var (seen, since) = (Distinct, Stopwatch.GetTimestamp());
        while (Distinct < distinct && Stopwatch.GetElapsedTime(since) < patience)
        {
            await Task.Delay(PollInterval, stop);
            if (Distinct > seen) (seen, since) = (Distinct, Stopwatch.GetTimestamp());
        }

        return Distinct >= distinct;
    }

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    private void Take(ReceivedNotice arrival)
    {
        if (_keys.TryAdd(arrival.Key, true)) _window?.Take(arrival.At - RecordTime(arrival.Body));
    }

    private static Instant RecordTime(string body)
    {
        const string Name = "\"record_time\":\"";
        var start = body.IndexOf(Name, StringComparison.Ordinal) + Name.Length;
        return InstantPattern.ExtendedIso.Parse(body[start..body.IndexOf('"', start)]).Value;
    }

    /// <summary>What arrived while it was open.</summary>
    internal sealed class Window(int seconds)
    {
        private readonly long _began = Stopwatch.GetTimestamp();

        public HistogramBase All { get; } = Histograms.Create();

        /// <summary>By the second of the arrival; what comes later is in the last one.</summary>
        public HistogramBase[] BySecond { get; } = [.. Enumerable.Range(0, seconds + 1).Select(_ => Histograms.Create())];

        public void Take(Duration latency)
        {
            var microseconds = Histograms.Microseconds(latency.ToTimeSpan());
            All.RecordValue(microseconds);
            BySecond[Math.Min(seconds, (int)Stopwatch.GetElapsedTime(_began).TotalSeconds)].RecordValue(microseconds);
        }

        public override string ToString() => All.TotalCount.ToString(CultureInfo.InvariantCulture);
    }
}
