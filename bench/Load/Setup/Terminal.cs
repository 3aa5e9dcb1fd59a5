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

    // System.Progress would hop to the thread pool for every report, and out of order.
    private sealed class Bar(ProgressTask task) : IProgress<long>
    {
        public void Report(long value) => task.Value = Math.Max(task.Value, value);
    }
}
