namespace Zvonok.Api.Tests.Servers;

/// <summary>The system's clock, which a test may put forward.</summary>
public sealed class OffsetClock : IClock
{
    private long _ticks;

    public Instant GetCurrentInstant() => SystemClock.Instance.GetCurrentInstant() + Duration.FromTicks(Interlocked.Read(ref _ticks));

    public void PutForward(int days) => PutForward(Duration.FromDays(days));

    public void PutForward(Duration by) => Interlocked.Add(ref _ticks, by.BclCompatibleTicks);

    /// <summary>To the next noon in <see cref="Given.Zone"/>: for a test whose hours before and after have to be of one day, at whatever hour it runs.</summary>
    public void PutForwardToNoon()
    {
        var (zone, now) = (DateTimeZoneProviders.Tzdb[Given.Zone], GetCurrentInstant());
        var today = now.InZone(zone).Date;
        Instant[] noons = [NoonOf(today), NoonOf(today.PlusDays(1))];
        PutForward(noons.First(noon => noon >= now) - now);

        Instant NoonOf(LocalDate day) => zone.AtLeniently(day + LocalTime.Noon).ToInstant();
    }
}
