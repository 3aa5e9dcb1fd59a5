namespace Zvonok.Journal.Tests.Support;

/// <summary>Real time, whose stopwatch a test can turn forward.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    private long _shift;
    private long _shiftAfterNext;

    public void Advance(TimeSpan by) => Interlocked.Add(ref _shift, (long)(by.TotalSeconds * TimestampFrequency));

    /// <summary>Whoever looks next sees the time as it is; for all others it is later then.</summary>
    public void AdvanceAfterNextLook(TimeSpan by) => Interlocked.Exchange(ref _shiftAfterNext, (long)(by.TotalSeconds * TimestampFrequency));

    public override long GetTimestamp()
    {
        var now = base.GetTimestamp() + Interlocked.Read(ref _shift);
        Interlocked.Add(ref _shift, Interlocked.Exchange(ref _shiftAfterNext, 0));
        return now;
    }
}
