using Zvonok.Domain.Buildings;
using Zvonok.Domain.Cards;

namespace Zvonok.Domain.Tests.Buildings;

/// <summary>When two refusals hold together, the earlier in the enumeration is told.</summary>
[Trait("Rule", "P1")]
public sealed class TapRefusalOrderTests
{
    private static readonly Instant Now = Given.Morning;
    private static readonly AccessRights Elsewhere = new(new BuildingId(9));

    [Theory]
    [InlineData(CardState.Destroyed, TapRefusal.CardDestroyed)]
    [InlineData(CardState.Lost, TapRefusal.CardLost)]
    [InlineData(CardState.Blocked, TapRefusal.CardBlocked)]
    [InlineData(CardState.Issued, TapRefusal.CardNotActive)]
    [InlineData(CardState.Returned, TapRefusal.CardNotActive)]
    [Trait("Rule", "C2")]
    public void A_cards_state_comes_before_its_expiry(CardState state, TapRefusal refusal) =>
        Enter(BuildingMode.Lockdown, Given.Card(state, expiresAt: Now, rights: Elsewhere)).ShouldBe(refusal);

    [Fact]
    [Trait("Rule", "S3")]
    public void An_unknown_card_comes_before_the_lockdown() =>
        Enter(BuildingMode.Lockdown, card: null).ShouldBe(TapRefusal.CardUnknown);

    [Fact]
    [Trait("Rule", "S3")]
    public void An_expired_card_comes_before_the_lockdown() =>
        Enter(BuildingMode.Lockdown, Given.Card(expiresAt: Now)).ShouldBe(TapRefusal.CardExpired);

    [Fact]
    [Trait("Rule", "S3")]
    [Trait("Rule", "P4")]
    public void The_lockdown_comes_before_a_missing_right() =>
        Enter(BuildingMode.Lockdown, Given.Card(rights: Elsewhere)).ShouldBe(TapRefusal.Lockdown);

    [Fact]
    [Trait("Rule", "P4")]
    public void A_card_refused_on_its_way_out_is_refused_for_itself_alone() =>
        Decide(BuildingMode.Lockdown, Direction.Out, Given.Card(CardState.Lost, rights: Elsewhere)).ShouldBe(TapRefusal.CardLost);

    /// <summary>Whatever holds together, the entry is refused with the least of the reasons.</summary>
    [Fact]
    public void The_least_of_all_reasons_is_told() =>
        Gen.Select(Gen.Bool, Gen.Enum<CardState>(), Gen.Bool, Gen.Bool, Gen.Bool).Sample((isKnown, state, isExpired, isLockdown, isElsewhere) =>
        {
            var reasons = new List<TapRefusal>();
            if (!isKnown) reasons.Add(TapRefusal.CardUnknown);
            if (state is CardState.Issued or CardState.Returned) reasons.Add(TapRefusal.CardNotActive);
            else if (state != CardState.Active) reasons.Add(Enum.Parse<TapRefusal>($"Card{state}"));
            if (isExpired) reasons.Add(TapRefusal.CardExpired);
            if (isLockdown) reasons.Add(TapRefusal.Lockdown);
            if (isElsewhere) reasons.Add(TapRefusal.NoAccessRight);

            var card = isKnown ? Given.Card(state, isExpired ? Now : null, isElsewhere ? Elsewhere : null) : null;
            Enter(isLockdown ? BuildingMode.Lockdown : BuildingMode.Normal, card)
                .ShouldBe(reasons.Count == 0 ? TapRefusal.None : reasons.Min());
        });

    private static TapRefusal Enter(BuildingMode mode, Card? card) => Decide(mode, Direction.In, card);

    private static TapRefusal Decide(BuildingMode mode, Direction direction, Card? card)
    {
        var building = Given.Building();
        building.Pass(Given.ModeChange(mode), Now);
        return BuildingRules.Decide(building, Given.Tap(direction), card, Now).Refusal;
    }
}
