using HdrHistogram;

namespace Zvonok.Load.Morning;

/// <summary>The latencies of a morning's taps and sales.</summary>
internal sealed class MorningRecorder(int seconds) : LoopRecorder<Step>(seconds)
{
    public HistogramBase Taps { get; } = Histograms.Create();

    public HistogramBase Sales { get; } = Histograms.Create();

    public override HistogramBase All => Histograms.Sum(Taps, Sales);

    protected override HistogramBase Of(Step step) => step.IsTap ? Taps : Sales;
}
