using Zvonok.Api.Tests.Servers;
using Zvonok.Cities.V1;
using Zvonok.Family.V1;
using Zvonok.Grains.Buildings;
using Zvonok.Office.V1;
using Purse = Zvonok.Family.V1.Purse;

namespace Zvonok.Api.Tests.Shapes;

/// <summary>Bad input is named by its field, with a remedy, and changes nothing (D2).</summary>
[Collection(nameof(World))]
[Trait("Rule", "D2")]
public sealed class BadFieldTests(World world)
{
    private readonly Server _server = world.Server;

    private static Google.Type.Date Day => new() { Year = 2026, Month = 9, Day = 1 };

    public static TheoryData<string, string> Taps => BadFields.Cases(BadFields.Tap);

    public static TheoryData<string, string> GateEvents => BadFields.Cases(BadFields.ReportGateEvent);

    public static TheoryData<string, string> Admissions => BadFields.Cases(BadFields.AdmitManually);

    public static TheoryData<string, string> Verifications => BadFields.Cases(BadFields.Verify);

    public static TheoryData<string, string> HandOvers => BadFields.Cases(BadFields.HandOver);

    public static TheoryData<string, string> Sales => BadFields.Cases(BadFields.Sell);

    public static TheoryData<string, string> Reversals => BadFields.Cases(BadFields.ReverseSale);

    public static TheoryData<string, string> Meals => BadFields.Cases(BadFields.RedeemMeal);

    public static TheoryData<string, string> Classes => BadFields.Cases(BadFields.SettleClass);

    public static TheoryData<string, string> Rights => BadFields.Cases(BadFields.SetEntitlements);

    public static TheoryData<string, string> Rides => BadFields.Cases(BadFields.PayRide);

    public static TheoryData<string, string> TopUps => BadFields.Cases(BadFields.TopUp);

    public static TheoryData<string, string> LimitChanges => BadFields.Cases(BadFields.SetDailyLimit);

    public static TheoryData<string, string> StopLists => BadFields.Cases(BadFields.SetStopList);

    public static TheoryData<string, string> Transfers => BadFields.Cases(BadFields.Transfer);

    public static TheoryData<string, string> TransferQueries => BadFields.Cases(BadFields.ListOpenTransfers);

    public static TheoryData<string, string> Orders => BadFields.Cases(BadFields.OrderMeals);

    public static TheoryData<string, string> OrderQueries => BadFields.Cases(BadFields.ListOrders);

    public static TheoryData<string, string> OrderedMeals => BadFields.Cases(BadFields.RedeemOrder);

    public static TheoryData<string, string> FeePolicies => BadFields.Cases(BadFields.SetFeePolicy);

    public static TheoryData<string, string> FeePolicyQueries => BadFields.Cases(BadFields.ListFeePolicies);

    public static TheoryData<string, string> Fees => BadFields.Cases(BadFields.ChargeFee);

    public static TheoryData<string, string> Closings => BadFields.Cases(BadFields.CloseAccount);

    public static TheoryData<string, string> AccountQueries => BadFields.Cases(BadFields.GetAccount);

    public static TheoryData<string, string> HistoryQueries => BadFields.Cases(BadFields.ListHistory);

    public static TheoryData<string, string> Exports => BadFields.Cases(BadFields.ExportHistory);

    public static TheoryData<string, string> DayQueries => BadFields.Cases(BadFields.GetDayReport);

    public static TheoryData<string, string> WeekQueries => BadFields.Cases(BadFields.GetWeekReport);

    public static TheoryData<string, string> SubscriptionChanges => BadFields.Cases(BadFields.SetSubscriptions);

    public static TheoryData<string, string> SubscriptionQueries => BadFields.Cases(BadFields.ListSubscriptions);

    public static TheoryData<string, string> DeadQueries => BadFields.Cases(BadFields.ListDeadNotices);

    public static TheoryData<string, string> DeadSendings => BadFields.Cases(BadFields.SendDeadNotices);

    public static TheoryData<string, string> Policies => BadFields.Cases(BadFields.SetCreditPolicy);

    public static TheoryData<string, string> Menus => BadFields.Cases(BadFields.SetMenu);

    public static TheoryData<string, string> MenuQueries => BadFields.Cases(BadFields.ListMenus);

    public static TheoryData<string, string> PolicyQueries => BadFields.Cases(BadFields.ListCreditPolicies);

    public static TheoryData<string, string> Settlements => BadFields.Cases(BadFields.GetSettlementReport);

    public static TheoryData<string, string> Exceptions => BadFields.Cases(BadFields.GetExceptionsReport);

    public static TheoryData<string, string> CityDays => BadFields.Cases(BadFields.GetFigures);

    public static TheoryData<string, string> Claims => BadFields.Cases(BadFields.GetClaimsReport);

    [Theory, MemberData(nameof(Taps))]
    public async Task A_bad_field_of_a_tap_is_named(string field, string wrong) =>
        await Check(BadFields.Tap, field, wrong, pupil => Given.Tap(_server.NewId(), pupil), async request => await _server.Gates.TapAsync(request));

    [Theory, MemberData(nameof(GateEvents))]
    public async Task A_bad_field_of_a_gates_report_is_named(string field, string wrong) =>
        await Check(BadFields.ReportGateEvent, field, wrong, _ => Given.NotPassed(_server.NewId(), 1, _server.NewId()), async request => await _server.Gates.ReportGateEventAsync(request));

    [Theory, MemberData(nameof(Admissions))]
    public async Task A_bad_field_of_an_admission_by_hand_is_named(string field, string wrong) =>
        await Check(BadFields.AdmitManually, field, wrong, pupil => Given.Admission(_server.NewId(), pupil, pupil), async request => await _server.Gates.AdmitManuallyAsync(request));

    [Theory, MemberData(nameof(Verifications))]
    public async Task A_bad_field_of_a_card_check_is_named(string field, string wrong) =>
        await Check(BadFields.Verify, field, wrong, pupil => new Zvonok.Gate.V1.VerifyRequest { DeviceId = Given.Museum, CardUid = pupil.Uid }, async request => await _server.Gates.VerifyAsync(request));

    [Theory, MemberData(nameof(HandOvers))]
    public async Task A_bad_field_of_a_hand_over_is_named(string field, string wrong) =>
        await Check(BadFields.HandOver, field, wrong, pupil => Given.HandOver(_server.NewId(), pupil, pupil), async request => await _server.Gates.HandOverAsync(request));

    [Theory, MemberData(nameof(Sales))]
    public async Task A_bad_field_of_a_sale_is_named(string field, string wrong) =>
        await Check(BadFields.Sell, field, wrong, pupil => Given.Sell(_server.NewId(), pupil), async request => await _server.Tills.SellAsync(request));

    [Theory, MemberData(nameof(Reversals))]
    public async Task A_bad_field_of_a_reversal_is_named(string field, string wrong) =>
        await Check(BadFields.ReverseSale, field, wrong, pupil => Given.Reverse(_server.NewId(), pupil, 1), async request => await _server.Tills.ReverseSaleAsync(request));

    [Theory, MemberData(nameof(Meals))]
    public async Task A_bad_field_of_a_meal_is_named(string field, string wrong) =>
        await Check(BadFields.RedeemMeal, field, wrong, pupil => Given.Redeem(_server.NewId(), pupil), async request => await _server.Tills.RedeemMealAsync(request));

    [Theory, MemberData(nameof(Classes))]
    public async Task A_bad_field_of_a_class_is_named(string field, string wrong) =>
        await Check(BadFields.SettleClass, field, wrong, pupil => Given.Class(_server.NewId(), pupil, pupil), async request => await _server.Tills.SettleClassAsync(request));

    [Theory, MemberData(nameof(Rights))]
    public async Task A_bad_field_of_entitlements_is_named(string field, string wrong) =>
        await Check(BadFields.SetEntitlements, field, wrong, pupil => Given.Entitlements(_server.NewId(), pupil), async request => await _server.Office.SetEntitlementsAsync(request));

    [Theory, MemberData(nameof(Rides))]
    public async Task A_bad_field_of_a_ride_is_named(string field, string wrong) =>
        await Check(BadFields.PayRide, field, wrong, pupil => Given.Ride(_server.NewId(), pupil), async request => await _server.Tills.PayRideAsync(request));

    [Theory, MemberData(nameof(TopUps))]
    public async Task A_bad_field_of_a_top_up_is_named(string field, string wrong) =>
        await Check(BadFields.TopUp, field, wrong, pupil => TopUp(_server, pupil), async request => await _server.Families.TopUpAsync(request));

    [Theory, MemberData(nameof(LimitChanges))]
    public async Task A_bad_field_of_a_daily_limit_is_named(string field, string wrong) =>
        await Check(
            BadFields.SetDailyLimit, field, wrong,
            pupil => new SetDailyLimitRequest { OperationId = _server.NewId(), AccountNumber = pupil.Number, LimitKopecks = 1 },
            async request => await _server.Families.SetDailyLimitAsync(request));

    [Theory, MemberData(nameof(StopLists))]
    public async Task A_bad_field_of_a_stop_list_is_named(string field, string wrong) =>
        await Check(BadFields.SetStopList, field, wrong, StopList, async request => await _server.Families.SetStopListAsync(request));

    [Theory, MemberData(nameof(Transfers))]
    public async Task A_bad_field_of_a_transfer_is_named(string field, string wrong) =>
        await Check(
            BadFields.Transfer, field, wrong, pupil => Given.Transfer(_server.NewId(), pupil, pupil, 1, toPurse: Purse.Transport), async request => await _server.Families.TransferAsync(request));

    [Theory, MemberData(nameof(TransferQueries))]
    public async Task A_bad_field_of_a_query_for_open_transfers_is_named(string field, string wrong) =>
        await Check(BadFields.ListOpenTransfers, field, wrong, _ => new ListOpenTransfersRequest(), async request => await _server.Office.ListOpenTransfersAsync(request));

    [Theory, MemberData(nameof(Orders))]
    public async Task A_bad_field_of_an_order_is_named(string field, string wrong) =>
        await Check(BadFields.OrderMeals, field, wrong, pupil => Given.Orders(_server.NewId(), pupil, Given.Menu()), async request => await _server.Families.OrderMealsAsync(request));

    [Theory, MemberData(nameof(OrderQueries))]
    public async Task A_bad_field_of_a_query_for_orders_is_named(string field, string wrong) =>
        await Check(BadFields.ListOrders, field, wrong, pupil => new ListOrdersRequest { AccountNumber = pupil.Number }, async request => await _server.Families.ListOrdersAsync(request));

    [Theory, MemberData(nameof(OrderedMeals))]
    public async Task A_bad_field_of_an_ordered_meal_is_named(string field, string wrong) =>
        await Check(BadFields.RedeemOrder, field, wrong, pupil => Given.RedeemOrder(_server.NewId(), pupil), async request => await _server.Tills.RedeemOrderAsync(request));

    [Theory, MemberData(nameof(FeePolicies))]
    public async Task A_bad_field_of_a_fees_policy_is_named(string field, string wrong) =>
        await Check(
            BadFields.SetFeePolicy, field, wrong, _ => new SetFeePolicyRequest { BuildingId = Given.Club, Kind = FeeKind.CardReplacement, AmountKopecks = 1 },
            async request => await _server.Office.SetFeePolicyAsync(request));

    [Theory, MemberData(nameof(FeePolicyQueries))]
    public async Task A_bad_field_of_a_query_for_fees_is_named(string field, string wrong) =>
        await Check(BadFields.ListFeePolicies, field, wrong, _ => new ListFeePoliciesRequest(), async request => await _server.Office.ListFeePoliciesAsync(request));

    [Theory, MemberData(nameof(Fees))]
    public async Task A_bad_field_of_a_fee_is_named(string field, string wrong) =>
        await Check(BadFields.ChargeFee, field, wrong, pupil => Given.Fee(_server.NewId(), pupil), async request => await _server.Office.ChargeFeeAsync(request));

    [Theory, MemberData(nameof(Closings))]
    public async Task A_bad_field_of_a_closing_is_named(string field, string wrong) =>
        await Check(
            BadFields.CloseAccount, field, wrong, pupil => new CloseAccountRequest { OperationId = _server.NewId(), AccountNumber = pupil.Number, PayoutProviderId = 3 },
            async request => await _server.Office.CloseAccountAsync(request));

    [Theory, MemberData(nameof(AccountQueries))]
    public async Task A_bad_field_of_an_account_query_is_named(string field, string wrong) =>
        await Check(
            BadFields.GetAccount, field, wrong, pupil => new GetAccountRequest { AccountNumber = pupil.Number },
            async request => await _server.Families.GetAccountAsync(request));

    [Theory, MemberData(nameof(HistoryQueries))]
    public async Task A_bad_field_of_a_query_for_a_history_is_named(string field, string wrong) =>
        await Check(
            BadFields.ListHistory, field, wrong, pupil => new ListHistoryRequest { AccountNumber = pupil.Number },
            async request => await _server.Families.ListHistoryAsync(request));

    [Theory, MemberData(nameof(Exports))]
    public async Task A_bad_field_of_an_export_is_named(string field, string wrong) =>
        await Check(
            BadFields.ExportHistory, field, wrong,
            pupil => new ExportHistoryRequest
            {
                AccountNumber = pupil.Number,
                FirstDate = new() { Year = 2026, Month = 9, Day = 1 },
                LastDate = new() { Year = 2027, Month = 8, Day = 31 },
                Language = Language.English,
            },
            async request =>
            {
                using var export = _server.Families.ExportHistory(request);
                await export.ResponseStream.MoveNext(CancellationToken.None);
            });

    [Theory, MemberData(nameof(DayQueries))]
    public async Task A_bad_field_of_a_query_for_a_day_is_named(string field, string wrong) =>
        await Check(
            BadFields.GetDayReport, field, wrong, pupil => new GetDayReportRequest { AccountNumber = pupil.Number },
            async request => await _server.Families.GetDayReportAsync(request));

    [Theory, MemberData(nameof(WeekQueries))]
    public async Task A_bad_field_of_a_query_for_a_week_is_named(string field, string wrong) =>
        await Check(
            BadFields.GetWeekReport, field, wrong, pupil => new GetWeekReportRequest { AccountNumber = pupil.Number },
            async request => await _server.Families.GetWeekReportAsync(request));

    [Theory, MemberData(nameof(SubscriptionChanges))]
    public async Task A_bad_field_of_subscriptions_is_named(string field, string wrong) =>
        await Check(BadFields.SetSubscriptions, field, wrong, pupil => Given.Subscriptions(pupil), async request => await _server.Families.SetSubscriptionsAsync(request));

    [Theory, MemberData(nameof(SubscriptionQueries))]
    public async Task A_bad_field_of_a_query_for_subscriptions_is_named(string field, string wrong) =>
        await Check(
            BadFields.ListSubscriptions, field, wrong, pupil => new ListSubscriptionsRequest { AccountNumber = pupil.Number },
            async request => await _server.Families.ListSubscriptionsAsync(request));

    [Theory, MemberData(nameof(DeadQueries))]
    public async Task A_bad_field_of_a_query_for_dead_notices_is_named(string field, string wrong) =>
        await Check(BadFields.ListDeadNotices, field, wrong, _ => new ListDeadNoticesRequest(), async request => await _server.Office.ListDeadNoticesAsync(request));

    [Theory, MemberData(nameof(DeadSendings))]
    public async Task A_bad_field_of_sending_again_is_named(string field, string wrong) =>
        await Check(
            BadFields.SendDeadNotices, field, wrong, _ => new SendDeadNoticesRequest { Keys = { "account/17/5/bought/00112233445566778899aabbccddeeff" } },
            async request => await _server.Office.SendDeadNoticesAsync(request));

    [Theory, MemberData(nameof(Policies))]
    public async Task A_bad_field_of_a_policy_is_named(string field, string wrong) =>
        await Check(
            BadFields.SetCreditPolicy, field, wrong, _ => new SetCreditPolicyRequest { BuildingId = Given.Club, LimitKopecks = 1 },
            async request => await _server.Office.SetCreditPolicyAsync(request));

    [Theory, MemberData(nameof(PolicyQueries))]
    public async Task A_bad_field_of_a_query_for_policies_is_named(string field, string wrong) =>
        await Check(BadFields.ListCreditPolicies, field, wrong, _ => new ListCreditPoliciesRequest(), async request => await _server.Office.ListCreditPoliciesAsync(request));

    [Theory, MemberData(nameof(Menus))]
    public async Task A_bad_field_of_a_menu_is_named(string field, string wrong)
    {
        await Check(BadFields.SetMenu, field, wrong, _ => Given.Menu(), async request => await _server.Office.SetMenuAsync(request));
        (await _server.Families.ListMenusAsync(Given.Menus())).Items.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(MenuQueries))]
    public async Task A_bad_field_of_a_query_for_menus_is_named(string field, string wrong) =>
        await Check(BadFields.ListMenus, field, wrong, _ => Given.Menus(), async request => await _server.Families.ListMenusAsync(request));

    internal static TopUpRequest TopUp(Server server, Pupil pupil) => new()
    {
        OperationId = server.NewId(),
        AccountNumber = pupil.Number,
        Purse = Purse.Meal,
        AmountKopecks = 100,
        ProviderId = 3,
        BankReference = $"SHAPE-{pupil.Number}",
    };

    private SetStopListRequest StopList(Pupil pupil) => new()
    {
        OperationId = _server.NewId(),
        AccountNumber = pupil.Number,
        StopList = new()
        {
            Categories = { new CategoryStop { Category = Zvonok.Till.V1.ProductCategory.Buffet, Strength = StopStrength.Soft } },
            Products = { new ProductStop { OperatorId = 7, ProductCode = "BUN", Strength = StopStrength.Hard } },
        },
    };

    [Theory, MemberData(nameof(Settlements))]
    public async Task A_bad_field_of_a_settlement_is_named(string field, string wrong) =>
        await Check(
            BadFields.GetSettlementReport, field, wrong,
            _ => new GetSettlementReportRequest { ContraAccount = "operator/7", Date = Day, TimeZone = Given.Zone },
            async request => await _server.Office.GetSettlementReport(request).ResponseStream.MoveNext(CancellationToken.None));

    [Theory, MemberData(nameof(Claims))]
    public async Task A_bad_field_of_claims_is_named(string field, string wrong) =>
        await Check(
            BadFields.GetClaimsReport, field, wrong, _ => new GetClaimsReportRequest { FirstDate = Day, LastDate = Day },
            async request => await _server.Office.GetClaimsReport(request).ResponseStream.MoveNext(CancellationToken.None));

    [Theory, MemberData(nameof(Exceptions))]
    public async Task A_bad_field_of_exceptions_is_named(string field, string wrong) =>
        await Check(
            BadFields.GetExceptionsReport, field, wrong, _ => new GetExceptionsReportRequest { FirstDate = Day, LastDate = Day, TimeZone = Given.Zone },
            async request => await _server.Office.GetExceptionsReport(request).ResponseStream.MoveNext(CancellationToken.None));

    [Theory, MemberData(nameof(CityDays))]
    public async Task A_bad_field_of_the_citys_figures_is_named(string field, string wrong) =>
        await Check(
            BadFields.GetFigures, field, wrong, _ => new GetFiguresRequest { Date = Day }, async request => await _server.City.GetFigures(request).ResponseStream.MoveNext(CancellationToken.None));

    private async Task Check<T>(BadField<T>[] table, string field, string wrong, Func<Pupil, T> good, Func<T, Task> call)
    {
        var pupil = await _server.NewPupil(meal: 50_000);
        var passages = await Passages();
        var request = good(pupil);
        table.Single(bad => bad.Field == field && bad.Wrong == wrong).Spoil(request, _server);

        await FaultOf.Names(field, () => call(request));

        (await _server.Get(pupil)).ShouldSatisfyAllConditions(
            account => account.LastEntryNumber.ShouldBe(1),
            account => account.MealBalanceKopecks.ShouldBe(50_000),
            account => account.HasDailyLimitKopecks.ShouldBeFalse(),
            account => account.StopList.ShouldBeNull());
        (await Passages()).ShouldBe(passages);
    }

    private async Task<long> Passages() => (await _server.Grains.GetGrain<IBuildingGrain>(Given.School).Get()).ShouldNotBeNull().Seq;
}
