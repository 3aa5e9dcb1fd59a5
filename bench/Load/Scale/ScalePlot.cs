using ScottPlot;

namespace Zvonok.Load.Scale;

/// <summary>The run as a picture: an operation's processor time, and its latency, by the number of silos.</summary>
internal static class ScalePlot
{
    private const int Width = 1200;
    private const int Height = 560;

    public static void Save(Report report, string path)
    {
        var figure = new Multiplot();
        figure.AddPlots(2);
        figure.Layout = new ScottPlot.MultiplotLayouts.Columns();
        string[] names = [.. report.Arms.Keys];
        Bars(figure.GetPlot(0), report, arm => arm.CpuUsPerOp!.Silo);
        PlotLook.Finish(figure.GetPlot(0), "Processor time of an operation, all servers together", "µs", names);
        Bars(figure.GetPlot(1), report, arm => arm.P99Ms ?? 0);
        PlotLook.Finish(figure.GetPlot(1), "Latency, 99th percentile", "ms", names);
        PlotLook.Caption(figure.GetPlot(0), report, "at the same rate");
        figure.SavePng(path, Width, Height);
    }

    private static void Bars(Plot plot, Report report, Func<ArmFigures, double> height)
    {
        var at = 0;
        foreach (var arm in report.Arms.Values)
        {
            var bar = plot.Add.Bar(at, height(arm));
            bar.Color = PlotLook.ColorOf(at);
            PlotLook.Label(plot, at, height(arm), PlotLook.Short(height(arm)));
            at++;
        }
    }
}
