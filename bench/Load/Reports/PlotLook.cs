using System.Globalization;
using ScottPlot;

namespace Zvonok.Load.Reports;

/// <summary>One look for all plots.</summary>
internal static class PlotLook
{
    /// <summary>What is drawn of the latencies of each second.</summary>
    public static readonly (string Name, double Percentile)[] Percentiles = [("p50", 50), ("p99", 99), ("max", 100)];

    private static readonly ScottPlot.Palettes.Category10 Shades = new();

    public static Color ColorOf(int index) => Shades.GetColor(index);

    public static string Thousands(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    public static string Short(double value) => value.ToString(value < 10 ? "0.0" : "0", CultureInfo.InvariantCulture);

    /// <summary>A value above its bar.</summary>
    public static void Label(Plot plot, double at, double height, string text)
    {
        var label = plot.Add.Text(text, at, height);
        label.LabelAlignment = Alignment.LowerCenter;
        label.LabelFontSize = 12;
        label.OffsetY = -3;
    }

    /// <summary>Groups of bars: in each group one of each colour, beside each other.</summary>
    /// <param name="plot">Where.</param>
    /// <param name="colors">The values of each colour, in the order of the legend: one for each group.</param>
    /// <param name="text">What stands above a bar.</param>
    public static void Groups(Plot plot, IReadOnlyList<double[]> colors, Func<double, string> text)
    {
        var step = 0.8 / colors.Count;
        for (var color = 0; color < colors.Count; color++)
        {
            for (var group = 0; group < colors[color].Length; group++)
            {
                var (at, value) = (group + (color - (colors.Count - 1) / 2.0) * step, colors[color][group]);
                var bar = plot.Add.Bar(at, value);
                (bar.Color, bar.Bars[0].Size) = (ColorOf(color), 0.93 * step);
                Label(plot, at, value, text(value));
            }
        }
    }

    /// <summary>What the colours stand for.</summary>
    public static void Legend(Plot plot, IReadOnlyList<string> names, Alignment place = Alignment.UpperRight)
    {
        for (var i = 0; i < names.Count; i++) plot.Legend.ManualItems.Add(new LegendItem { LabelText = names[i], FillColor = ColorOf(i) });
        plot.ShowLegend(place);
    }

    /// <summary>Title, unit, and a name under each bar.</summary>
    public static void Finish(Plot plot, string title, string unit, string[] names)
    {
        plot.Title(title);
        plot.YLabel(unit);
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericManual([.. Enumerable.Range(0, names.Length).Select(i => (double)i)], names);
        plot.Axes.Bottom.MajorTickStyle.Length = 0;
        plot.HideGrid();
        plot.Axes.Margins(bottom: 0, top: 0.25);
    }

    /// <summary>Which run the picture shows, below it.</summary>
    public static void Caption(Plot plot, Report report, string unit = "second of the run")
    {
        plot.XLabel($"{unit}\n\n{report.Date} · commit {report.Commit[..Math.Min(10, report.Commit.Length)]} · {report.Machine.Cpu}, {report.Machine.Cores} cores");
        plot.Axes.Bottom.Label.FontSize = 12;
        plot.Axes.Bottom.Label.Bold = false;
    }

    /// <summary>A value's place on a logarithmic axis; nothing lies below a hundredth.</summary>
    public static double Log(double value) => Math.Log10(Math.Max(0.01, value));

    /// <summary>Ticks for values that were placed by <see cref="Log"/>.</summary>
    public static void LogarithmicLeft(Plot plot)
    {
        double[] values = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000];
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericManual(
            [.. values.Select(Log)], [.. values.Select(value => value.ToString("0.##", CultureInfo.InvariantCulture))]);
    }
}
