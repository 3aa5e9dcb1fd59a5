using Zvonok.Api.Tests.Servers;
using Zvonok.Api.Tests.Shapes;
using Zvonok.Family.V1;

namespace Zvonok.Api.Tests.Families;

[Collection(nameof(World))]
public sealed class FamilyTests(World world)
{
    private readonly Server _server = world.Server;

    [Fact]
    [Trait("Rule", "M9")]
    public async Task A_top_up_is_answered_with_the_new_balances_and_done_once()
    {
        var pupil = await _server.NewPupil();
        var request = BadFieldTests.TopUp(_server, pupil);
        request.EventTime = new() { Seconds = _server.Clock.GetCurrentInstant().ToUnixTimeSeconds() - 30 };

        var first = await _server.Families.TopUpAsync(request);
        var repeat = await _server.Families.TopUpAsync(request);
        request.OperationId = _server.NewId();
        var sameReference = await _server.Families.TopUpAsync(request);

        first.Granted.ShouldBe(new OperationGranted { EntryNumber = 1, MealBalanceKopecks = 100, EventTime = request.EventTime });
        repeat.ShouldBe(first);
        sameReference.ShouldBe(first);
        (await _server.TopUp(pupil, 300, Purse.Transport)).Granted.ShouldSatisfyAllConditions(
            granted => granted.MealBalanceKopecks.ShouldBe(100), granted => granted.TransportBalanceKopecks.ShouldBe(300));
    }

    [Fact]
    [Trait("Rule", "M9")]
    [Trait("Rule", "D2")]
    public async Task A_reference_or_id_that_was_used_for_something_else_already_exists()
    {
        var pupil = await _server.NewPupil();
        var request = BadFieldTests.TopUp(_server, pupil);
        await _server.Families.TopUpAsync(request);
        request.AmountKopecks++;

        FaultOf.FieldOf(await FaultOf.Call(async () => await _server.Families.TopUpAsync(request), StatusCode.AlreadyExists)).Field.ShouldBe("operation_id");
        request.OperationId = _server.NewId();
        FaultOf.FieldOf(await FaultOf.Call(async () => await _server.Families.TopUpAsync(request), StatusCode.AlreadyExists)).Field.ShouldBe("bank_reference");

        (await _server.Get(pupil)).MealBalanceKopecks.ShouldBe(100);
    }

    [Fact]
    [Trait("Rule", "M2")]
    public async Task A_daily_limit_is_set_and_lifted_and_holds_for_the_very_next_sale()
    {
        var pupil = await _server.NewPupil(meal: 50_000);
        var set = new SetDailyLimitRequest { OperationId = _server.NewId(), AccountNumber = pupil.Number, LimitKopecks = 0 };

        var first = await _server.Families.SetDailyLimitAsync(set);
        (await _server.Families.SetDailyLimitAsync(set)).ShouldBe(first);
        first.Granted.EntryNumber.ShouldBe(2);
        (await _server.Get(pupil)).ShouldSatisfyAllConditions(
            account => account.HasDailyLimitKopecks.ShouldBeTrue(), account => account.DailyLimitKopecks.ShouldBe(0));
        (await _server.Tills.SellAsync(Given.Sell(_server.NewId(), pupil))).Refused.Reason.ShouldBe(Zvonok.Till.V1.RefusalReason.DailyLimit);

        await _server.Families.SetDailyLimitAsync(new SetDailyLimitRequest { OperationId = _server.NewId(), AccountNumber = pupil.Number });
        (await _server.Get(pupil)).HasDailyLimitKopecks.ShouldBeFalse();
        (await _server.Tills.SellAsync(Given.Sell(_server.NewId(), pupil))).Granted.ShouldNotBeNull();
    }

    [Fact]
    [Trait("Rule", "M2")]
    public async Task A_categorys_limit_is_set_and_lifted_beside_the_whole_one()
    {
        var pupil = await _server.NewPupil(meal: 50_000);
        SetDailyLimitRequest Limit(long? kopecks)
        {
            var request = new SetDailyLimitRequest { OperationId = _server.NewId(), AccountNumber = pupil.Number, Category = Zvonok.Till.V1.ProductCategory.HotMeal };
            if (kopecks is { } limit) request.LimitKopecks = limit;
            return request;
        }

        await _server.Families.SetDailyLimitAsync(Limit(20_000));
        (await _server.Tills.SellAsync(Given.Sell(_server.NewId(), pupil))).Granted.ShouldNotBeNull();
        (await _server.Tills.SellAsync(Given.Sell(_server.NewId(), pupil))).Refused.ShouldSatisfyAllConditions(
            refused => refused.Reason.ShouldBe(Zvonok.Till.V1.RefusalReason.CategoryLimit), refused => refused.LineIndexes.ShouldBe([0]));
        (await _server.Get(pupil)).ShouldSatisfyAllConditions(
            account => account.HotMealLimitKopecks.ShouldBe(20_000),
            account => account.HasBuffetLimitKopecks.ShouldBeFalse(),
            account => account.HasDailyLimitKopecks.ShouldBeFalse(),
            account => (account.SpentTodayKopecks, account.SpentInBuffetTodayKopecks).ShouldBe((15_000, 0)));

        await _server.Families.SetDailyLimitAsync(Limit(null));
        (await _server.Get(pupil)).HasHotMealLimitKopecks.ShouldBeFalse();
        (await _server.Tills.SellAsync(Given.Sell(_server.NewId(), pupil))).Granted.ShouldNotBeNull();
    }

    [Fact]
    public async Task An_account_is_shown_as_of_now()
    {
        var pupil = await _server.NewPupil(meal: 50_000);
        await _server.TopUp(pupil, 700, Purse.Transport);
        await _server.Tills.SellAsync(Given.Sell(_server.NewId(), pupil));

        (await _server.Get(pupil)).ShouldBe(new GetAccountResponse
        {
            AccountNumber = pupil.Number,
            Kind = AccountKind.Pupil,
            TimeZone = Given.Zone,
            MealBalanceKopecks = 35_000,
            TransportBalanceKopecks = 700,
            SpentTodayKopecks = 15_000,
            LastEntryNumber = 3,
        });
    }

    [Fact]
    [Trait("Rule", "D2")]
    public async Task A_reading_of_an_account_that_nobody_registered_is_not_found()
    {
        var unknown = new Pupil(_server.NewNumber());

        foreach (var call in (Func<Task>[])
                 [
                     () => _server.Get(unknown),
                     async () => await _server.Families.ListHistoryAsync(new ListHistoryRequest { AccountNumber = unknown.Number }),
                     async () => await _server.Families.GetDayReportAsync(new GetDayReportRequest { AccountNumber = unknown.Number }),
                     async () => await _server.Families.GetWeekReportAsync(new GetWeekReportRequest { AccountNumber = unknown.Number }),
                     async () => await Export.Read(_server, new ExportHistoryRequest { AccountNumber = unknown.Number, FirstDate = Night.Date(new(2026, 9, 1)), LastDate = Night.Date(new(2026, 9, 1)), Language = Language.English }),
                 ])
            (await FaultOf.Call(call, StatusCode.NotFound)).Message.ShouldContain("account_number");
    }
}
