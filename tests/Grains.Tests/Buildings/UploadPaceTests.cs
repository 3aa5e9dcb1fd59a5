using Microsoft.Extensions.Options;
using Zvonok.Grains.Buildings.Watching;
using Zvonok.Grains.Tests.Clusters;

namespace Zvonok.Grains.Tests.Buildings;

/// <summary>When devices may upload that all come back at once (O7).</summary>
[Trait("Rule", "O7")]
public sealed class UploadPaceTests
{
    private const int RateMax = 2_000;

    private readonly FakeClock _clock = new();

    [Fact]
    public void Devices_that_come_back_together_never_upload_faster_together_than_is_set_and_waste_little_time()
    {
        var (pace, random) = (Pace(), new Random(1));
        var turns = Enumerable.Range(1, 3_000).Select(device =>
        {
            var queued = random.Next(1, 400);
            var start = pace.Admit(new DeviceId(device), queued).TotalSeconds;
            return (Start: start, End: start + queued / (double)pace.Rate, Queued: queued);
        }).ToList();

        foreach (var moment in turns.Select(turn => turn.Start))
            (turns.Count(turn => turn.Start <= moment && moment < turn.End - 1e-6) * pace.Rate).ShouldBeLessThanOrEqualTo(RateMax);
        turns.Max(turn => turn.End).ShouldBeLessThan(turns.Sum(turn => turn.Queued) / (double)RateMax + 10);
    }

    [Fact]
    public void The_first_ones_do_not_begin_at_the_same_moment()
    {
        var pace = Pace();

        var starts = Enumerable.Range(1, RateMax / pace.Rate).Select(device => pace.Admit(new DeviceId(device), 100)).ToList();

        starts.ShouldBeUnique();
        starts.ShouldAllBe(start => start >= Duration.Zero && start <= Duration.FromSeconds(1));
    }

    [Fact]
    public void Who_has_nothing_waits_for_nothing_and_takes_nobodys_place()
    {
        var pace = Pace();

        for (var device = 1; device <= 1_000; device++) pace.Admit(new DeviceId(device), 0).ShouldBe(Duration.Zero);

        pace.NeedsTurn(new DeviceId(1), 0).ShouldBeFalse();
        pace.Admit(new DeviceId(2_000), 10).ShouldBeLessThanOrEqualTo(Duration.FromSeconds(1));
    }

    [Fact]
    public void A_device_that_connects_again_has_the_place_that_it_had_and_another_one_when_that_is_past()
    {
        var (pace, device) = (Pace(), new DeviceId(7));
        for (var other = 100; other < 200; other++) pace.Admit(new DeviceId(other), 1_000);
        var first = pace.Admit(device, 1_000);

        _clock.Advance(Duration.FromSeconds(20));
        var again = pace.Admit(device, 1_000);

        again.ShouldBe(first - Duration.FromSeconds(20));
        pace.NeedsTurn(device, 1_000).ShouldBeFalse();
        _clock.Advance(again + Duration.FromSeconds(10) + Duration.FromMilliseconds(1));
        pace.NeedsTurn(device, 1).ShouldBeTrue();
        pace.Admit(device, 1).ShouldBeLessThanOrEqualTo(Duration.FromSeconds(1));
    }

    private UploadPace Pace() => new(Options.Create(new ConnectionOptions { UploadsPerSecond = RateMax, DeviceUploadsPerSecond = 100 }), _clock);
}
