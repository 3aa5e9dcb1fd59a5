using Zvonok.Domain.Notices;

namespace Zvonok.Domain.Tests.Notices;

[Trait("Rule", "N3")]
public sealed class RetryPlanTests
{
    private static readonly RetryPlan Plan = new(Duration.FromSeconds(2), Duration.FromHours(1), TriesMax: 12);

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 6)]
    [InlineData(3, 18)]
    [InlineData(12, 3600)]
    [InlineData(1_000, 3600)]
    public void Waits_grow_threefold_up_to_the_longest(int tries, int seconds) =>
        Plan.WaitAfter(tries, chance: 1).ShouldBe(Duration.FromSeconds(seconds));

    [Fact]
    public void Waits_are_spread_over_their_upper_half() => Gen.Select(Gen.Int[1, 20], Gen.Double[0, 1]).Sample((tries, chance) =>
    {
        var (wait, longest) = (Plan.WaitAfter(tries, chance), Plan.WaitAfter(tries, 1));
        return wait >= longest / 2 - Duration.FromMilliseconds(1) && wait <= longest;
    });

    [Fact]
    public void Tries_are_counted()
    {
        Plan.IsOver(11).ShouldBeFalse();
        Plan.IsOver(12).ShouldBeTrue();
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 2)]
    [InlineData(40, 40)]
    [InlineData(300, 300)]
    [InlineData(86_400, 300)]
    public void What_was_not_even_tried_waits_as_long_as_it_is_old_within_bounds(int age, int seconds) =>
        Plan.WaitUntried(Duration.FromSeconds(age), chance: 1).ShouldBe(Duration.FromSeconds(seconds));
}
