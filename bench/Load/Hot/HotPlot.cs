using System.Globalization;
using ScottPlot;

namespace Zvonok.Load.Hot;

/// <summary>The run as a picture: how long everybody else waits, and what the callers of the one account were told.</summary>
internal static class HotPlot
{
    private const int Width = 1300;
    private const int Height = 560;
    private const string Others = "others ";

    public static void Save(Report report, string path)
    {
        var figure = new Multiplot();
        figure.AddPlots(2);
        figure.Layout = new ScottPlot.MultiplotLayouts.Columns();
        var others = report.Arms.Where(arm => arm.Key.StartsWith(Others, StringComparison.Ordinal)).ToList();
        var struck = report.Arms.Except(others).ToList();
        Bars(figure.GetPlot(0), others, arm => arm.P99Ms ?? 0);
        PlotLook.Finish(figure.GetPlot(0), "Everybody else's latency, 99th percentile", "ms", [.. others.Select(arm => arm.Key[Others.Length..])]);
        Bars(figure.GetPlot(1), struck, arm => arm.OpsPerS);
        PlotLook.Finish(figure.GetPlot(1), "Answers a second", "1/s", [.. struck.Select(arm => arm.Key.Replace(", ", ",\n", StringComparison.Ordinal))]);
        PlotLook.Caption(figure.GetPlot(0), report, "what is beside them");
        figure.SavePng(path, Width, Height);
    }

    private static void Bars(Plot plot, List<KeyValuePair<string, ArmFigures>> arms, Func<ArmFigures, double> height)
    {
        for (var at = 0; at < arms.Count; at++)
        {
            var value = height(arms[at].Value);
            var bar = plot.Add.Bar(at, value);
            bar.Color = PlotLook.ColorOf(at);
            PlotLook.Label(plot, at, value, value < 100 ? value.ToString("0.0", CultureInfo.InvariantCulture) : PlotLook.Thousands(value));
        }
    }
}
