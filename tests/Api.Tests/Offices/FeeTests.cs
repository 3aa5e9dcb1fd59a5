using Zvonok.Api.Tests.Servers;
using Zvonok.Api.Tests.Shapes;
using Zvonok.Family.V1;
using Zvonok.Office.V1;

namespace Zvonok.Api.Tests.Offices;

[Collection(nameof(World))]
[Trait("Rule", "M13")]
public sealed class FeeTests(World world)
{
    private readonly Server _server = world.Server;

    [Fact]
    public async Task The_schools_policy_says_what_a_fee_costs_else_the_citys_else_it_is_waived()
    {
        var (pupil, school) = (await _server.NewPupil(meal: 50_000), await _server.NewSchool());
        (await Cost(pupil, school)).ShouldBe(0);
        await Set(0, 15_000);
        (await Cost(pupil, school)).ShouldBe(15_000);
        await Set(school, 20_000);
        (await Cost(pupil, school)).ShouldBe(20_000);
        (await _server.Office.ListFeePoliciesAsync(new ListFeePoliciesRequest { PageSize = 1 })).ShouldSatisfyAllConditions(
            page => page.Policies.ShouldBe([new FeePolicy { Kind = FeeKind.CardReplacement, AmountKopecks = 15_000 }]),
            page => page.NextPageToken.ShouldNotBeEmpty());
        await Set(school, 0);
        (await Cost(pupil, school)).ShouldBe(0);
        await Set(school, null);
        (await Cost(pupil, school)).ShouldBe(15_000);
        await Set(0, null);
        (await Cost(pupil, school)).ShouldBe(0);
        (await _server.Office.ListFeePoliciesAsync(new ListFeePoliciesRequest())).Policies.ShouldBeEmpty();
        await FaultOf.Call(() => Set(999, 1), StatusCode.NotFound);
    }

    [Fact]
    public async Task It_is_taken_from_the_purse_once_or_paid_at_a_bank()
    {
        var (pupil, school) = (await _server.NewPupil(meal: 30_000), await _server.NewSchool());
        await Set(school, 20_000);
        var request = Given.Fee(_server.NewId(), pupil, school);

        var answer = await _server.Office.ChargeFeeAsync(request);

        answer.Granted.ShouldBe(new FeeCharged { EntryNumber = 2, MealBalanceKopecks = 10_000 });
        await Set(school, 25_000);
        (await _server.Office.ChargeFeeAsync(request)).ShouldBe(answer);
        (await _server.Office.ChargeFeeAsync(Given.Fee(_server.NewId(), pupil, school))).Refused.Reason.ShouldBe(RefusalReason.InsufficientFunds);
        var atBank = Given.Fee(_server.NewId(), pupil, school);
        atBank.BankPayment = new() { ProviderId = 3, BankReference = $"FEE-{pupil.Number}" };
        (await _server.Office.ChargeFeeAsync(atBank)).Granted.MealBalanceKopecks.ShouldBe(10_000);
        (await Newest(pupil)).ShouldSatisfyAllConditions(
            entry => (entry.Kind, entry.Purse, entry.AmountKopecks).ShouldBe((EntryKind.Fee, Purse.Unspecified, -25_000)),
            entry => (entry.ContraAccount, entry.Payer).ShouldBe(("fee/1", "bank/3")));
    }

    private async Task<long> Cost(Pupil pupil, int school)
    {
        (await _server.Office.ChargeFeeAsync(Given.Fee(_server.NewId(), pupil, school))).Granted.ShouldNotBeNull();
        return -(await Newest(pupil)).AmountKopecks;
    }

    private async Task Set(int school, long? kopecks)
    {
        var request = new SetFeePolicyRequest { BuildingId = school, Kind = FeeKind.CardReplacement };
        if (kopecks is { } amount) request.AmountKopecks = amount;
        await _server.Office.SetFeePolicyAsync(request);
    }

    private async Task<Entry> Newest(Pupil pupil) => (await _server.Entries(pupil))[0];
}
