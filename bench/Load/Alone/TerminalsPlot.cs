using ScottPlot;

namespace Zvonok.Load.Alone;

/// <summary>The run as a picture: how long a decision takes, beside a bare commit.</summary>
internal static class TerminalsPlot
{
    private const int Width = 900;
    private const int Height = 560;

    public static void Save(Report report, string path)
    {
        var figure = new Plot();
        string[] arms = [.. report.Arms.Keys];
        PlotLook.Groups(
            figure, [.. report.Arms.Values.Select(figures => new[] { figures.P50Ms ?? 0, figures.P99Ms ?? 0, figures.P999Ms ?? 0 })], value => value.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture));
        PlotLook.Finish(figure, $"A decision without a connection, with {report.Settings["queued"]} facts in the queue, on one processor", "ms", ["p50", "p99", "p99.9"]);
        PlotLook.Legend(figure, arms, Alignment.UpperLeft);
        PlotLook.Caption(figure, report, "percentile");
        figure.SavePng(path, Width, Height);
    }
}
