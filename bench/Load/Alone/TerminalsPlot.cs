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
        for (var arm = 0; arm < arms.Length; arm++)
        {
            var figures = report.Arms[arms[arm]];
            double[] values = [figures.P50Ms ?? 0, figures.P99Ms ?? 0, figures.P999Ms ?? 0];
            for (var line = 0; line < values.Length; line++)
            {
                var at = line + (arm - 1) * 0.27;
                var bar = figure.Add.Bar(at, values[line]);
                (bar.Color, bar.Bars[0].Size) = (PlotLook.ColorOf(arm), 0.25);
                PlotLook.Label(figure, at, values[line], values[line].ToString("0.00", System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        PlotLook.Finish(figure, $"A decision without a connection, with {report.Settings["queued"]} facts in the queue, on one processor", "ms", ["p50", "p99", "p99.9"]);
        PlotLook.Legend(figure, arms, Alignment.UpperLeft);
        PlotLook.Caption(figure, report, "percentile");
        figure.SavePng(path, Width, Height);
    }
}
