using ScottPlot;

namespace Zvonok.Load.Compare;

/// <summary>The comparison as a picture: rates, processor time, latencies.</summary>
internal static class ComparePlot
{
    private const int WidthOfArm = 300;
    private const int Height = 620;

    public static void Save(Report report, string path)
    {
        var figure = new Multiplot();
        figure.AddPlots(3);
        figure.Layout = new ScottPlot.MultiplotLayouts.Columns();
        var names = report.Arms.Keys.ToArray();
        Rates(figure.GetPlot(0), names, report);
        Cpu(figure.GetPlot(1), names, report);
        Latencies(figure.GetPlot(2), names, report);
        PlotLook.Caption(figure.GetPlot(1), report, "");
        figure.SavePng(path, WidthOfArm * names.Length, Height);
    }

    private static void Rates(Plot plot, string[] names, Report report)
    {
        for (var i = 0; i < names.Length; i++)
        {
            var arm = report.Arms[names[i]];
            var rounds = arm.Rounds!.Select(round => round.OpsPerS).ToArray();
            plot.Add.Bar(new Bar { Position = i, Value = arm.OpsPerS, FillColor = PlotLook.ColorOf(i) });
            plot.Add.Line(i, rounds.Min(), i, rounds.Max()).Color = Colors.Black;
            PlotLook.Label(plot, i, rounds.Max(), PlotLook.Thousands(arm.OpsPerS));
        }

        PlotLook.Finish(plot, "Sales per second (median, range of rounds)", "sales/s", names);
    }

    private static void Cpu(Plot plot, string[] names, Report report)
    {
        string[] parts = ["silo or rival", "database", "client"];
        for (var i = 0; i < names.Length; i++)
        {
            var cpu = report.Arms[names[i]].CpuUsPerOp!;
            double[] values = [cpu.Silo, cpu.Database, cpu.Client];
            var from = 0.0;
            for (var part = 0; part < values.Length; part++)
            {
                plot.Add.Bar(new Bar { Position = i, ValueBase = from, Value = from + values[part], FillColor = PlotLook.ColorOf(part) });
                from += values[part];
            }

            PlotLook.Label(plot, i, from, PlotLook.Thousands(from));
        }

        PlotLook.Legend(plot, parts);
        PlotLook.Finish(plot, "Processor time of one sale", "µs", names);
    }

    private static void Latencies(Plot plot, string[] names, Report report)
    {
        string[] parts = ["p50", "p99", "p99.9"];
        for (var i = 0; i < names.Length; i++)
        {
            var arm = report.Arms[names[i]];
            double[] values = [arm.P50Ms ?? 0, arm.P99Ms ?? 0, arm.P999Ms ?? 0];
            for (var part = 0; part < values.Length; part++)
            {
                var at = i + (part - 1) * 0.27;
                plot.Add.Bar(new Bar { Position = at, Value = values[part], Size = 0.25, FillColor = PlotLook.ColorOf(part) });
                PlotLook.Label(plot, at, values[part], PlotLook.Short(values[part]));
            }
        }

        PlotLook.Legend(plot, parts);
        PlotLook.Finish(plot, "Latency of a call, closed loop", "ms", names);
    }
}
