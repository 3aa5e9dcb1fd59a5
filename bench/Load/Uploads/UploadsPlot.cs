using ScottPlot;

namespace Zvonok.Load.Uploads;

/// <summary>The run as a picture: facts by the second, and how long live taps take meanwhile.</summary>
internal static class UploadsPlot
{
    private const int Width = 1300;
    private const int Height = 560;

    public static void Save(Report report, UploadsRun run, string path)
    {
        var figure = new Multiplot();
        figure.AddPlots(2);
        figure.Layout = new ScottPlot.MultiplotLayouts.Columns();
        Facts(figure.GetPlot(0), run.BySecond);
        Taps(figure.GetPlot(1), run.P99BySecond, report.Arms["taps, all connected"].P99Ms ?? 0);
        PlotLook.Caption(figure.GetPlot(0), report, "second since all devices were back");
        figure.SavePng(path, Width, Height);
    }

    private static void Facts(Plot plot, IReadOnlyList<int> bySecond)
    {
        var line = plot.Add.Signal(bySecond.Select(facts => (double)facts).ToArray());
        (line.LineWidth, line.Color) = (2, PlotLook.ColorOf(0));
        plot.Title("Facts merged a second, paced by the core");
        plot.YLabel("1/s");
        plot.Axes.SetLimitsY(0, bySecond.Max() * 1.2);
    }

    private static void Taps(Plot plot, IReadOnlyList<double> beside, double alone)
    {
        var line = plot.Add.Signal(beside.Select(PlotLook.Log).ToArray());
        (line.LineWidth, line.Color, line.LegendText) = (2, PlotLook.ColorOf(1), "beside uploads, by the second");
        var level = plot.Add.HorizontalLine(PlotLook.Log(alone));
        (level.Color, level.LegendText) = (PlotLook.ColorOf(2), "all connected, nothing to upload");
        plot.Title("Live taps, 99th percentile");
        plot.YLabel("ms");
        plot.XLabel("second of the turns");
        PlotLook.LogarithmicLeft(plot);
        plot.ShowLegend(Alignment.UpperRight);
    }
}
