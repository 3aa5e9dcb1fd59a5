using Microsoft.Extensions.Time.Testing;
using Zvonok.Terminals.Connection;

namespace Zvonok.Terminals.Tests.Rules;

[Trait("Rule", "O6")]
public sealed class ServerClockTests
{
    [Fact]
    public void The_cores_time_is_known_to_half_of_the_fastest_answer() =>
        Gen.Select(Gen.Int[-600, 600], Gen.Select(Gen.Int[1, 2_000], Gen.Double[0, 1], Gen.Int[0, 5_000]).Array[1, 20]).Sample((ahead, answers) =>
        {
            var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
            var (clock, offset, fastest) = (new ServerClock(time, Duration.Zero), Duration.FromSeconds(ahead), int.MaxValue);
            foreach (var (milliseconds, way, pause) in answers)
            {
                time.Advance(TimeSpan.FromMilliseconds(pause));
                var sentAt = time.GetTimestamp();
                time.Advance(TimeSpan.FromMilliseconds(milliseconds * way));
                var serverTime = clock.DeviceTime + offset;
                time.Advance(TimeSpan.FromMilliseconds(milliseconds * (1 - way)));
                clock.Read(serverTime, sentAt);
                fastest = Math.Min(fastest, milliseconds);
            }

            var error = clock.Offset - offset;
            (error < Duration.Zero ? -error : error).ShouldBeLessThanOrEqualTo(Duration.FromMilliseconds(fastest / 2.0 + 1));
        });

    [Fact]
    public void A_clock_that_drifts_is_followed_although_the_answer_is_slower()
    {
        var time = new FakeTimeProvider();
        var clock = new ServerClock(time, Duration.Zero);
        clock.Read(clock.DeviceTime + Duration.FromSeconds(5), time.GetTimestamp()).ShouldBeTrue();
        Slow(7).ShouldBeFalse("a fast answer is there");
        clock.Offset.ShouldBe(Duration.FromSeconds(5));
        time.Advance(TimeSpan.FromMinutes(10));
        Slow(7).ShouldBeTrue();
        clock.Offset.ShouldBe(Duration.FromSeconds(7));

        bool Slow(int ahead)
        {
            var sentAt = time.GetTimestamp();
            time.Advance(TimeSpan.FromMilliseconds(10));
            return clock.Read(clock.DeviceTime + Duration.FromSeconds(ahead) - Duration.FromMilliseconds(5), sentAt);
        }
    }
}
