using Zvonok.Domain.Accounts;
using Zvonok.Domain.Cards;

namespace Zvonok.Domain.Tests.Cards;

[Trait("Rule", "P10")]
public sealed class ServicePointRulesTests
{
    private static readonly Instant Now = Given.Morning;
    private static readonly AccountProfile Holder = Given.Account().Profile;

    [Fact]
    public void A_good_card_tells_what_its_holder_is()
    {
        foreach (var kind in Enum.GetValues<AccountKind>()) ServicePointRules.Verify(Given.Card(), Holder with { Kind = kind }, Now).ShouldBe(kind);
    }

    [Fact]
    public void A_card_that_is_not_in_use_or_nobodys_tells_nothing()
    {
        foreach (var state in Enum.GetValues<CardState>().Where(state => state != CardState.Active)) ServicePointRules.Verify(Given.Card(state), Holder, Now).ShouldBeNull();
        ServicePointRules.Verify(Given.Card(expiresAt: Now), Holder, Now).ShouldBeNull();
        ServicePointRules.Verify(null, null, Now).ShouldBeNull();
        ServicePointRules.Verify(Given.Card(), null, Now).ShouldBeNull();
        ServicePointRules.Verify(Given.Card(), Holder with { IsClosed = true }, Now).ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "P4")]
    public void Which_buildings_it_opens_does_not_matter() =>
        ServicePointRules.Verify(Given.Card(rights: new AccessRights(Given.School, [], [new AccessRule(true)])), Holder, Now).ShouldBe(Holder.Kind);
}
