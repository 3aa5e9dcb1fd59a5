using Zvonok.Api.Tests.Servers;
using Zvonok.Family.V1;
using Zvonok.Office.V1;

namespace Zvonok.Api.Tests.Offices;

[Collection(nameof(World))]
[Trait("Rule", "M12")]
public sealed class ClosingTests(World world)
{
    private readonly Server _server = world.Server;

    [Fact]
    public async Task What_is_left_is_paid_out_and_afterwards_everything_is_refused_except_reading()
    {
        var pupil = await _server.NewPupil(meal: 50_000);
        var request = Closing(pupil);
        request.PayoutProviderId = 3;

        var answer = await _server.Office.CloseAccountAsync(request);

        answer.Granted.EntryNumber.ShouldBe(3);
        (await _server.Office.CloseAccountAsync(request)).ShouldBe(answer);
        (await _server.Get(pupil)).ShouldSatisfyAllConditions(account => account.Closed.ShouldBeTrue(), account => account.MealBalanceKopecks.ShouldBe(0));
        (await Entries(pupil)).Select(entry => (entry.Kind, entry.ContraAccount)).ShouldBe([(EntryKind.Closing, "none"), (EntryKind.Payout, "bank/3"), (EntryKind.TopUp, "bank/3")]);
        (await _server.TopUp(pupil, 1)).Refused.Reason.ShouldBe(RefusalReason.AccountClosed);
        (await _server.Office.ChargeFeeAsync(Given.Fee(_server.NewId(), pupil))).Refused.Reason.ShouldBe(RefusalReason.AccountClosed);
        (await _server.Office.CloseAccountAsync(Closing(pupil))).Refused.Reason.ShouldBe(RefusalReason.AccountClosed);
        (await _server.Tills.SellAsync(Given.Sell(_server.NewId(), pupil))).Refused.Reason.ShouldBe(Zvonok.Till.V1.RefusalReason.AccountClosed);
    }

    [Fact]
    public async Task What_is_left_may_go_to_an_heir_and_has_to_go_somewhere()
    {
        var (pupil, sister) = (await _server.NewPupil(meal: 50_000), await _server.NewPupil());
        (await _server.Office.CloseAccountAsync(Closing(pupil))).Refused.Reason.ShouldBe(RefusalReason.PurseNotEmpty);
        var request = Closing(pupil);
        request.HeirAccountNumber = sister.Number;

        (await _server.Office.CloseAccountAsync(request)).Granted.EntryNumber.ShouldBe(3);

        (await _server.Get(sister)).MealBalanceKopecks.ShouldBe(50_000);
        (await _server.Get(pupil)).Closed.ShouldBeTrue();
        (await _server.Office.CloseAccountAsync(Closing(new Pupil(_server.NewNumber())))).Refused.Reason.ShouldBe(RefusalReason.AccountUnknown);
    }

    [Fact]
    public async Task Who_owes_something_pays_first()
    {
        var (pupil, school) = (await _server.NewPupil(), await _server.NewSchool());
        await _server.Office.SetCreditPolicyAsync(new SetCreditPolicyRequest { BuildingId = school, LimitKopecks = 60_000 });
        (await _server.Tills.SellAsync(Given.Sell(_server.NewId(), pupil, till: school))).Granted.ShouldNotBeNull();

        (await _server.Office.CloseAccountAsync(Closing(pupil))).Refused.Reason.ShouldBe(RefusalReason.InDebt);
    }

    private CloseAccountRequest Closing(Pupil pupil) => new() { OperationId = _server.NewId(), AccountNumber = pupil.Number };

    private async Task<IEnumerable<Entry>> Entries(Pupil pupil) => await _server.Entries(pupil);
}
