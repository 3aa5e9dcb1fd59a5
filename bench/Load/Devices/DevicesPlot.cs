using System.Globalization;
using HdrHistogram;
using ScottPlot;

namespace Zvonok.Load.Devices;

/// <summary>The run as a picture: taps over all arms' sockets, how fast devices are welcomed, and how soon gates open.</summary>
internal static class DevicesPlot
{
    private const int Width = 1800;
    private const int Height = 620;
    private static readonly (string Name, double Percentile)[] Lines = [("p50", 50), ("p90", 90), ("p99", 99), ("p99.9", 99.9), ("max", 100)];

    public static void Save(Report report, ConnectRecorder connected, string path)
    {
        var figure = new Multiplot();
        figure.AddPlots(3);
        figure.Layout = new ScottPlot.MultiplotLayouts.Columns();
        Taps(figure.GetPlot(0), report);
        Welcomes(figure.GetPlot(1), connected.All);
        Openings(figure.GetPlot(2), report.Arms[DevicesRun.Opening]);
        PlotLook.Caption(figure.GetPlot(1), report, "percentile");
        figure.SavePng(path, Width, Height);
    }

    private static void Taps(Plot plot, Report report)
    {
        string[] arms = [DevicesRun.Empty, DevicesRun.Few, DevicesRun.Own, DevicesRun.Beside];
        PlotLook.Groups(plot, [.. arms.Select(arm => report.Arms[arm]).Select(figures => new[] { figures.P50Ms ?? 0, figures.P99Ms ?? 0, figures.P999Ms ?? 0 })], PlotLook.Short);
        PlotLook.Finish(plot, "Taps, from the intended start", "ms", ["p50", "p99", "p99.9"]);
        PlotLook.Legend(plot, arms, Alignment.UpperLeft);
    }

    private static void Welcomes(Plot plot, HistogramBase took)
    {
        double[] values = [.. Lines.Select(line => took.GetValueAtPercentile(line.Percentile) / 1_000.0)];
        Bars(plot, values, 0);
        PlotLook.Finish(plot, "Devices that come at once, to the welcome", "ms", [.. Lines.Select(line => line.Name)]);
    }

    private static void Openings(Plot plot, ArmFigures open)
    {
        Bars(plot, [open.P50Ms ?? 0, open.P99Ms ?? 0, open.MaxMs ?? 0], 2);
        PlotLook.Finish(plot, "From the fire panel to \"open\" at each gate", "ms", ["p50", "p99", "max"]);
    }

    private static void Bars(Plot plot, double[] values, int color)
    {
        for (var at = 0; at < values.Length; at++)
        {
            plot.Add.Bar(at, values[at]).Color = PlotLook.ColorOf(color);
            PlotLook.Label(plot, at, values[at], values[at] < 100 ? values[at].ToString("0.0", CultureInfo.InvariantCulture) : PlotLook.Thousands(values[at]));
        }
    }
}
