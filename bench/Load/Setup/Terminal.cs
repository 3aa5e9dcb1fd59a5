using System.Globalization;
using Spectre.Console;

namespace Zvonok.Load.Setup;

/// <summary>What a person at the terminal sees while a run goes on; plain lines where there is no terminal.</summary>
internal static class Terminal
{
    /// <summary>Shows a bar while something is done; it is told how far it is.</summary>
    public static Task Show(string title, long total, Func<IProgress<long>, Task> work) => AnsiConsole.Progress()
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
        .StartAsync(async context =>
        {
            var bar = context.AddTask(Markup.Escape(title), maxValue: total);
            await work(new Bar(bar));
            bar.Value = total;
        });

    /// <summary>Says a sentence.</summary>
    public static void Say(string sentence) => AnsiConsole.MarkupLineInterpolated($"{sentence}");

    /// <summary>Shows a report's arms, ratios, figures and failures.</summary>
    public static void Show(Report report)
    {
        var table = new Table().Title(report.Verb).AddColumns("arm", "per s", "p50 ms", "p99 ms", "p99.9", "max ms", "silo µs", "db µs", "client µs");
        foreach (var (name, arm) in report.Arms)
            table.AddRow(
                name, Text(arm.OpsPerS, 0), Text(arm.P50Ms, 1), Text(arm.P99Ms, 1), Text(arm.P999Ms, 1), Text(arm.MaxMs, 1),
                Text(arm.CpuUsPerOp?.Silo, 0), Text(arm.CpuUsPerOp?.Database, 0), Text(arm.CpuUsPerOp?.Client, 0));
        AnsiConsole.Write(table);
        foreach (var (name, ratio) in report.Ratios ?? new Dictionary<string, Ratio>())
            Say(string.Create(CultureInfo.InvariantCulture, $"{name}: {ratio.Median:N3} ({ratio.Min:N3} to {ratio.Max:N3})"));
        foreach (var (name, figure) in report.Figures ?? new Dictionary<string, object?>())
            Say(string.Create(CultureInfo.InvariantCulture, $"{name}: {figure}"));
        foreach (var (what, count) in report.Failures) Say($"FAILED {count} times: {what}");
    }

    private static string Text(double? value, int digits) => value?.ToString($"N{digits}", CultureInfo.InvariantCulture) ?? "-";

    // System.Progress would hop to the thread pool for every report, and out of order.
    private sealed class Bar(ProgressTask task) : IProgress<long>
    {
        public void Report(long value) => task.Value = Math.Max(task.Value, value);
    }
}
