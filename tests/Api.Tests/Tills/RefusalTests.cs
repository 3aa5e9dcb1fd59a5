using Microsoft.Data.Sqlite;
using Zvonok.Api.Tests.Servers;
using Zvonok.Domain;
using Zvonok.Family.V1;
using Zvonok.Registry.V1;
using OperationRefused = Zvonok.Till.V1.OperationRefused;
using ProductCategory = Zvonok.Till.V1.ProductCategory;
using RefusalReason = Zvonok.Till.V1.RefusalReason;

namespace Zvonok.Api.Tests.Tills;

/// <summary>Every refusal is an OK reply with a reason and a word to the cashier.</summary>
[Collection(nameof(World))]
public sealed class RefusalTests(World world)
{
    private readonly Server _server = world.Server;

    public static TheoryData<RefusalReason> Reasons => [.. Enum.GetValues<RefusalReason>().Where(reason => reason != RefusalReason.Unspecified)];

    [Theory, MemberData(nameof(Reasons))]
    [Trait("Rule", "M1")]
    [Trait("Rule", "D2")]
    public async Task A_refusal_is_an_answer_with_its_reason_and_what_to_tell_the_cashier(RefusalReason reason)
    {
        var refused = await Refused(reason);

        refused.ShouldNotBeNull().Reason.ShouldBe(reason);
        refused.CashierMessage.Ru.ShouldNotBeEmpty();
        refused.CashierMessage.En.ShouldNotBeEmpty();
    }

    [Fact]
    [Trait("Rule", "D2")]
    public async Task The_familys_door_refuses_with_the_same_numbers()
    {
        var (unknown, closed, full) = (new Pupil(_server.NewNumber()), await Closed(), await _server.NewPupil(meal: Limits.BalanceMax));

        (await _server.TopUp(unknown, 1)).Refused.Reason.ShouldBe(Zvonok.Family.V1.RefusalReason.AccountUnknown);
        (await SetLimit(unknown)).Refused.Reason.ShouldBe(Zvonok.Family.V1.RefusalReason.AccountUnknown);
        (await _server.TopUp(closed, 1)).Refused.Reason.ShouldBe(Zvonok.Family.V1.RefusalReason.AccountClosed);
        (await SetLimit(closed)).Refused.Reason.ShouldBe(Zvonok.Family.V1.RefusalReason.AccountClosed);
        (await _server.Families.SetStopListAsync(new SetStopListRequest { OperationId = _server.NewId(), AccountNumber = closed.Number })).Refused.Reason
            .ShouldBe(Zvonok.Family.V1.RefusalReason.AccountClosed);
        (await _server.TopUp(full, 1)).Refused.Reason.ShouldBe(Zvonok.Family.V1.RefusalReason.PurseFull);
        (await _server.Get(closed)).Closed.ShouldBeTrue();
        foreach (var reason in Enum.GetValues<Zvonok.Family.V1.RefusalReason>().Where(reason => reason != Zvonok.Family.V1.RefusalReason.Unspecified))
            ((Domain.Accounts.AccountRefusal)reason).ToString().ShouldBe(reason.ToString());
    }

    private async Task<OperationRefused?> Refused(RefusalReason reason)
    {
        switch (reason)
        {
            case RefusalReason.CardUnknown:
                return await Sell(new Pupil(_server.NewNumber()));
            case RefusalReason.CardDestroyed:
                return await Sell(await _server.NewPupil(20_000, CardState.Destroyed));
            case RefusalReason.CardLost:
                return await Sell(await _server.NewPupil(20_000, CardState.Lost));
            case RefusalReason.CardBlocked:
                return await Sell(await _server.NewPupil(20_000, CardState.Blocked));
            case RefusalReason.CardNotActive:
                return await Sell(await _server.NewPupil(20_000, CardState.Returned));
            case RefusalReason.CardExpired:
                return await Sell(await _server.NewPupil(20_000, change: card => (card.Kind, card.ExpireTime) = (CardKind.TemporaryCard, new() { Seconds = 1_000_000_000 })));
            case RefusalReason.AccountUnknown:
                return await Reverse(new Pupil(_server.NewNumber()));
            case RefusalReason.AccountClosed:
                return await Sell(await Closed());
            case RefusalReason.SaleUnknown:
                return await Reverse(await _server.NewPupil(20_000), sale: 1);
            case RefusalReason.OtherOperator:
                return await Reverse(await Sold(), till: Given.OtherOperatorsTill);
            case RefusalReason.LineUnknown:
                var reversal = Given.Reverse(_server.NewId(), await Sold(), 2);
                reversal.LineIndexes.Add([1, 2]);
                var unknown = (await _server.Tills.ReverseSaleAsync(reversal)).Refused;
                unknown.LineIndexes.ShouldBe([2]);
                return unknown;
            case RefusalReason.AlreadyReversed:
                var reversed = await Sold();
                (await Reverse(reversed)).ShouldBeNull();
                return await Reverse(reversed);
            case RefusalReason.ReversalTooLate:
                var sold = await Sold();
                _server.Clock.PutForward(days: 3);
                return await Reverse(sold);
            case RefusalReason.SettlementNotAllowed:
                var pupil = await _server.NewPupil(20_000);
                return (await _server.Tills.SettleClassAsync(Given.Class(_server.NewId(), pupil, pupil))).Answers.ShouldHaveSingleItem().Refused;
            case RefusalReason.StopList:
                return await Sell(await Stopping(StopStrength.Hard));
            case RefusalReason.OverrideNotAllowed:
                var stopped = await Stopping(StopStrength.Hard);
                var overriding = Given.Sell(_server.NewId(), stopped);
                overriding.StopListOverride = new() { EmployeeCardUid = stopped.Uid, Reason = "It is all there is" };
                return (await _server.Tills.SellAsync(overriding)).Refused;
            case RefusalReason.ConfirmationNeeded:
                return await Sell(await Stopping(StopStrength.Soft));
            case RefusalReason.NotEntitled:
                return (await _server.Tills.RedeemMealAsync(Given.Redeem(_server.NewId(), await _server.NewPupil(20_000)))).Refused;
            case RefusalReason.AlreadyRedeemed:
                var fed = await _server.NewPupil();
                (await _server.Office.SetEntitlementsAsync(Given.Entitlements(_server.NewId(), fed))).Granted.ShouldNotBeNull();
                (await _server.Tills.RedeemMealAsync(Given.Redeem(_server.NewId(), fed))).Granted.ShouldNotBeNull();
                return (await _server.Tills.RedeemMealAsync(Given.Redeem(_server.NewId(), fed))).Refused;
            case RefusalReason.NotOrdered:
                return (await _server.Tills.RedeemOrderAsync(Given.RedeemOrder(_server.NewId(), await _server.NewPupil(20_000)))).Refused;
            case RefusalReason.CategoryLimit:
                var rationed = await _server.NewPupil(20_000);
                await SetLimit(rationed, ProductCategory.HotMeal);
                var refused = await Sell(rationed);
                // The water costs nothing.
                refused.ShouldNotBeNull().LineIndexes.ShouldBe([0]);
                return refused;
            case RefusalReason.DailyLimit:
                var limited = await _server.NewPupil(20_000);
                await SetLimit(limited);
                return await Sell(limited);
            case RefusalReason.InsufficientFunds:
                return await Sell(await _server.NewPupil(14_999));
            case RefusalReason.CreditUsedUp:
                var school = await _server.NewSchool();
                await _server.Office.SetCreditPolicyAsync(new() { BuildingId = school, LimitKopecks = 14_999 });
                return (await _server.Tills.SellAsync(Given.Sell(_server.NewId(), await _server.NewPupil(), till: school))).Refused;
            case RefusalReason.PurseFull:
                var full = await Sold();
                await _server.TopUp(full, Limits.BalanceMax - 5_000);
                return await Reverse(full);
            default:
                throw new InvalidOperationException($"No test refuses for {reason}.");
        }
    }

    private async Task<OperationRefused?> Sell(Pupil pupil) => (await _server.Tills.SellAsync(Given.Sell(_server.NewId(), pupil))).Refused;

    private async Task<OperationRefused?> Reverse(Pupil pupil, long sale = 2, int till = Given.Till) =>
        (await _server.Tills.ReverseSaleAsync(Given.Reverse(_server.NewId(), pupil, sale, till))).Refused;

    private async Task<SetDailyLimitResponse> SetLimit(Pupil pupil, ProductCategory category = ProductCategory.Unspecified) =>
        await _server.Families.SetDailyLimitAsync(new SetDailyLimitRequest { OperationId = _server.NewId(), AccountNumber = pupil.Number, LimitKopecks = 14_999, Category = category });

    /// <summary>Somebody who is not to have what <see cref="Given.Sell"/> sells.</summary>
    private async Task<Pupil> Stopping(StopStrength strength)
    {
        var pupil = await _server.NewPupil(20_000);
        var list = new StopList { Products = { new ProductStop { OperatorId = 7, ProductCode = "LUNCH", Strength = strength } } };
        (await _server.Families.SetStopListAsync(new SetStopListRequest { OperationId = _server.NewId(), AccountNumber = pupil.Number, StopList = list })).Granted.ShouldNotBeNull();
        return pupil;
    }

    /// <summary>Somebody with 5,000 kopecks left after entry 2, a sale.</summary>
    private async Task<Pupil> Sold()
    {
        var pupil = await _server.NewPupil(20_000);
        (await Sell(pupil)).ShouldBeNull();
        return pupil;
    }

    // No door closes an account yet, so the registry's row is changed by hand before anybody has read it.
    private async Task<Pupil> Closed()
    {
        var pupil = await _server.NewPupil();
        await using var database = new SqliteConnection($"Data Source={Path.Combine(_server.Directory, "zvonok.db")}");
        await database.OpenAsync();
        await using var command = database.CreateCommand();
        command.CommandText = "update account set is_closed = 1 where number = @number";
        command.Parameters.AddWithValue("@number", pupil.Number);
        (await command.ExecuteNonQueryAsync()).ShouldBe(1);
        return pupil;
    }
}
