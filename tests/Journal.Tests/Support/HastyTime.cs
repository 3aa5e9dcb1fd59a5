namespace Zvonok.Journal.Tests.Support;

/// <summary>Real time, but short pauses are skipped.</summary>
internal sealed class HastyTime : TimeProvider
{
    private static readonly TimeSpan ShortMax = TimeSpan.FromMilliseconds(100);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime > TimeSpan.Zero && dueTime <= ShortMax ? TimeSpan.Zero : dueTime, period);
}
