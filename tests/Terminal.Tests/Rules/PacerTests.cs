using Zvonok.Terminals.Uploads;

namespace Zvonok.Terminals.Tests.Rules;

[Trait("Rule", "O7")]
public sealed class PacerTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Facts_go_no_faster_than_the_core_allows_in_any_second_and_not_much_slower() => Gen.Select(Gen.Int[1, 5_000], Gen.Int[0, 2_000].Array[50, 400]).Sample((perSecond, work) =>
    {
        var pacer = new Pacer();
        pacer.Set(TimeSpan.Zero, perSecond, Start, 0);
        var (now, sent) = (Start, new List<DateTimeOffset>());
        foreach (var microseconds in work)
        {
            now += TimeSpan.FromMicroseconds(microseconds);
            now += pacer.BeforeFact(now);
            sent.Add(now);
        }

        for (var i = 0; i < sent.Count; i += 7)
        {
            var inSecond = sent.Count(at => at >= sent[i] && at < sent[i] + TimeSpan.FromSeconds(1));
            inSecond.ShouldBeLessThanOrEqualTo((int)(perSecond * (1 + Pacer.PauseLeast.TotalSeconds)) + 1);
        }

        var fastest = Math.Max((work.Length - 1) / (double)perSecond, work.Sum() / 1e6);
        (sent[^1] - Start).TotalSeconds.ShouldBeLessThanOrEqualTo(fastest + work.Sum() / 1e6 + 0.1);
    });

    [Fact]
    public void Nothing_goes_before_the_time_that_was_named_and_devices_do_not_come_together()
    {
        var waits = Enumerable.Range(0, 100).Select(n =>
        {
            var pacer = new Pacer();
            pacer.Set(TimeSpan.FromMinutes(5), 10, Start, n / 100.0);
            return pacer.BeforeUpload(Start);
        }).ToList();
        waits.ShouldAllBe(wait => wait >= TimeSpan.FromMinutes(5) && wait <= TimeSpan.FromMinutes(6));
        waits.Distinct().Count().ShouldBe(100);
    }

    [Fact]
    public void A_new_pace_holds_at_once()
    {
        var pacer = new Pacer();
        pacer.Set(TimeSpan.FromHours(1), 10, Start, 0);
        pacer.Set(TimeSpan.Zero, 10, Start, 0);
        pacer.BeforeUpload(Start).ShouldBe(TimeSpan.Zero);
    }
}
