using Zvonok.Domain.Accounts;
using Zvonok.Domain.Cards;

namespace Zvonok.Domain.Tests.Accounts;

/// <summary>Who may override a family's stop list at a till: an employee of that building, by an active card.</summary>
[Trait("Rule", "M3")]
public sealed class OverrideRulesTests
{
    private static readonly Instant Now = Given.Morning;
    private static readonly AccountProfile Employee = Given.Account().Profile with { Kind = AccountKind.Employee };

    [Fact]
    public void An_employee_may_at_home_and_where_else_the_card_opens()
    {
        var card = Given.Card(rights: new AccessRights(Given.School, Given.Club));

        OverrideRules.WhoMay(card, Employee, Given.School, Now).ShouldBe(Employee.Number);
        OverrideRules.WhoMay(card, Employee, Given.Club, Now).ShouldBe(Employee.Number);
        OverrideRules.WhoMay(card, Employee, new BuildingId(3), Now).ShouldBeNull();
    }

    [Fact]
    public void Nobody_may_by_a_card_that_is_not_in_use()
    {
        foreach (var state in Enum.GetValues<CardState>().Where(state => state != CardState.Active))
            OverrideRules.WhoMay(Given.Card(state), Employee, Given.School, Now).ShouldBeNull();
        OverrideRules.WhoMay(Given.Card(expiresAt: Now), Employee, Given.School, Now).ShouldBeNull();
        OverrideRules.WhoMay(Given.Card(expiresAt: Now + Duration.FromSeconds(1)), Employee, Given.School, Now).ShouldBe(Employee.Number);
        OverrideRules.WhoMay(null, null, Given.School, Now).ShouldBeNull();
    }

    [Fact]
    public void Nobody_but_an_employee_may()
    {
        foreach (var kind in Enum.GetValues<AccountKind>().Where(kind => kind != AccountKind.Employee))
            OverrideRules.WhoMay(Given.Card(), Employee with { Kind = kind }, Given.School, Now).ShouldBeNull();
        OverrideRules.WhoMay(Given.Card(), Employee with { IsClosed = true }, Given.School, Now).ShouldBeNull();
        OverrideRules.WhoMay(Given.Card(), null, Given.School, Now).ShouldBeNull();
    }
}
