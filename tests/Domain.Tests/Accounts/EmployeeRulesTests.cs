using Zvonok.Domain.Accounts;
using Zvonok.Domain.Cards;

namespace Zvonok.Domain.Tests.Accounts;

/// <summary>Who may override a family's stop list and settle a class at a till: an employee of that building, by an active card.</summary>
[Trait("Rule", "M3")]
[Trait("Rule", "M7")]
public sealed class EmployeeRulesTests
{
    private static readonly Instant Now = Given.Morning;
    private static readonly AccountProfile Employee = Given.Account().Profile with { Kind = AccountKind.Employee };

    [Fact]
    public void An_employee_may_at_home_and_where_else_the_card_opens()
    {
        var card = Given.Card(rights: new AccessRights(Given.School, Given.Club));

        EmployeeRules.WhoMay(card, Employee, Given.School, Now).ShouldBe(Employee.Number);
        EmployeeRules.WhoMay(card, Employee, Given.Club, Now).ShouldBe(Employee.Number);
        EmployeeRules.WhoMay(card, Employee, new BuildingId(3), Now).ShouldBeNull();
    }

    [Fact]
    public void Nobody_may_by_a_card_that_is_not_in_use()
    {
        foreach (var state in Enum.GetValues<CardState>().Where(state => state != CardState.Active))
            EmployeeRules.WhoMay(Given.Card(state), Employee, Given.School, Now).ShouldBeNull();
        EmployeeRules.WhoMay(Given.Card(expiresAt: Now), Employee, Given.School, Now).ShouldBeNull();
        EmployeeRules.WhoMay(Given.Card(expiresAt: Now + Duration.FromSeconds(1)), Employee, Given.School, Now).ShouldBe(Employee.Number);
        EmployeeRules.WhoMay(null, null, Given.School, Now).ShouldBeNull();
    }

    [Fact]
    public void Nobody_but_an_employee_may()
    {
        foreach (var kind in Enum.GetValues<AccountKind>().Where(kind => kind != AccountKind.Employee))
            EmployeeRules.WhoMay(Given.Card(), Employee with { Kind = kind }, Given.School, Now).ShouldBeNull();
        EmployeeRules.WhoMay(Given.Card(), Employee with { IsClosed = true }, Given.School, Now).ShouldBeNull();
        EmployeeRules.WhoMay(Given.Card(), null, Given.School, Now).ShouldBeNull();
    }
}
