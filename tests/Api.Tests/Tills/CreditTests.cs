using Zvonok.Api.Tests.Servers;
using Zvonok.Api.Tests.Shapes;
using Zvonok.Office.V1;
using CreditPolicy = Zvonok.Office.V1.CreditPolicy;
using RefusalReason = Zvonok.Till.V1.RefusalReason;

namespace Zvonok.Api.Tests.Tills;

/// <summary>A school's policy, and what its till then sells to a child without money.</summary>
[Collection(nameof(World))]
[Trait("Rule", "M4")]
public sealed class CreditTests(World world)
{
    private readonly Server _server = world.Server;

    [Fact]
    public async Task A_hungry_child_has_a_hot_meal_on_credit_where_the_school_allows_it()
    {
        var school = await _server.NewSchool();
        await Set(school, 60_000);
        var pupil = await _server.NewPupil(meal: 5_000);

        (await _server.Tills.SellAsync(Given.Sell(_server.NewId(), pupil, total: 15_000))).Refused.Reason.ShouldBe(RefusalReason.InsufficientFunds);
        var sold = await _server.Tills.SellAsync(Given.Sell(_server.NewId(), pupil, total: 15_000, till: school));

        sold.Granted.BalanceKopecks.ShouldBe(-10_000);
        (await _server.Tills.SellAsync(Given.Sell(_server.NewId(), pupil, total: 50_001, till: school))).Refused.Reason.ShouldBe(RefusalReason.CreditUsedUp);
        (await _server.Entries(pupil))[0].OnCreditKopecks.ShouldBe(10_000);
    }

    [Fact]
    public async Task The_buffet_is_not_sold_on_credit_and_the_cashier_is_told_which_lines_to_take_off()
    {
        var school = await _server.NewSchool();
        await Set(school, 60_000);
        var pupil = await _server.NewPupil();
        var sale = Given.Sell(_server.NewId(), pupil, total: 15_000, till: school);
        sale.Lines[1].UnitPriceKopecks = 100;
        sale.TotalKopecks = 15_200;

        (await _server.Tills.SellAsync(sale)).Refused.ShouldSatisfyAllConditions(
            refused => refused.Reason.ShouldBe(RefusalReason.InsufficientFunds), refused => refused.LineIndexes.ShouldBe([1]));
    }

    [Fact]
    public async Task A_policy_that_is_taken_away_holds_at_a_till_that_already_sells()
    {
        var school = await _server.NewSchool();
        await Set(school, 60_000);
        var pupil = await _server.NewPupil();
        (await _server.Tills.SellAsync(Given.Sell(_server.NewId(), pupil, till: school))).Granted.ShouldNotBeNull();

        await Set(school, null);
        // A till's policy is read again after half a minute.
        _server.Clock.PutForward(days: 1);

        (await _server.Tills.SellAsync(Given.Sell(_server.NewId(), pupil, till: school))).Refused.Reason.ShouldBe(RefusalReason.InsufficientFunds);
    }

    [Fact]
    public async Task Policies_are_listed_in_pages_that_join()
    {
        var schools = new[] { await _server.NewSchool(), await _server.NewSchool(), await _server.NewSchool() };
        foreach (var school in schools) await Set(school, school);
        var listed = new List<CreditPolicy>();
        var request = new ListCreditPoliciesRequest { PageSize = 2 };
        do
        {
            var page = await _server.Office.ListCreditPoliciesAsync(request);
            page.Policies.Count.ShouldBeInRange(1, 2);
            listed.AddRange(page.Policies);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        listed.Select(policy => policy.BuildingId).ShouldBeInOrder();
        listed.Where(policy => schools.Contains(policy.BuildingId)).ShouldBe(schools.Select(school => new CreditPolicy { BuildingId = school, LimitKopecks = school }));
    }

    [Fact]
    [Trait("Rule", "D2")]
    public async Task A_policy_of_a_school_that_is_not_registered_is_an_error()
    {
        foreach (var request in new[] { new SetCreditPolicyRequest { BuildingId = 4_999, LimitKopecks = 1 }, new SetCreditPolicyRequest { BuildingId = 4_999 } })
            await FaultOf.Call(async () => await _server.Office.SetCreditPolicyAsync(request), StatusCode.NotFound);
    }

    private async Task Set(int school, long? limit)
    {
        var request = new SetCreditPolicyRequest { BuildingId = school };
        if (limit is { } kopecks) request.LimitKopecks = kopecks;
        await _server.Office.SetCreditPolicyAsync(request);
    }
}
