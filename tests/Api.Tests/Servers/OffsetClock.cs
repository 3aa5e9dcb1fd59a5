namespace Zvonok.Api.Tests.Servers;

/// <summary>The system's clock, which a test may put forward.</summary>
public sealed class OffsetClock : IClock
{
    private long _ticks;

    public Instant GetCurrentInstant() => SystemClock.Instance.GetCurrentInstant() + Duration.FromTicks(Interlocked.Read(ref _ticks));

    public void PutForward(int days) => PutForward(Duration.FromDays(days));

    public void PutForward(Duration by) => Interlocked.Add(ref _ticks, by.BclCompatibleTicks);
}
