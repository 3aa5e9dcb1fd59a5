using Zvonok.Domain.Operations;

namespace Zvonok.Domain.Tests.Operations;

public sealed class OperationRulesTests
{
    private static readonly Instant Now = Given.Morning;
    private static readonly Duration Tick = Duration.FromMilliseconds(1);

    [Fact]
    public void A_terminals_clock_may_be_ten_minutes_fast()
    {
        var latest = Now + Duration.FromMinutes(10);

        OperationRules.FutureSkewMax.ShouldBe(Duration.FromMinutes(10));
        OperationRules.IsFromTheFuture(OperationId.Create(latest, 1, 1), Now).ShouldBeFalse();
        OperationRules.IsFromTheFuture(OperationId.Create(latest + Tick, 1, 1), Now).ShouldBeTrue();
    }

    /// <summary>The 48 bits of an id reach past the calendar's last year; a broken client's id is refused like any other.</summary>
    [Fact]
    [Trait("Rule", "D2")]
    public void An_id_made_after_the_end_of_the_calendar_is_from_the_future()
    {
        byte[] bytes = [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xBF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF];

        OperationId.TryRead(bytes, out var id).ShouldBeTrue();

        id.UnixMilliseconds.ShouldBe((1L << 48) - 1);
        OperationRules.IsFromTheFuture(id, Now).ShouldBeTrue();
        id.MadeAt.ShouldBe(Instant.MaxValue);
    }

    [Fact]
    public void The_devices_time_is_believed_for_twelve_hours()
    {
        OperationRules.EventAgeMax.ShouldBe(Duration.FromHours(12));
        OperationRules.BoundEventTime(Now - Duration.FromHours(12), Now).ShouldBe(Now - Duration.FromHours(12));
        OperationRules.BoundEventTime(Now - Duration.FromMinutes(5), Now).ShouldBe(Now - Duration.FromMinutes(5));
        OperationRules.BoundEventTime(Now, Now).ShouldBe(Now);
    }

    [Fact]
    public void A_device_with_a_wrong_clock_gets_the_servers_time()
    {
        OperationRules.BoundEventTime(Now + Tick, Now).ShouldBe(Now);
        OperationRules.BoundEventTime(Now - Duration.FromHours(12) - Tick, Now).ShouldBe(Now);
        OperationRules.BoundEventTime(null, Now).ShouldBe(Now);
    }

    [Fact]
    public void Times_are_kept_to_the_millisecond()
    {
        var odd = Now + Duration.FromNanoseconds(1_999_999);

        OperationRules.ToMillisecond(odd).ShouldBe(Now + Tick);
        OperationRules.BoundEventTime(odd, odd + Tick).ShouldBe(Now + Tick);
        OperationRules.BoundEventTime(null, odd).ShouldBe(Now + Tick);
    }

    [Fact]
    public void A_bounded_time_lies_within_the_bounds_whatever_the_device_says() =>
        Gen.Select(Gen.Long[-200_000_000, 200_000_000].Nullable(), Gen.Long[0, 4_000_000_000_000]).Sample((offset, milliseconds) =>
        {
            var now = Instant.FromUnixTimeMilliseconds(milliseconds);
            var bounded = OperationRules.BoundEventTime(offset is { } o ? now + Duration.FromMilliseconds(o) : null, now);

            bounded.ShouldBeLessThanOrEqualTo(now);
            bounded.ShouldBeGreaterThanOrEqualTo(now - OperationRules.EventAgeMax);
        });
}
