using Spectre.Console;
using Spectre.Console.Rendering;

namespace Zvonok.Silo.Demo;

/// <summary>A bar for each stage, redrawn in place.</summary>
internal sealed class LiveScreen(IAnsiConsole console) : DemoScreen(console)
{
    private const int BarWidth = 16;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    public override Task Show(IReadOnlyList<Stage> stages, Func<Task> play) => Console.Progress()
        .AutoClear(false)
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = BarWidth }, new NoteColumn(stages))
        .StartAsync(async context =>
        {
            var bars = stages.Select(stage => context.AddTask(stage.Name, autoStart: false, maxValue: 1)).ToList();
            var playing = play();
            while (await Task.WhenAny(playing, Task.Delay(Interval)) != playing) Update(stages, bars);
            Update(stages, bars);
            await playing;
        });

    private static void Update(IReadOnlyList<Stage> stages, List<ProgressTask> bars)
    {
        foreach (var (stage, bar) in stages.Zip(bars))
        {
            if (stage.HasBegun && !bar.IsStarted) bar.StartTask();
            bar.Value = stage.Share;
        }
    }

    // Tasks are numbered in the order in which they were added.
    private sealed class NoteColumn(IReadOnlyList<Stage> stages) : ProgressColumn
    {
        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) => new Text(stages[task.Id].Note);
    }
}
