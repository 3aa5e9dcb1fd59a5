using Zvonok.Domain.Accounts;
using Zvonok.Domain.Buildings;

namespace Zvonok.Domain.Tests.Buildings;

[Trait("Rule", "P8")]
public sealed class PickUpRulesTests
{
    private static readonly LocalDate Today = Given.Today;
    private static readonly PickUpRight Allow = Given.PickUp();
    private static readonly PickUpRight Deny = Given.PickUp(isDeny: true);

    [Fact]
    public void What_nothing_allows_is_refused()
    {
        Check(Direction.In).ShouldBe(TapRefusal.NoPickUpRight);
        Check(Direction.In, Allow with { Child = AccountNumber.FromSerial(5) }).ShouldBe(TapRefusal.NoPickUpRight);
        Check(Direction.In, Allow with { Brings = false }).ShouldBe(TapRefusal.NoPickUpRight);
        Check(Direction.Out, Allow with { Collects = false }).ShouldBe(TapRefusal.NoPickUpRight);
        Check(Direction.In, Deny with { Brings = false }).ShouldBe(TapRefusal.NoPickUpRight);
    }

    [Fact]
    public void Bringing_and_collecting_are_rights_of_their_own()
    {
        Check(Direction.In, Allow with { Collects = false }).ShouldBe(TapRefusal.None);
        Check(Direction.Out, Allow with { Brings = false }).ShouldBe(TapRefusal.None);
    }

    [Theory]
    [InlineData(0, 0, TapRefusal.None)]
    [InlineData(-5, 5, TapRefusal.None)]
    [InlineData(1, 5, TapRefusal.PickUpExpired)]
    [InlineData(-5, -1, TapRefusal.PickUpExpired)]
    public void A_right_holds_from_its_first_day_to_its_last(int from, int until, TapRefusal expected)
    {
        Check(Direction.Out, Allow with { From = Today.PlusDays(from), Until = Today.PlusDays(until) }).ShouldBe(expected);
        // A denial that is over, or yet to come, denies nothing.
        Check(Direction.Out, Allow, Deny with { From = Today.PlusDays(from), Until = Today.PlusDays(until) }).ShouldBe(expected == TapRefusal.None ? TapRefusal.PickUpDenied : TapRefusal.None);
    }

    [Fact]
    public void Deny_beats_allow_in_any_order_and_for_what_it_names_only()
    {
        Check(Direction.Out, Allow, Deny).ShouldBe(TapRefusal.PickUpDenied);
        Check(Direction.Out, Deny, Allow).ShouldBe(TapRefusal.PickUpDenied);
        Check(Direction.Out, Allow with { Until = Today.PlusDays(-1) }, Deny).ShouldBe(TapRefusal.PickUpDenied);
        Check(Direction.In, Allow, Deny with { Brings = false }).ShouldBe(TapRefusal.None);
        Check(Direction.Out, Allow, Deny with { Child = AccountNumber.FromSerial(5) }).ShouldBe(TapRefusal.None);
    }

    [Fact]
    public void Of_several_rights_one_that_holds_is_enough() =>
        Check(Direction.Out, Allow with { Until = Today.PlusDays(-1) }, Allow, Allow with { From = Today.PlusDays(1) }).ShouldBe(TapRefusal.None);

    private static TapRefusal Check(Direction direction, params PickUpRight[] rights) => PickUpRules.Check(rights, Given.Number, direction, Today);
}
