using ScottPlot;

namespace Zvonok.Load.Notices;

/// <summary>The notices as a picture: their way by the second, and how many arrived.</summary>
internal static class NoticesPlot
{
    private const int Width = 1100;
    private const int Height = 560;

    public static void Save(Report report, Sink.Window window, string path)
    {
        var figure = new Multiplot();
        figure.AddPlots(2);
        figure.Layout = new ScottPlot.MultiplotLayouts.Columns();
        var seconds = window.BySecond[..^1];
        var lines = PlotLook.Percentiles;
        for (var i = 0; i < lines.Length; i++)
            Line(figure.GetPlot(0), [.. seconds.Select(second => PlotLook.Log(second.TotalCount == 0 ? 0 : second.GetValueAtPercentile(lines[i].Percentile) / 1_000.0))], lines[i].Name, i);
        figure.GetPlot(0).Title("From the record of the fact to the arrival");
        figure.GetPlot(0).YLabel("ms");
        figure.GetPlot(0).XLabel("second of the run");
        PlotLook.LogarithmicLeft(figure.GetPlot(0));
        figure.GetPlot(0).ShowLegend(Alignment.UpperRight);
        Line(figure.GetPlot(1), [.. seconds.Select(second => (double)second.TotalCount)], "notices", 0);
        figure.GetPlot(1).Title("Notices arrived per second");
        figure.GetPlot(1).YLabel("1/s");
        figure.GetPlot(1).Axes.SetLimitsY(0, Math.Max(1, seconds.Max(second => second.TotalCount)) * 1.2);
        PlotLook.Caption(figure.GetPlot(1), report);
        figure.SavePng(path, Width, Height);
    }

    private static void Line(Plot plot, double[] values, string name, int color)
    {
        var line = plot.Add.Signal(values);
        line.LegendText = name;
        line.LineWidth = 2;
        line.Color = PlotLook.ColorOf(color);
    }
}
