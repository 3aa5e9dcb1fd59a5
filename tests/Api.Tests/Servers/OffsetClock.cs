namespace Zvonok.Api.Tests.Servers;

/// <summary>The system's clock, which a test may put forward.</summary>
public sealed class OffsetClock : IClock
{
    private long _days;

    public Instant GetCurrentInstant() => SystemClock.Instance.GetCurrentInstant() + Duration.FromDays(Interlocked.Read(ref _days));

    public void PutForward(int days) => Interlocked.Add(ref _days, days);
}
