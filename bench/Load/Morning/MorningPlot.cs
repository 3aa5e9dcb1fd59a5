using ScottPlot;

namespace Zvonok.Load.Morning;

/// <summary>The morning as a picture: latency and rate by the second, and the distribution of latencies.</summary>
internal static class MorningPlot
{
    private const int Width = 1500;
    private const int Height = 620;

    public static void Save(Report report, MorningRecorder recorder, string path)
    {
        var figure = new Multiplot();
        figure.AddPlots(3);
        figure.Layout = new ScottPlot.MultiplotLayouts.Columns();
        Latencies(figure.GetPlot(0), recorder);
        Rates(figure.GetPlot(1), recorder);
        Distribution(figure.GetPlot(2), recorder);
        PlotLook.Caption(figure.GetPlot(1), report);
        figure.SavePng(path, Width, Height);
    }

    private static void Latencies(Plot plot, MorningRecorder recorder)
    {
        var lines = PlotLook.Percentiles;
        for (var i = 0; i < lines.Length; i++)
        {
            var values = recorder.BySecond.Select(second => PlotLook.Log(second.TotalCount == 0 ? 0 : second.GetValueAtPercentile(lines[i].Percentile) / 1_000.0)).ToArray();
            Line(plot, values, lines[i].Name, i);
        }

        plot.Title("Latency from the intended start");
        plot.YLabel("ms");
        plot.XLabel("second of the run");
        PlotLook.LogarithmicLeft(plot);
        plot.ShowLegend(Alignment.UpperRight);
    }

    private static void Rates(Plot plot, MorningRecorder recorder)
    {
        Line(plot, [.. recorder.BySecond.Select(second => (double)second.TotalCount)], "taps and sales", 0);
        plot.Title("Taps and sales per second");
        plot.YLabel("1/s");
        plot.Axes.SetLimitsY(0, recorder.BySecond.Max(second => second.TotalCount) * 1.2);
    }

    private static void Distribution(Plot plot, MorningRecorder recorder)
    {
        (string Name, HdrHistogram.HistogramBase Latencies)[] lines = [("taps", recorder.Taps), ("sales", recorder.Sales)];
        // Nines: 0 is the median's half, 1 stands for 90 %, 2 for 99 %, 3 for 99.9 %.
        var nines = Enumerable.Range(0, 41).Select(i => i / 10.0).ToArray();
        for (var i = 0; i < lines.Length; i++)
        {
            var line = plot.Add.Scatter(nines, nines.Select(nine => PlotLook.Log(lines[i].Latencies.GetValueAtPercentile(100 - 100 / Math.Pow(10, nine)) / 1_000.0)).ToArray());
            line.LegendText = lines[i].Name;
            line.MarkerSize = 0;
            line.LineWidth = 2;
            line.Color = PlotLook.ColorOf(i);
        }

        plot.Title("Distribution");
        plot.YLabel("ms");
        plot.XLabel("percentile");
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericManual([0.301, 1, 2, 3, 4], ["50", "90", "99", "99.9", "99.99"]);
        PlotLook.LogarithmicLeft(plot);
        plot.ShowLegend(Alignment.UpperLeft);
    }

    private static void Line(Plot plot, double[] values, string name, int color)
    {
        var line = plot.Add.Signal(values);
        line.LegendText = name;
        line.LineWidth = 2;
        line.Color = PlotLook.ColorOf(color);
    }
}
