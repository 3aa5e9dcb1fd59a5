using System.Globalization;
using ScottPlot;

namespace Zvonok.Load.Lists;

/// <summary>The run as a picture: how long each kind of list takes, and how large it is.</summary>
internal static class ListsPlot
{
    private const int Width = 1300;
    private const int Height = 560;

    public static void Save(Report report, string path)
    {
        var figure = new Multiplot();
        figure.AddPlots(2);
        figure.Layout = new ScottPlot.MultiplotLayouts.Columns();
        string[] names = [.. report.Arms.Keys.Select(name => name.Replace(", ", ",\n", StringComparison.Ordinal))];
        Bars(figure.GetPlot(0), [.. report.Arms.Values.Select(arm => arm.P50Ms ?? 0)], "0.0");
        PlotLook.Finish(figure.GetPlot(0), "From the request to the last byte; built: without the way. Median", "ms", names);
        Bars(figure.GetPlot(1), [.. report.Figures!.Values.Select(bytes => Convert.ToDouble(bytes, CultureInfo.InvariantCulture) / 1_000)], "0.00");
        PlotLook.Finish(figure.GetPlot(1), "Size, with its signature", "KB", names[..report.Figures.Count]);
        PlotLook.Caption(figure.GetPlot(0), report, "kind of list");
        figure.SavePng(path, Width, Height);
    }

    private static void Bars(Plot plot, double[] values, string format)
    {
        for (var at = 0; at < values.Length; at++)
        {
            plot.Add.Bar(at, values[at]).Color = PlotLook.ColorOf(at);
            PlotLook.Label(plot, at, values[at], values[at].ToString(format, CultureInfo.InvariantCulture));
        }
    }
}
