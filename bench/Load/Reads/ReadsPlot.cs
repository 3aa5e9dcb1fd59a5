using ScottPlot;

namespace Zvonok.Load.Reads;

/// <summary>The run as a picture: each kind's latencies, and all of them by the second.</summary>
internal static class ReadsPlot
{
    private const int Width = 1300;
    private const int Height = 560;

    public static void Save(Report report, ReadRecorder recorder, string path)
    {
        var figure = new Multiplot();
        figure.AddPlots(2);
        figure.Layout = new ScottPlot.MultiplotLayouts.Columns();
        Bars(figure.GetPlot(0), report);
        Latencies(figure.GetPlot(1), recorder);
        PlotLook.Caption(figure.GetPlot(1), report);
        figure.SavePng(path, Width, Height);
    }

    private static void Bars(Plot plot, Report report)
    {
        (string Name, Func<ArmFigures, double?> Of)[] bars = [("p50", arm => arm.P50Ms), ("p99", arm => arm.P99Ms), ("p99.9", arm => arm.P999Ms)];
        var arms = report.Arms.ToList();
        PlotLook.Groups(plot, [.. bars.Select(bar => arms.Select(arm => bar.Of(arm.Value) ?? 0).ToArray())], PlotLook.Short);
        PlotLook.Finish(plot, "Latency from the intended start", "ms", [.. arms.Select(arm => arm.Key)]);
        PlotLook.Legend(plot, [.. bars.Select(bar => bar.Name)]);
    }

    private static void Latencies(Plot plot, ReadRecorder recorder)
    {
        var lines = PlotLook.Percentiles;
        for (var i = 0; i < lines.Length; i++)
        {
            var values = recorder.BySecond.Select(second => PlotLook.Log(second.TotalCount == 0 ? 0 : second.GetValueAtPercentile(lines[i].Percentile) / 1_000.0)).ToArray();
            var line = plot.Add.Signal(values);
            (line.LegendText, line.LineWidth, line.Color) = (lines[i].Name, 2, PlotLook.ColorOf(i));
        }

        plot.Title("All reads, by the second");
        plot.YLabel("ms");
        PlotLook.LogarithmicLeft(plot);
        plot.ShowLegend(Alignment.UpperRight);
    }
}
