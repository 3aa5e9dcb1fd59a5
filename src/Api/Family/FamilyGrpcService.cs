using Zvonok.Api.Hosting;
using Zvonok.Api.Shapes;
using Zvonok.Domain.Reports;
using Zvonok.Family.V1;
using Zvonok.Grains;
using Zvonok.Grains.Notices;
using Zvonok.Grains.Reports;
using Zvonok.Grains.Transfers;
using AccountKind = Zvonok.Family.V1.AccountKind;
using ProductCategory = Zvonok.Till.V1.ProductCategory;
using Purse = Zvonok.Family.V1.Purse;

namespace Zvonok.Api.Family;

/// <summary>The families' door, and the payment providers'.</summary>
internal sealed class FamilyGrpcService(
    Door door, GrainLookup grains, HistoryDoor histories, FamilyReports reports, ISubscriptions subscriptions, IChannelRules channels, TransferDriver transfers, OrderDoor orders,
    MenuListDoor menus) : FamilyService.FamilyServiceBase
{
    public override async Task<TopUpResponse> TopUp(TopUpRequest request, ServerCallContext context)
    {
        var answer = await door.Do(OperationKind.TopUp, request, request =>
        {
            var account = Check.Account(request.AccountNumber);
            var topUp = new TopUp
            {
                Operation = Check.Operation(request.OperationId),
                EventTime = Check.Time(request.EventTime),
                Purse = Check.Enum<Domain.Accounts.Purse>((int)request.Purse, "purse"),
                Amount = Check.Amount(request.AmountKopecks, "amount_kopecks"),
                Reference = new BankReference(
                    Check.Id(request.ProviderId, "provider_id"),
                    Check.Text(request.BankReference, Limits.BankReferenceLengthMax, "bank_reference")),
            };
            return grains.Account(account).TopUp(topUp);
        });
        return answer.Refusal == AccountRefusal.None
            ? new TopUpResponse { Granted = Granted(answer) }
            : new TopUpResponse { Refused = Refused(answer) };
    }

    public override async Task<SetDailyLimitResponse> SetDailyLimit(SetDailyLimitRequest request, ServerCallContext context)
    {
        var answer = await door.Do(OperationKind.SetDailyLimit, request, request =>
        {
            var account = Check.Account(request.AccountNumber);
            var purse = request.Purse == Purse.Unspecified ? Domain.Accounts.Purse.Meal : Check.Enum<Domain.Accounts.Purse>((int)request.Purse, "purse");
            if (purse == Domain.Accounts.Purse.Transport && request.Category != ProductCategory.Unspecified) Check.Fail("category", "absent for the transport purse");
            var change = new LimitChange
            {
                Operation = Check.Operation(request.OperationId),
                Limit = Check.OptionalAmount(request.HasLimitKopecks, request.LimitKopecks, "limit_kopecks"),
                Category = request.Category == ProductCategory.Unspecified ? null : Check.Enum<Domain.Accounts.ProductCategory>((int)request.Category, "category"),
                Purse = purse,
            };
            return grains.Account(account).Change(change);
        });
        return answer.Refusal == AccountRefusal.None
            ? new SetDailyLimitResponse { Granted = Granted(answer) }
            : new SetDailyLimitResponse { Refused = Refused(answer) };
    }

    public override async Task<SetStopListResponse> SetStopList(SetStopListRequest request, ServerCallContext context)
    {
        var answer = await door.Do(OperationKind.SetStopList, request, request =>
        {
            var account = Check.Account(request.AccountNumber);
            var change = new StopListChange { Operation = Check.Operation(request.OperationId), StopList = StopListShape.Read(request.StopList) };
            return grains.Account(account).Change(change);
        });
        return answer.Refusal == AccountRefusal.None
            ? new SetStopListResponse { Granted = Granted(answer) }
            : new SetStopListResponse { Refused = Refused(answer) };
    }

    public override async Task<TransferResponse> Transfer(TransferRequest request, ServerCallContext context)
    {
        var answer = await door.Do(OperationKind.Transfer, request, request =>
        {
            var from = Check.Account(request.AccountNumber);
            var transfer = new Transfer
            {
                Operation = Check.Operation(request.OperationId),
                EventTime = Check.Time(request.EventTime),
                From = Check.Enum<Domain.Accounts.Purse>((int)request.Purse, "purse"),
                To = Check.Account(request.ToAccountNumber, "to_account_number"),
                ToPurse = Check.Enum<Domain.Accounts.Purse>((int)request.ToPurse, "to_purse"),
                Amount = request.HasAmountKopecks ? Check.Amount(request.AmountKopecks, "amount_kopecks") : null,
            };
            if (transfer.To == from && transfer.ToPurse == transfer.From) Check.Fail("to_purse", "the other purse, or to_account_number another account");
            return new ValueTask<AccountAnswer>(transfers.Transfer(from, transfer));
        });
        return answer.Refusal == AccountRefusal.None
            ? new TransferResponse { Granted = Granted(answer) }
            : new TransferResponse { Refused = Refused(answer) };
    }

    public override Task<OrderMealsResponse> OrderMeals(OrderMealsRequest request, ServerCallContext context) => orders.Order(request);

    public override async Task<ListOrdersResponse> ListOrders(ListOrdersRequest request, ServerCallContext context)
    {
        var number = Check.Account(request.AccountNumber);
        return OrderDoor.ToMessage(await door.Ask(number, account => grains.Account(account).ListOrders()) ?? throw NotFoundException.Account(number));
    }

    public override async Task<GetAccountResponse> GetAccount(GetAccountRequest request, ServerCallContext context)
    {
        var number = Check.Account(request.AccountNumber);
        var view = await door.Ask(number, account => grains.Account(account).Get()) ?? throw NotFoundException.Account(number);
        var response = new GetAccountResponse
        {
            AccountNumber = number.Value,
            Kind = (AccountKind)view.Profile.Kind,
            TimeZone = view.Profile.ZoneId,
            Closed = view.Profile.IsClosed,
            MealBalanceKopecks = view.Meal.Kopecks,
            TransportBalanceKopecks = view.Transport.Kopecks,
            SpentTodayKopecks = view.SpentToday.Kopecks,
            SpentInBuffetTodayKopecks = view.SpentInBuffetToday.Kopecks,
            LastEntryNumber = view.Seq,
            SpentOnRidesTodayKopecks = view.SpentOnRidesToday.Kopecks,
            Entitlements = { EntitlementShape.ToMessages(view.Profile.Entitlements) },
            StopList = StopListShape.ToMessage(view.Profile.StopList),
        };
        if (view.Profile.DailyLimit is { } limit) response.DailyLimitKopecks = limit.Kopecks;
        if (view.Profile.HotMealLimit is { } hotMealLimit) response.HotMealLimitKopecks = hotMealLimit.Kopecks;
        if (view.Profile.BuffetLimit is { } buffetLimit) response.BuffetLimitKopecks = buffetLimit.Kopecks;
        if (view.Profile.RideLimit is { } rideLimit) response.RideLimitKopecks = rideLimit.Kopecks;
        return response;
    }

    public override async Task<ListHistoryResponse> ListHistory(ListHistoryRequest request, ServerCallContext context) => await histories.List(request);

    public override Task ExportHistory(ExportHistoryRequest request, IServerStreamWriter<ExportHistoryResponse> responseStream, ServerCallContext context) =>
        histories.Export(request, responseStream, context.CancellationToken);

    public override async Task<GetDayReportResponse> GetDayReport(GetDayReportRequest request, ServerCallContext context)
    {
        var number = Check.Account(request.AccountNumber);
        LocalDate? day = request.Date is null ? null : Check.HistoryDate(request.Date, "date");
        return ReportShape.ToMessage(await door.Ask(number, account => new ValueTask<DayReport?>(reports.OfDay(account, day))) ?? throw NotFoundException.Account(number));
    }

    public override async Task<GetWeekReportResponse> GetWeekReport(GetWeekReportRequest request, ServerCallContext context)
    {
        var number = Check.Account(request.AccountNumber);
        LocalDate? day = request.Date is null ? null : Check.HistoryDate(request.Date, "date");
        return ReportShape.ToMessage(await door.Ask(number, account => new ValueTask<WeekReport?>(reports.OfWeek(account, day))) ?? throw NotFoundException.Account(number));
    }

    public override async Task<SetSubscriptionsResponse> SetSubscriptions(SetSubscriptionsRequest request, ServerCallContext context)
    {
        var account = Check.Account(request.AccountNumber);
        var wanted = SubscriptionShape.Read(account, request.Guardian, request.Subscriptions, channels);
        var isRegistered = await door.Ask(wanted, all => new ValueTask<bool>(subscriptions.Replace(account, request.Guardian, all)));
        return isRegistered ? new SetSubscriptionsResponse() : throw NotFoundException.Account(account);
    }

    public override async Task<ListSubscriptionsResponse> ListSubscriptions(ListSubscriptionsRequest request, ServerCallContext context)
    {
        var account = Check.Account(request.AccountNumber);
        var standing = await subscriptions.List(account) ?? throw NotFoundException.Account(account);
        return new ListSubscriptionsResponse
        {
            Guardians =
            {
                standing.GroupBy(one => one.Guardian).Select(guardian => new GuardianSubscriptions
                {
                    Guardian = guardian.Key,
                    Subscriptions = { guardian.Select(SubscriptionShape.ToMessage) },
                }),
            },
        };
    }


    public override Task<ListMenusResponse> ListMenus(ListMenusRequest request, ServerCallContext context) => menus.List(request);

    private static NotFoundException Unknown(AccountNumber number) => new($"account_number: account {number} is not registered.");

    private static OperationGranted Granted(AccountAnswer answer) => new()
    {
        EntryNumber = answer.Seq,
        MealBalanceKopecks = answer.Meal.Kopecks,
        TransportBalanceKopecks = answer.Transport.Kopecks,
        EventTime = answer.EventAt.ToTimestamp(),
    };

    private static OperationRefused Refused(AccountAnswer answer) => new() { Reason = (RefusalReason)answer.Refusal };
}
