using Zvonok.Api.Tests.Servers;
using Zvonok.Api.Tests.Shapes;
using Zvonok.Family.V1;
using Zvonok.Office.V1;
using Zvonok.Till.V1;
using RefusalReason = Zvonok.Till.V1.RefusalReason;

namespace Zvonok.Api.Tests.Tills;

/// <summary>Meals at public cost, from the authority that grants them to the till.</summary>
[Collection(nameof(World))]
[Trait("Rule", "M5")]
public sealed class RedemptionTests(World world)
{
    private readonly Server _server = world.Server;

    [Fact]
    public async Task A_meal_is_had_once_a_day_at_the_budgets_cost_and_the_ledger_says_whose()
    {
        var pupil = await _server.NewPupil();
        await Entitle(pupil);
        var request = Given.Redeem(_server.NewId(), pupil);

        var first = await _server.Tills.RedeemMealAsync(request);

        first.Granted.ShouldSatisfyAllConditions(granted => granted.EntryNumber.ShouldBe(2), granted => granted.BalanceKopecks.ShouldBe(0));
        (await _server.Tills.RedeemMealAsync(request)).ShouldBe(first);
        (await _server.Tills.RedeemMealAsync(Given.Redeem(_server.NewId(), pupil))).Refused.Reason.ShouldBe(RefusalReason.AlreadyRedeemed);
        var entry = (await _server.Entries(pupil))[0];
        (entry.Kind, entry.Purse, entry.AmountKopecks, entry.ContraAccount, entry.Payer, entry.MealKind).ShouldBe(
            (EntryKind.Redemption, Purse.Unspecified, -15_000, "operator/7", "budget/5", MealKind.Lunch));
        (await _server.Get(pupil)).SpentTodayKopecks.ShouldBe(0);
    }

    [Fact]
    [Trait("Rule", "M8")]
    public async Task Taken_back_it_may_be_had_again()
    {
        var pupil = await _server.NewPupil();
        await Entitle(pupil);
        var meal = (await _server.Tills.RedeemMealAsync(Given.Redeem(_server.NewId(), pupil))).Granted;

        (await _server.Tills.ReverseSaleAsync(Given.Reverse(_server.NewId(), pupil, meal.EntryNumber))).Granted.BalanceKopecks.ShouldBe(0);

        (await _server.Tills.RedeemMealAsync(Given.Redeem(_server.NewId(), pupil))).Granted.ShouldNotBeNull();
        (await _server.Entries(pupil))[1].Payer.ShouldBe("budget/5");
    }

    [Fact]
    public async Task Rights_are_shown_and_lifted_and_hold_for_the_very_next_meal()
    {
        var pupil = await _server.NewPupil();
        var request = await Entitle(pupil);
        (await _server.Get(pupil)).Entitlements.ShouldBe(request.Entitlements);

        request = new SetEntitlementsRequest { OperationId = _server.NewId(), AccountNumber = pupil.Number };
        var lifted = await _server.Office.SetEntitlementsAsync(request);

        lifted.Granted.EntryNumber.ShouldBe(2);
        (await _server.Office.SetEntitlementsAsync(request)).ShouldBe(lifted);
        (await _server.Get(pupil)).Entitlements.ShouldBeEmpty();
        (await _server.Tills.RedeemMealAsync(Given.Redeem(_server.NewId(), pupil))).Refused.Reason.ShouldBe(RefusalReason.NotEntitled);
        (await _server.Office.SetEntitlementsAsync(new SetEntitlementsRequest { OperationId = _server.NewId(), AccountNumber = _server.NewNumber() })).Refused.Reason
            .ShouldBe(Zvonok.Family.V1.RefusalReason.AccountUnknown);
    }

    [Fact]
    public async Task Meals_go_over_a_tills_stream_too()
    {
        var pupil = await _server.NewPupil();
        await Entitle(pupil);
        using var patience = new CancellationTokenSource(Server.Deadline);
        using var call = _server.Tills.Connect(cancellationToken: patience.Token);
        var request = Given.Redeem(_server.NewId(), pupil);

        await call.RequestStream.WriteAsync(new ConnectRequest { RedeemMeal = request }, patience.Token);
        (await call.ResponseStream.MoveNext(patience.Token)).ShouldBeTrue();
        await call.RequestStream.CompleteAsync();

        call.ResponseStream.Current.OperationResult.OperationId.ShouldBe(request.OperationId);
        call.ResponseStream.Current.OperationResult.Granted.EntryNumber.ShouldBe(2);
    }

    [Fact]
    [Trait("Rule", "D2")]
    public async Task A_till_that_is_not_registered_is_an_error()
    {
        var request = Given.Redeem(_server.NewId(), await _server.NewPupil());
        request.DeviceId = 777;

        (await FaultOf.Call(async () => await _server.Tills.RedeemMealAsync(request), StatusCode.NotFound)).Message.ShouldContain("device_id");
    }

    private async Task<SetEntitlementsRequest> Entitle(Pupil pupil)
    {
        var request = Given.Entitlements(_server.NewId(), pupil);
        (await _server.Office.SetEntitlementsAsync(request)).Granted.EntryNumber.ShouldBe(1);
        return request;
    }
}
