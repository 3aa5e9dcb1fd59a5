namespace Zvonok.Silo.Demo;

/// <summary>A part of the demo as the display shows it.</summary>
/// <param name="name">What is done.</param>
/// <param name="share">How much of it is done: 0 to 1.</param>
/// <param name="note">A few figures.</param>
internal sealed class Stage(string name, Func<double> share, Func<string> note)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _hasBegun;
    // Figures go on after the stage: what it showed at its end stays.
    private volatile string? _lastNote;

    public string Name => name;

    public bool HasBegun => _hasBegun;

    /// <summary>Completes when it is done; never when it is broken off.</summary>
    public Task Ended => _ended.Task;

    public double Share => Ended.IsCompleted ? 1 : _hasBegun ? Math.Clamp(share(), 0, 1) : 0;

    public string Note => _lastNote ?? (_hasBegun ? note() : "");

    public async Task Run(Func<Task> work)
    {
        _hasBegun = true;
        await work();
        _lastNote = note();
        _ended.SetResult();
    }
}
