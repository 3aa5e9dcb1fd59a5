using Spectre.Console;

namespace Zvonok.Silo.Demo;

/// <summary>A line every few seconds and at the end of each stage, for files and dumb terminals.</summary>
internal sealed class PlainScreen(IAnsiConsole console) : DemoScreen(console)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(4);

    public override async Task Show(IReadOnlyList<Stage> stages, Func<Task> play)
    {
        var playing = play();
        foreach (var stage in stages) await Follow(stage, playing);
        await playing;
    }

    // Until the stage has ended or will never.
    private async Task Follow(Stage stage, Task playing)
    {
        while (await Task.WhenAny(playing, stage.Ended, Task.Delay(Interval)) is var first && first != playing && first != stage.Ended)
            Line(stage);
        if (stage.HasBegun) Line(stage);
    }

    private void Line(Stage stage) => Line(FormattableString.Invariant($"{stage.Name,-12} {stage.Share,4:0%}  {stage.Note}"));
}
