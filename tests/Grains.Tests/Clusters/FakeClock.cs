namespace Zvonok.Grains.Tests.Clusters;

/// <summary>The clock of our own code, in the test's hand; the runtime keeps its own.</summary>
public sealed class FakeClock : IClock
{
    private long _milliseconds;

    public FakeClock() => Set(Given.Morning);

    public Instant GetCurrentInstant() => Instant.FromUnixTimeMilliseconds(Interlocked.Read(ref _milliseconds));

    public void Set(Instant now) => Interlocked.Exchange(ref _milliseconds, now.ToUnixTimeMilliseconds());

    public void Advance(Duration by) => Interlocked.Add(ref _milliseconds, (long)by.TotalMilliseconds);
}
