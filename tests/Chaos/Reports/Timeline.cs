using System.Globalization;
using ScottPlot;

namespace Zvonok.Chaos.Reports;

/// <summary>The run as a picture: answers and waits by the second, and what went wrong as bands behind them.</summary>
internal static class Timeline
{
    private const int Width = 1500;
    private const int Height = 760;
    private const byte BandOpacity = 60;
    private static readonly ScottPlot.Palettes.Category10 Shades = new();

    public static void Save(ChaosResult result, IReadOnlyList<Second> seconds, string run, string path)
    {
        var figure = new Multiplot();
        figure.AddPlots(2);
        figure.Layout = new ScottPlot.MultiplotLayouts.Rows();
        Answers(figure.GetPlot(0), result, seconds);
        WaitsOf(figure.GetPlot(1), result, seconds);
        figure.GetPlot(1).XLabel($"second of the run\n{run} · seed {result.Settings.Seed.ToString(CultureInfo.InvariantCulture)}, {(result.IsClean ? "clean" : "BREACHED")}");
        figure.SavePng(path, Width, Height);
    }

    private static void Answers(Plot plot, ChaosResult result, IReadOnlyList<Second> seconds)
    {
        Bands(plot, result.Faults);
        Line(plot, [.. seconds.Select(second => (double)second.Answers)], "answers", Colors.Black);
        Line(plot, [.. seconds.Select(second => (double)second.NoAnswers)], "attempts without answer", Colors.Red);
        plot.Title("Answers per second");
        plot.YLabel("1/s");
        plot.Axes.SetLimits(0, seconds.Count, 0, seconds.Max(second => Math.Max(second.Answers, second.NoAnswers)) * 1.35 + 1);
        plot.ShowLegend(Alignment.UpperRight, Orientation.Horizontal);
    }

    private static void WaitsOf(Plot plot, ChaosResult result, IReadOnlyList<Second> seconds)
    {
        Bands(plot, result.Faults);
        Line(plot, [.. seconds.Select(second => Log(second.MedianMs))], "median", Colors.Black);
        Line(plot, [.. seconds.Select(second => Log(second.MaxMs))], "longest", Colors.Red);
        plot.Title("From the moment an operation should have begun to its answer, repeats included");
        plot.YLabel("ms");
        double[] ticks = [1, 10, 100, 1_000, 10_000, 100_000];
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericManual(
            [.. ticks.Select(tick => Log(tick))], [.. ticks.Select(tick => tick.ToString("0", CultureInfo.InvariantCulture))]);
        plot.Axes.SetLimits(0, seconds.Count, 0, 5);
        plot.Legend.ManualItems.AddRange(result.Faults.Select(played => played.Fault.Kind).Distinct().Order()
            .Select(kind => new LegendItem { LabelText = FaultNames.Of(kind), FillColor = ColorOf(kind) }));
        plot.ShowLegend(Alignment.UpperRight);
    }

    private static void Bands(Plot plot, IReadOnlyList<PlayedFault> faults)
    {
        foreach (var played in faults)
        {
            var band = plot.Add.HorizontalSpan(played.BeganAt.TotalSeconds, Math.Max(played.HealedAt.TotalSeconds, played.BeganAt.TotalSeconds + 0.5));
            band.FillStyle.Color = ColorOf(played.Fault.Kind);
            band.LineStyle.Width = 0;
        }
    }

    private static void Line(Plot plot, double[] values, string name, Color color)
    {
        var line = plot.Add.Signal(values);
        line.LegendText = name;
        line.LineWidth = 2;
        line.Color = color;
    }

    private static Color ColorOf(FaultKind kind) => Shades.GetColor((int)kind).WithAlpha(BandOpacity);

    private static double Log(double? milliseconds) => Math.Log10(Math.Max(1, milliseconds ?? 1));
}
