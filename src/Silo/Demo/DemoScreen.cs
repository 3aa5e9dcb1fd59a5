using Spectre.Console;
using Zvonok.Simulation.Days;

namespace Zvonok.Silo.Demo;

/// <summary>Where the demo shows itself: a live display on a terminal, plain lines elsewhere.</summary>
internal abstract class DemoScreen(IAnsiConsole console)
{
    public IAnsiConsole Console => console;

    /// <summary>The screen that suits where the output goes.</summary>
    public static DemoScreen OfThisTerminal()
    {
        // Spectre finds colours in some build servers whose output is a file all the same.
        var isFile = System.Console.IsOutputRedirected;
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isFile ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = isFile ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = isFile ? InteractionSupport.No : InteractionSupport.Detect,
        });
        return console.Profile.Capabilities is { Ansi: true, Interactive: true } ? new LiveScreen(console) : new PlainScreen(console);
    }

    /// <summary>Shows the stages while they are played.</summary>
    public abstract Task Show(IReadOnlyList<Stage> stages, Func<Task> play);

    /// <summary>Writes a line beside the stages.</summary>
    public void Line(string text) => console.WriteLine(text);

    /// <summary>Shows what a device shows.</summary>
    public void Refusal(RefusalShown refusal)
    {
        var device = refusal.IsGate ? "gate" : "till";
        var text = FormattableString.Invariant($"{refusal.At:HH:mm}  {device} {refusal.Device} refuses: {Reasons.TextOf(refusal.Reason)}");
        Line(refusal.Cashier is { } cashier ? $"{text}\n       {cashier.Ru}\n       {cashier.En}" : text);
    }
}
