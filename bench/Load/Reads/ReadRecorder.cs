using HdrHistogram;
using Zvonok.Load.Morning;

namespace Zvonok.Load.Reads;

/// <summary>The latencies of reads, by kind.</summary>
internal sealed class ReadRecorder(int seconds) : LoopRecorder<ReadStep>(seconds)
{
    /// <summary>One for each kind.</summary>
    public IReadOnlyDictionary<ReadKind, HistogramBase> Kinds { get; } = Enum.GetValues<ReadKind>().ToDictionary(kind => kind, _ => Histograms.Create());

    public override HistogramBase All => Histograms.Sum(Kinds.Values);

    protected override HistogramBase Of(ReadStep step) => Kinds[step.Kind];
}
