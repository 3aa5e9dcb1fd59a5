namespace Zvonok.Chaos.Network;

/// <summary>What a link does to all that goes over it.</summary>
internal sealed class Weather
{
    private static readonly TaskCompletionSource Open = Opened();
    private volatile TaskCompletionSource _gate = Open;
    private long _delayTicks;

    /// <summary>How much longer everything takes.</summary>
    public TimeSpan Delay
    {
        get => new(Interlocked.Read(ref _delayTicks));
        set => Interlocked.Exchange(ref _delayTicks, value.Ticks);
    }

    /// <summary>Completes as soon as anything may pass.</summary>
    public Task Passable => _gate.Task;

    /// <summary>From now on nothing passes.</summary>
    public void Silence() => _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Everything passes at once, what has waited first.</summary>
    public void Clear()
    {
        Delay = TimeSpan.Zero;
        var gate = Interlocked.Exchange(ref _gate, Open);
        gate.TrySetResult();
    }

    private static TaskCompletionSource Opened()
    {
        var open = new TaskCompletionSource();
        open.SetResult();
        return open;
    }
}
