using Google.Protobuf.WellKnownTypes;

namespace Zvonok.Api.Shapes;

/// <summary>Times as protobuf writes them.</summary>
internal static class Times
{
    public static Timestamp ToTimestamp(this Instant instant)
    {
        var milliseconds = instant.ToUnixTimeMilliseconds();
        var seconds = Math.DivRem(milliseconds, 1000, out var rest);
        if (rest < 0) (seconds, rest) = (seconds - 1, rest + 1000);
        return new Timestamp { Seconds = seconds, Nanos = (int)rest * 1_000_000 };
    }

    public static Google.Protobuf.WellKnownTypes.Duration ToMessage(this NodaTime.Duration duration) => Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(duration.ToTimeSpan());

    /// <summary>A length of time as the protocol has it.</summary>
    public static Google.Protobuf.WellKnownTypes.Duration ToDuration(this TimeSpan time) => Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(time);

    public static Google.Type.Date ToDate(this LocalDate day) => new() { Year = day.Year, Month = day.Month, Day = day.Day };
}
