using HdrHistogram;
using Zvonok.Load.Morning;

namespace Zvonok.Load.Reads;

/// <summary>The latencies of reads, by kind.</summary>
internal sealed class ReadRecorder(int seconds) : LoopRecorder<ReadStep>(seconds)
{
    /// <summary>One for each kind.</summary>
    public IReadOnlyDictionary<ReadKind, HistogramBase> Kinds { get; } = Enum.GetValues<ReadKind>().ToDictionary(kind => kind, _ => Histograms.Create());

    public override HistogramBase All
    {
        get
        {
            var all = Histograms.Create();
            foreach (var kind in Kinds.Values) all.Add(kind);
            return all;
        }
    }

    protected override HistogramBase Of(ReadStep step) => Kinds[step.Kind];
}
