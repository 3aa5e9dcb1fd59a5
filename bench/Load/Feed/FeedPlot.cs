using System.Globalization;
using ScottPlot;

namespace Zvonok.Load.Feed;

/// <summary>The reading as a picture: facts over time, and the silo's memory meanwhile.</summary>
internal static class FeedPlot
{
    private const int Width = 900;
    private const int Height = 520;

    public static void Save(Report report, FeedCourse course, string path)
    {
        var plot = new Plot();
        Line(plot, course.Seconds, course.Facts.Select(facts => facts / 1_000_000), 0);
        var memory = Line(plot, course.Seconds, course.Megabytes, 1);
        memory.Axes.YAxis = plot.Axes.Right;
        plot.Axes.Left.Label.Text = "facts read, millions";
        plot.Axes.Right.Label.Text = "silo's memory, MB";
        plot.Axes.SetLimitsY(0, course.Megabytes.Max() * 2, plot.Axes.Right);
        plot.Axes.SetLimitsY(0, course.Facts.Max() / 1_000_000 * 1.1, plot.Axes.Left);
        PlotLook.Legend(plot, ["facts", "memory"], Alignment.UpperLeft);
        plot.Title(string.Create(CultureInfo.InvariantCulture, $"The feed from its beginning: {report.Arms["feed"].Operations:N0} facts, {report.Arms["feed"].OpsPerS:N0} a second"));
        PlotLook.Caption(plot, report, "seconds");
        plot.SavePng(path, Width, Height);
    }

    private static ScottPlot.Plottables.Scatter Line(Plot plot, IEnumerable<double> seconds, IEnumerable<double> values, int color)
    {
        var line = plot.Add.Scatter(seconds.ToArray(), values.ToArray());
        (line.MarkerSize, line.LineWidth, line.Color) = (0, 2, PlotLook.ColorOf(color));
        return line;
    }
}
