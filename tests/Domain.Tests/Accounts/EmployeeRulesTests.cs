using Zvonok.Domain.Accounts;
using Zvonok.Domain.Cards;

namespace Zvonok.Domain.Tests.Accounts;

/// <summary>Who may override a family's stop list, settle a class and admit without a card: an employee of that building, by an active card.</summary>
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

        EmployeeRules.WhoMay(card, Employee, Given.School, Now, Given.Zone).ShouldBe(Employee.Number);
        EmployeeRules.WhoMay(card, Employee, Given.Club, Now, Given.Zone).ShouldBe(Employee.Number);
        EmployeeRules.WhoMay(card, Employee, new BuildingId(3), Now, Given.Zone).ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "P4")]
    public void Nobody_may_where_the_card_opens_no_gate_at_that_hour()
    {
        var card = Given.Card(rights: new AccessRights(Given.School, [], [new AccessRule(true, Given.School, Hours: new HourSpan(9 * 60, 10 * 60))]));

        EmployeeRules.WhoMay(card, Employee, Given.School, Now, Given.Zone).ShouldBeNull();
        EmployeeRules.WhoMay(card, Employee, Given.School, Now + Duration.FromHours(1), Given.Zone).ShouldBe(Employee.Number);
        EmployeeRules.WhoMay(card, Employee, Given.School, Now, "Asia/Omsk").ShouldBe(Employee.Number);
    }

    [Fact]
    public void Nobody_may_by_a_card_that_is_not_in_use()
    {
        foreach (var state in Enum.GetValues<CardState>().Where(state => state != CardState.Active))
            EmployeeRules.WhoMay(Given.Card(state), Employee, Given.School, Now, Given.Zone).ShouldBeNull();
        EmployeeRules.WhoMay(Given.Card(expiresAt: Now), Employee, Given.School, Now, Given.Zone).ShouldBeNull();
        EmployeeRules.WhoMay(Given.Card(expiresAt: Now + Duration.FromSeconds(1)), Employee, Given.School, Now, Given.Zone).ShouldBe(Employee.Number);
        EmployeeRules.WhoMay(null, null, Given.School, Now, Given.Zone).ShouldBeNull();
    }

    [Fact]
    public void Nobody_but_an_employee_may()
    {
        foreach (var kind in Enum.GetValues<AccountKind>().Where(kind => kind != AccountKind.Employee))
            EmployeeRules.WhoMay(Given.Card(), Employee with { Kind = kind }, Given.School, Now, Given.Zone).ShouldBeNull();
        EmployeeRules.WhoMay(Given.Card(), Employee with { IsClosed = true }, Given.School, Now, Given.Zone).ShouldBeNull();
        EmployeeRules.WhoMay(Given.Card(), null, Given.School, Now, Given.Zone).ShouldBeNull();
    }
}
