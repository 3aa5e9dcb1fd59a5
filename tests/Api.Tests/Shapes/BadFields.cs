using Google.Protobuf.WellKnownTypes;
using Zvonok.Api.Tests.Servers;
using Zvonok.Domain;
using Zvonok.Family.V1;
using Zvonok.Feed.V1;
using Zvonok.Gate.V1;
using Zvonok.Office.V1;
using Zvonok.Till.V1;

namespace Zvonok.Api.Tests.Shapes;

/// <summary>One way to send one field of a request wrong.</summary>
/// <param name="Field">How the answer has to name it.</param>
/// <param name="Wrong">What is wrong, in words.</param>
/// <param name="Spoil">Makes a good request bad.</param>
internal sealed record BadField<TRequest>(string Field, string Wrong, Action<TRequest, Server> Spoil);

/// <summary>Every field of every request, sent wrong in every way that it can be.</summary>
internal static class BadFields
{
    private static readonly ByteString Uuid4 = ByteString.CopyFrom(Guid.Parse("7f1c7b1e-58b0-4c9a-9a43-6f1a8d3b2c10").ToByteArray(bigEndian: true));
    private static readonly Timestamp[] BadTimes = [new() { Seconds = long.MaxValue }, new() { Seconds = -62135596801 }, new() { Nanos = -1 }, new() { Nanos = 1_000_000_000 }];

    public static readonly BadField<TapRequest>[] Tap =
    [
        .. Operations<TapRequest>((request, id) => request.OperationId = id),
        .. Uids<TapRequest>((request, uid) => request.CardUid = uid),
        .. Ids<TapRequest>("device_id", (request, id) => request.DeviceId = id),
        new("device_id", "a till", (request, _) => request.DeviceId = Given.Till),
        .. Enums<TapRequest>("direction", (request, value) => request.Direction = (Direction)value),
        .. Times<TapRequest>((request, time) => request.EventTime = time),
    ];

    public static readonly BadField<SellRequest>[] Sell =
    [
        .. Operations<SellRequest>((request, id) => request.OperationId = id),
        .. Uids<SellRequest>((request, uid) => request.CardUid = uid),
        .. Ids<SellRequest>("device_id", (request, id) => request.DeviceId = id),
        new("device_id", "a gate", (request, _) => request.DeviceId = Given.Gate),
        new("device_id", "a validator", (request, _) => request.DeviceId = Given.Validator),
        .. Times<SellRequest>((request, time) => request.EventTime = time),
        new("lines", "none", (request, _) => request.Lines.Clear()),
        new("lines", "one too many", (request, _) => request.Lines.Add(Enumerable.Range(0, Limits.SaleLinesMax - 1).Select(_ => request.Lines[1].Clone()))),
        new("lines[1].product_code", "missing", (request, _) => request.Lines[1].ProductCode = ""),
        new("lines[0].product_code", "too long", (request, _) => request.Lines[0].ProductCode = new string('A', Limits.ProductCodeLengthMax + 1)),
        new("lines[0].product_code", "not ASCII", (request, _) => request.Lines[0].ProductCode = "ОБЕД"),
        new("lines[0].product_code", "not printable", (request, _) => request.Lines[0].ProductCode = "A\tB"),
        .. Enums<SellRequest>("lines[1].category", (request, value) => request.Lines[1].Category = (ProductCategory)value),
        new("lines[0].quantity", "missing", (request, _) => request.Lines[0].Quantity = 0),
        new("lines[0].quantity", "negative", (request, _) => request.Lines[0].Quantity = -1),
        new("lines[0].quantity", "too large", (request, _) => request.Lines[0].Quantity = Limits.QuantityMax + 1),
        new("lines[0].unit_price_kopecks", "negative", (request, _) => request.Lines[0].UnitPriceKopecks = -1),
        new("lines[0].unit_price_kopecks", "too large", (request, _) => request.Lines[0].UnitPriceKopecks = Limits.AmountMax + 1),
        new("lines[0].unit_price_kopecks", "an overflow", (request, _) => request.Lines[0].UnitPriceKopecks = long.MaxValue),
        new("lines[0].allergens", "unspecified", (request, _) => request.Lines[0].Allergens.Add(Allergen.Unspecified)),
        new("lines[1].allergens", "unknown", (request, _) => request.Lines[1].Allergens.Add((Allergen)15)),
        new("lines[1].allergens", "negative", (request, _) => request.Lines[1].Allergens.Add((Allergen)(-1))),
        new("total_kopecks", "missing", (request, _) => request.TotalKopecks = 0),
        new("total_kopecks", "negative", (request, _) => request.TotalKopecks = -request.TotalKopecks),
        new("total_kopecks", "not the sum of the lines", (request, _) => request.TotalKopecks++),
        new("total_kopecks", "too large", (request, _) => (request.Lines[0].Quantity, request.Lines[0].UnitPriceKopecks, request.TotalKopecks) = (2, Limits.AmountMax, 2 * Limits.AmountMax)),
        new("total_kopecks", "an overflow", (request, _) => request.TotalKopecks = long.MaxValue),
        new("stop_list_override.employee_card_uid", "missing", (request, _) => request.StopListOverride = Override(uid: [])),
        new("stop_list_override.employee_card_uid", "too long", (request, _) => request.StopListOverride = Override(uid: new byte[17])),
        new("stop_list_override.reason", "missing", (request, _) => request.StopListOverride = Override(reason: "")),
        new("stop_list_override.reason", "only blanks", (request, _) => request.StopListOverride = Override(reason: "   ")),
        new("stop_list_override.reason", "too long", (request, _) => request.StopListOverride = Override(reason: new string('я', Limits.ReasonLengthMax + 1))),
        new("stop_list_override.reason", "two lines", (request, _) => request.StopListOverride = Override(reason: "Да\nSubject: x")),
        new("stop_list_override.reason", "written from right to left", (request, _) => request.StopListOverride = Override(reason: "Да\u202Eне")),
    ];

    public static readonly BadField<ReverseSaleRequest>[] ReverseSale =
    [
        .. Operations<ReverseSaleRequest>((request, id) => request.OperationId = id),
        .. Ids<ReverseSaleRequest>("device_id", (request, id) => request.DeviceId = id),
        new("device_id", "a gate", (request, _) => request.DeviceId = Given.Gate),
        .. Accounts<ReverseSaleRequest>((request, number) => request.AccountNumber = number, request => request.AccountNumber),
        new("sale_entry_number", "missing", (request, _) => request.SaleEntryNumber = 0),
        new("sale_entry_number", "negative", (request, _) => request.SaleEntryNumber = -1),
        new("line_indexes[0]", "negative", (request, _) => request.LineIndexes.Add(-1)),
        new("line_indexes[1]", "too large", (request, _) => request.LineIndexes.Add([0, Limits.SaleLinesMax])),
        .. Times<ReverseSaleRequest>((request, time) => request.EventTime = time),
    ];

    public static readonly BadField<RedeemMealRequest>[] RedeemMeal =
    [
        .. Operations<RedeemMealRequest>((request, id) => request.OperationId = id),
        .. Ids<RedeemMealRequest>("device_id", (request, id) => request.DeviceId = id),
        new("device_id", "a gate", (request, _) => request.DeviceId = Given.Gate),
        .. Uids<RedeemMealRequest>((request, uid) => request.CardUid = uid),
        .. Enums<RedeemMealRequest>("meal_kind", (request, value) => request.MealKind = (MealKind)value),
        .. Lines<RedeemMealRequest>(request => request.Lines),
        new("total_kopecks", "not the sum", (request, _) => request.TotalKopecks++),
        new("stop_list_override.employee_card_uid", "missing", (request, _) => request.StopListOverride = Override(uid: [])),
        new("stop_list_override.reason", "missing", (request, _) => request.StopListOverride = Override(reason: "")),
        .. Times<RedeemMealRequest>((request, time) => request.EventTime = time),
    ];

    public static readonly BadField<SettleClassRequest>[] SettleClass =
    [
        .. Operations<SettleClassRequest>((request, id) => request.OperationId = id),
        .. Ids<SettleClassRequest>("device_id", (request, id) => request.DeviceId = id),
        new("device_id", "a gate", (request, _) => request.DeviceId = Given.Gate),
        new("employee_card_uid", "missing", (request, _) => request.EmployeeCardUid = ByteString.Empty),
        new("employee_card_uid", "too long", (request, _) => request.EmployeeCardUid = ByteString.CopyFrom(new byte[17])),
        .. Enums<SettleClassRequest>("meal_kind", (request, value) => request.MealKind = (MealKind)value),
        .. Lines<SettleClassRequest>(request => request.Lines),
        new("total_kopecks", "not the sum", (request, _) => request.TotalKopecks++),
        new("members", "none", (request, _) => request.Members.Clear()),
        new("members", "too many", (request, _) => request.Members.Add(Enumerable.Repeat(request.Members[0], Limits.ClassMembersMax))),
        new("members[0].account_number", "a wrong check digit", (request, _) => request.Members[0].AccountNumber++),
        new("members[1].account_number", "the same again", (request, _) => request.Members.Add(request.Members[0].Clone())),
        .. Enums<SettleClassRequest>("members[0].payer", (request, value) => request.Members[0].Payer = (ClassMember.Types.Payer)value),
        .. Times<SettleClassRequest>((request, time) => request.EventTime = time),
    ];

    public static readonly BadField<SetEntitlementsRequest>[] SetEntitlements =
    [
        .. Operations<SetEntitlementsRequest>((request, id) => request.OperationId = id),
        .. Accounts<SetEntitlementsRequest>((request, number) => request.AccountNumber = number, request => request.AccountNumber),
        new("entitlements", "too many", (request, _) => request.Entitlements.Add(Enumerable.Repeat(request.Entitlements[0], Limits.EntitlementsMax))),
        .. Ids<SetEntitlementsRequest>("entitlements[0].funder_id", (request, id) => request.Entitlements[0].FunderId = id),
        new("entitlements[0].meals", "none", (request, _) => request.Entitlements[0].Meals.Clear()),
        .. Enums<SetEntitlementsRequest>("entitlements[0].meals", (request, value) => request.Entitlements[0].Meals.Add((MealKind)value)),
        new("entitlements[0].weekdays", "none", (request, _) => request.Entitlements[0].Weekdays.Clear()),
        .. Enums<SetEntitlementsRequest>("entitlements[0].weekdays", (request, value) => request.Entitlements[0].Weekdays.Add((Google.Type.DayOfWeek)value)),
        new("entitlements[0].first_date", "missing", (request, _) => request.Entitlements[0].FirstDate = null),
        new("entitlements[0].first_date", "no month", (request, _) => request.Entitlements[0].FirstDate.Month = 0),
        new("entitlements[0].first_date", "31 June", (request, _) => request.Entitlements[0].FirstDate = new() { Year = 2026, Month = 6, Day = 31 }),
        new("entitlements[0].last_date", "no year", (request, _) => request.Entitlements[0].LastDate.Year = 10_000),
        new("entitlements[0].last_date", "before the first", (request, _) => request.Entitlements[0].LastDate.Year = 2019),
    ];

    public static readonly BadField<PayRideRequest>[] PayRide =
    [
        .. Operations<PayRideRequest>((request, id) => request.OperationId = id),
        .. Ids<PayRideRequest>("device_id", (request, id) => request.DeviceId = id),
        new("device_id", "a till", (request, _) => request.DeviceId = Given.Till),
        .. Uids<PayRideRequest>((request, uid) => request.CardUid = uid),
        new("fare_kopecks", "missing", (request, _) => request.FareKopecks = 0),
        new("fare_kopecks", "negative", (request, _) => request.FareKopecks = -1),
        new("fare_kopecks", "too large", (request, _) => request.FareKopecks = Limits.AmountMax + 1),
        .. Times<PayRideRequest>((request, time) => request.EventTime = time),
    ];

    public static readonly BadField<TopUpRequest>[] TopUp =
    [
        .. Operations<TopUpRequest>((request, id) => request.OperationId = id),
        .. Accounts<TopUpRequest>((request, number) => request.AccountNumber = number, request => request.AccountNumber),
        .. Enums<TopUpRequest>("purse", (request, value) => request.Purse = (Purse)value),
        new("amount_kopecks", "missing", (request, _) => request.AmountKopecks = 0),
        new("amount_kopecks", "negative", (request, _) => request.AmountKopecks = -1),
        new("amount_kopecks", "too large", (request, _) => request.AmountKopecks = Limits.AmountMax + 1),
        new("amount_kopecks", "an overflow", (request, _) => request.AmountKopecks = long.MaxValue),
        .. Ids<TopUpRequest>("provider_id", (request, id) => request.ProviderId = id),
        new("bank_reference", "missing", (request, _) => request.BankReference = ""),
        new("bank_reference", "too long", (request, _) => request.BankReference = new string('9', Limits.BankReferenceLengthMax + 1)),
        new("bank_reference", "not ASCII", (request, _) => request.BankReference = "ПЛАТЁЖ"),
        .. Times<TopUpRequest>((request, time) => request.EventTime = time),
    ];

    public static readonly BadField<SetDailyLimitRequest>[] SetDailyLimit =
    [
        .. Operations<SetDailyLimitRequest>((request, id) => request.OperationId = id),
        .. Accounts<SetDailyLimitRequest>((request, number) => request.AccountNumber = number, request => request.AccountNumber),
        new("limit_kopecks", "negative", (request, _) => request.LimitKopecks = -1),
        new("limit_kopecks", "too large", (request, _) => request.LimitKopecks = Limits.AmountMax + 1),
        new("category", "unknown", (request, _) => request.Category = (ProductCategory)3),
        new("category", "of rides", (request, _) => (request.Purse, request.Category) = (Purse.Transport, ProductCategory.Buffet)),
        new("purse", "unknown", (request, _) => request.Purse = (Purse)3),
    ];

    public static readonly BadField<SetStopListRequest>[] SetStopList =
    [
        .. Operations<SetStopListRequest>((request, id) => request.OperationId = id),
        .. Accounts<SetStopListRequest>((request, number) => request.AccountNumber = number, request => request.AccountNumber),
        new("stop_list.allergens", "unspecified", (request, _) => request.StopList.Allergens.Add(Allergen.Unspecified)),
        new("stop_list.allergens", "unknown", (request, _) => request.StopList.Allergens.Add((Allergen)15)),
        new("stop_list.categories", "too many", (request, _) => request.StopList.Categories.Add(Enumerable.Repeat(request.StopList.Categories[0], 2))),
        .. Enums<SetStopListRequest>("stop_list.categories[0].category", (request, value) => request.StopList.Categories[0].Category = (ProductCategory)value),
        new("stop_list.categories[1].category", "the same again", (request, _) => request.StopList.Categories.Add(request.StopList.Categories[0])),
        .. Enums<SetStopListRequest>("stop_list.categories[0].strength", (request, value) => request.StopList.Categories[0].Strength = (StopStrength)value),
        new("stop_list.products", "too many", (request, _) => request.StopList.Products.Add(Enumerable.Repeat(request.StopList.Products[0], Limits.StoppedProductsMax))),
        .. Ids<SetStopListRequest>("stop_list.products[0].operator_id", (request, id) => request.StopList.Products[0].OperatorId = id),
        new("stop_list.products[0].product_code", "missing", (request, _) => request.StopList.Products[0].ProductCode = ""),
        new("stop_list.products[0].product_code", "too long", (request, _) => request.StopList.Products[0].ProductCode = new string('A', Limits.ProductCodeLengthMax + 1)),
        new("stop_list.products[0].product_code", "not ASCII", (request, _) => request.StopList.Products[0].ProductCode = "ЧАЙ"),
        new("stop_list.products[1].product_code", "the same again", (request, _) => request.StopList.Products.Add(request.StopList.Products[0])),
        .. Enums<SetStopListRequest>("stop_list.products[0].strength", (request, value) => request.StopList.Products[0].Strength = (StopStrength)value),
    ];

    public static readonly BadField<TransferRequest>[] Transfer =
    [
        .. Operations<TransferRequest>((request, id) => request.OperationId = id),
        .. Accounts<TransferRequest>((request, number) => request.AccountNumber = number, request => request.AccountNumber),
        .. Enums<TransferRequest>("purse", (request, value) => request.Purse = (Purse)value),
        new("to_account_number", "missing", (request, _) => request.ToAccountNumber = 0),
        new("to_account_number", "a wrong check digit", (request, _) => request.ToAccountNumber++),
        .. Enums<TransferRequest>("to_purse", (request, value) => request.ToPurse = (Purse)value),
        new("to_purse", "where it is", (request, _) => request.ToPurse = request.Purse),
        new("amount_kopecks", "zero", (request, _) => request.AmountKopecks = 0),
        new("amount_kopecks", "negative", (request, _) => request.AmountKopecks = -1),
        new("amount_kopecks", "too large", (request, _) => request.AmountKopecks = Limits.AmountMax + 1),
        .. Times<TransferRequest>((request, time) => request.EventTime = time),
    ];

    public static readonly BadField<ListOpenTransfersRequest>[] ListOpenTransfers =
    [
        new("page_size", "negative", (request, _) => request.PageSize = -1),
        new("page_size", "too large", (request, _) => request.PageSize = 201),
    ];

    public static readonly BadField<OrderMealsRequest>[] OrderMeals =
    [
        .. Operations<OrderMealsRequest>((request, id) => request.OperationId = id),
        .. Accounts<OrderMealsRequest>((request, number) => request.AccountNumber = number, request => request.AccountNumber),
        new("cancelled_entry_numbers[0]", "zero", (request, _) => request.CancelledEntryNumbers.Add(0)),
        new("cancelled_entry_numbers[1]", "the same again", (request, _) => request.CancelledEntryNumbers.Add([7, 7])),
        new("cancelled_entry_numbers", "too many", (request, _) => request.CancelledEntryNumbers.Add(Enumerable.Range(1, Limits.OrdersOfOneOperationMax + 1).Select(n => (long)n))),
        .. Ids<OrderMealsRequest>("building_id", (request, id) => request.BuildingId = id),
        new("orders", "none", (request, _) => request.Orders.Clear()),
        new("orders", "too many", (request, _) => request.Orders.Add(Enumerable.Repeat(request.Orders[0], Limits.OrdersOfOneOperationMax))),
        new("orders[0].date", "missing", (request, _) => request.Orders[0].Date = null),
        new("orders[0].date", "31 June", (request, _) => request.Orders[0].Date = new() { Year = 2026, Month = 6, Day = 31 }),
        .. Enums<OrderMealsRequest>("orders[0].meal_kind", (request, value) => request.Orders[0].MealKind = (MealKind)value),
        .. Ids<OrderMealsRequest>("orders[0].operator_id", (request, id) => request.Orders[0].OperatorId = id),
        new("orders[0].items", "none", (request, _) => request.Orders[0].Items.Clear()),
        new("orders[0].items", "too many", (request, _) => request.Orders[0].Items.Add(Enumerable.Range(1, Limits.OrderLinesMax).Select(n => new OrderItem { ProductCode = $"X{n}", Quantity = 1 }))),
        new("orders[0].items[0].product_code", "missing", (request, _) => request.Orders[0].Items[0].ProductCode = ""),
        new("orders[0].items[0].product_code", "too long", (request, _) => request.Orders[0].Items[0].ProductCode = new string('A', Limits.ProductCodeLengthMax + 1)),
        new("orders[0].items[1].product_code", "the same again", (request, _) => request.Orders[0].Items.Add(request.Orders[0].Items[0].Clone())),
        new("orders[0].items[0].quantity", "missing", (request, _) => request.Orders[0].Items[0].Quantity = 0),
        new("orders[0].items[0].quantity", "too large", (request, _) => request.Orders[0].Items[0].Quantity = Limits.QuantityMax + 1),
    ];

    public static readonly BadField<ListOrdersRequest>[] ListOrders =
        [.. Accounts<ListOrdersRequest>((request, number) => request.AccountNumber = number, request => request.AccountNumber)];

    public static readonly BadField<RedeemOrderRequest>[] RedeemOrder =
    [
        .. Operations<RedeemOrderRequest>((request, id) => request.OperationId = id),
        .. Ids<RedeemOrderRequest>("device_id", (request, id) => request.DeviceId = id),
        new("device_id", "a gate", (request, _) => request.DeviceId = Given.Gate),
        .. Uids<RedeemOrderRequest>((request, uid) => request.CardUid = uid),
        .. Enums<RedeemOrderRequest>("meal_kind", (request, value) => request.MealKind = (MealKind)value),
        new("stop_list_override.employee_card_uid", "missing", (request, _) => request.StopListOverride = Override(uid: [])),
        new("stop_list_override.reason", "missing", (request, _) => request.StopListOverride = Override(reason: "")),
        .. Times<RedeemOrderRequest>((request, time) => request.EventTime = time),
    ];

    public static readonly BadField<SetFeePolicyRequest>[] SetFeePolicy =
    [
        new("building_id", "negative", (request, _) => request.BuildingId = -1),
        new("building_id", "too large", (request, _) => request.BuildingId = Limits.IdMax + 1),
        .. Enums<SetFeePolicyRequest>("kind", (request, value) => request.Kind = (FeeKind)value),
        new("amount_kopecks", "negative", (request, _) => request.AmountKopecks = -1),
        new("amount_kopecks", "too large", (request, _) => request.AmountKopecks = Limits.AmountMax + 1),
    ];

    public static readonly BadField<ListFeePoliciesRequest>[] ListFeePolicies =
    [
        new("page_size", "negative", (request, _) => request.PageSize = -1),
        new("page_size", "too large", (request, _) => request.PageSize = 201),
        .. new[] { "x", "!!!!", "ZjA", "ZTE", "Zi0x", new string('A', 5_000) }.Select(token =>
            new BadField<ListFeePoliciesRequest>("page_token", $"'{token[..Math.Min(token.Length, 10)]}' of {token.Length}", (request, _) => request.PageToken = token)),
    ];

    public static readonly BadField<ChargeFeeRequest>[] ChargeFee =
    [
        .. Operations<ChargeFeeRequest>((request, id) => request.OperationId = id),
        .. Accounts<ChargeFeeRequest>((request, number) => request.AccountNumber = number, request => request.AccountNumber),
        .. Ids<ChargeFeeRequest>("building_id", (request, id) => request.BuildingId = id),
        .. Enums<ChargeFeeRequest>("kind", (request, value) => request.Kind = (FeeKind)value),
        .. Ids<ChargeFeeRequest>("bank_payment.provider_id", (request, id) => request.BankPayment = new() { ProviderId = id, BankReference = "X" }),
        new("bank_payment.bank_reference", "missing", (request, _) => request.BankPayment = new() { ProviderId = 3 }),
        new("bank_payment.bank_reference", "too long", (request, _) => request.BankPayment = new() { ProviderId = 3, BankReference = new string('9', Limits.BankReferenceLengthMax + 1) }),
    ];

    public static readonly BadField<CloseAccountRequest>[] CloseAccount =
    [
        .. Operations<CloseAccountRequest>((request, id) => request.OperationId = id),
        .. Accounts<CloseAccountRequest>((request, number) => request.AccountNumber = number, request => request.AccountNumber),
        .. Ids<CloseAccountRequest>("payout_provider_id", (request, id) => request.PayoutProviderId = id),
        new("heir_account_number", "missing", (request, _) => request.HeirAccountNumber = 0),
        new("heir_account_number", "a wrong check digit", (request, _) => request.HeirAccountNumber = request.AccountNumber + 1),
        new("heir_account_number", "itself", (request, _) => request.HeirAccountNumber = request.AccountNumber),
    ];

    public static readonly BadField<GetAccountRequest>[] GetAccount =
        [.. Accounts<GetAccountRequest>((request, number) => request.AccountNumber = number, request => request.AccountNumber)];

    public static readonly BadField<ListHistoryRequest>[] ListHistory =
    [
        .. Accounts<ListHistoryRequest>((request, number) => request.AccountNumber = number, request => request.AccountNumber),
        new("page_size", "negative", (request, _) => request.PageSize = -1),
        new("page_size", "too large", (request, _) => request.PageSize = 201),
        // Of another list, a place that is none, and a place told otherwise than this server tells it.
        .. new[] { "x", "!!!!", "ZTEyIDE3IDE1MDEgMw", "aDEy", "aA", "aDAgMTcgMTUwMSAz", "aDAxMiAxNyAxNTAxIDM", "aDEyIDE3IDE1MDEgMw\n", "aDEyIDE3IDE1MDEgMA", "aDEyIDE3IDE1MDE", "aDk5OTk5OTk5OTk5OTk5OTk5OTk5", new string('A', 5_000) }.Select(token =>
            new BadField<ListHistoryRequest>("page_token", $"'{token[..Math.Min(token.Length, 20)].Trim()}' of {token.Length}", (request, _) => request.PageToken = token)),
        .. Enums<ListHistoryRequest>("kinds[1]", (request, value) => request.Kinds.Add([HistoryKind.Meal, (HistoryKind)value])),
        .. HistoryDates<ListHistoryRequest>("first_date", (request, date) => request.FirstDate = date),
        .. HistoryDates<ListHistoryRequest>("last_date", (request, date) => request.LastDate = date),
        new("last_date", "before the first", (request, _) => (request.FirstDate, request.LastDate) = (Day(2026, 9, 2), Day(2026, 9, 1))),
    ];

    public static readonly BadField<ExportHistoryRequest>[] ExportHistory =
    [
        .. Accounts<ExportHistoryRequest>((request, number) => request.AccountNumber = number, request => request.AccountNumber),
        new("first_date", "missing", (request, _) => request.FirstDate = null),
        .. HistoryDates<ExportHistoryRequest>("first_date", (request, date) => request.FirstDate = date),
        new("last_date", "missing", (request, _) => request.LastDate = null),
        .. HistoryDates<ExportHistoryRequest>("last_date", (request, date) => request.LastDate = date),
        new("last_date", "before the first", (request, _) => (request.FirstDate, request.LastDate) = (Day(2026, 9, 2), Day(2026, 9, 1))),
        new("last_date", "after more than a year", (request, _) => (request.FirstDate, request.LastDate) = (Day(2026, 9, 1), Day(2027, 9, 2))),
        .. Enums<ExportHistoryRequest>("language", (request, value) => request.Language = (Language)value),
        .. Enums<ExportHistoryRequest>("kinds[0]", (request, value) => request.Kinds.Add((HistoryKind)value)),
    ];

    public static readonly BadField<GetDayReportRequest>[] GetDayReport =
    [
        .. Accounts<GetDayReportRequest>((request, number) => request.AccountNumber = number, request => request.AccountNumber),
        .. HistoryDates<GetDayReportRequest>("date", (request, date) => request.Date = date),
    ];

    public static readonly BadField<GetWeekReportRequest>[] GetWeekReport =
    [
        .. Accounts<GetWeekReportRequest>((request, number) => request.AccountNumber = number, request => request.AccountNumber),
        .. HistoryDates<GetWeekReportRequest>("date", (request, date) => request.Date = date),
    ];

    public static readonly BadField<WatchRequest>[] Watch =
    [
        new("from_position", "negative", (request, _) => request.FromPosition = -1),
        .. Enums<WatchRequest>("kinds[1]", (request, value) => request.Kinds.Add((FactKind)value)),
        .. Ids<WatchRequest>("building_ids[2]", (request, id) => request.BuildingIds.Add(id)),
        new("building_ids", "too many", (request, _) => request.BuildingIds.Add(Enumerable.Range(1, 10_000))),
    ];

    public static readonly BadField<SetSubscriptionsRequest>[] SetSubscriptions =
    [
        .. Accounts<SetSubscriptionsRequest>((request, number) => request.AccountNumber = number, request => request.AccountNumber),
        new("guardian", "missing", (request, _) => request.Guardian = ""),
        new("guardian", "too long", (request, _) => request.Guardian = new string('g', Limits.GuardianLengthMax + 1)),
        new("guardian", "not ASCII", (request, _) => request.Guardian = "МАМА"),
        new("subscriptions", "too many", (request, _) => request.Subscriptions.Add(Enumerable.Repeat(request.Subscriptions[0], Limits.SubscriptionsMax))),
        .. Enums<SetSubscriptionsRequest>("subscriptions[0].channel", (request, value) => request.Subscriptions[0].Channel = (Channel)value),
        new("subscriptions[0].address", "missing", (request, _) => request.Subscriptions[0].Address = ""),
        new("subscriptions[0].address", "no mail address", (request, _) => request.Subscriptions[0].Address = "guardian"),
        new("subscriptions[0].address", "two lines", (request, _) => request.Subscriptions[0].Address = "guardian@example.org\r\nBcc: all@example.org"),
        new("subscriptions[0].address", "too long", (request, _) => request.Subscriptions[0].Address = new string('g', Limits.AddressLengthMax) + "@example.org"),
        new("subscriptions[1].address", "of another host", (request, _) => request.Subscriptions[1].Address = "https://localhost/"),
        new("subscriptions[1].address", "the same again", (request, _) => request.Subscriptions[1] = request.Subscriptions[0].Clone()),
        new("subscriptions[0].kinds", "none", (request, _) => request.Subscriptions[0].Kinds.Clear()),
        new("subscriptions[0].kinds", "unspecified", (request, _) => request.Subscriptions[0].Kinds.Add(NoticeKind.Unspecified)),
        new("subscriptions[1].kinds", "unknown", (request, _) => request.Subscriptions[1].Kinds.Add((NoticeKind)99)),
        .. Enums<SetSubscriptionsRequest>("subscriptions[1].language", (request, value) => request.Subscriptions[1].Language = (Language)value),
        new("subscriptions[0].low_balance_kopecks", "missing", (request, _) => request.Subscriptions[0].LowBalanceKopecks = 0),
        new("subscriptions[0].low_balance_kopecks", "negative", (request, _) => request.Subscriptions[0].LowBalanceKopecks = -1),
        new("subscriptions[0].low_balance_kopecks", "too large", (request, _) => request.Subscriptions[0].LowBalanceKopecks = Limits.AmountMax + 1),
        new("subscriptions[1].low_balance_kopecks", "without its kind", (request, _) => request.Subscriptions[1].LowBalanceKopecks = 1),
        new("subscriptions[0].child_name", "too long", (request, _) => request.Subscriptions[0].ChildName = new string('Я', Limits.ChildNameLengthMax + 1)),
        new("subscriptions[0].child_name", "two lines", (request, _) => request.Subscriptions[0].ChildName = "Маша\nSubject: x"),
        new("subscriptions[0].child_name", "written from right to left", (request, _) => request.Subscriptions[0].ChildName = "Ма\u202Eша"),
    ];

    public static readonly BadField<ListSubscriptionsRequest>[] ListSubscriptions =
        [.. Accounts<ListSubscriptionsRequest>((request, number) => request.AccountNumber = number, request => request.AccountNumber)];

    public static readonly BadField<ListDeadNoticesRequest>[] ListDeadNotices =
    [
        new("page_size", "negative", (request, _) => request.PageSize = -1),
        new("page_size", "too large", (request, _) => request.PageSize = 201),
        .. new[] { "x", "!!!!", "ZTA", "MSBhY2NvdW50", "OTk5OTk5OTk5OTk5OTk5OTk5OTkgYQ", new string('A', 5_000) }.Select(token =>
            new BadField<ListDeadNoticesRequest>("page_token", $"'{token[..Math.Min(token.Length, 10)]}' of {token.Length}", (request, _) => request.PageToken = token)),
    ];

    public static readonly BadField<SendDeadNoticesRequest>[] SendDeadNotices =
    [
        new("keys", "none", (request, _) => request.Keys.Clear()),
        new("keys", "too many", (request, _) => request.Keys.Add(Enumerable.Repeat(request.Keys[0], 1_000))),
        .. new[] { "", "account/17/5/bought", "card/17/5/came/00112233445566778899aabbccddeeff", "account/18/5/bought/00112233445566778899aabbccddeeff", "account/17/x/bought/00112233445566778899aabbccddeeff", "account/17/5/sold/00112233445566778899aabbccddeeff" }
            .Select(key => new BadField<SendDeadNoticesRequest>("keys", $"'{key}'", (request, _) => request.Keys.Add(key))),
        new("all", "with keys", (request, _) => request.All = true),
    ];

    public static readonly BadField<SetCreditPolicyRequest>[] SetCreditPolicy =
    [
        new("building_id", "negative", (request, _) => request.BuildingId = -1),
        new("building_id", "too large", (request, _) => request.BuildingId = Limits.IdMax + 1),
        new("limit_kopecks", "negative", (request, _) => request.LimitKopecks = -1),
        new("limit_kopecks", "too large", (request, _) => request.LimitKopecks = Limits.AmountMax + 1),
    ];

    public static readonly BadField<ListCreditPoliciesRequest>[] ListCreditPolicies =
    [
        new("page_size", "negative", (request, _) => request.PageSize = -1),
        new("page_size", "too large", (request, _) => request.PageSize = 201),
        .. new[] { "x", "!!!!", "cDA", "ZTE", "cC0x", new string('A', 5_000) }.Select(token =>
            new BadField<ListCreditPoliciesRequest>("page_token", $"'{token[..Math.Min(token.Length, 10)]}' of {token.Length}", (request, _) => request.PageToken = token)),
    ];

    public static readonly BadField<GetSettlementReportRequest>[] GetSettlementReport =
    [
        .. new[] { "none", "Operator", "operators", "operator/", "operator/0", "operator/-1", "operator/1000000000", "operator/7/1", "bank/x", "/7", " bank/3", "purse/meal" }
            .Select(text => new BadField<GetSettlementReportRequest>("contra_account", $"'{text}'", (request, _) => request.ContraAccount = text)),
        .. Days<GetSettlementReportRequest>("date", (request, date) => request.Date = date),
        new("time_zone", "missing", (request, _) => request.TimeZone = ""),
        new("time_zone", "no zone", (request, _) => request.TimeZone = "Europe/Atlantis"),
    ];

    public static readonly BadField<GetClaimsReportRequest>[] GetClaimsReport =
    [
        new("funder_id", "negative", (request, _) => request.FunderId = -1),
        new("funder_id", "too large", (request, _) => request.FunderId = Limits.IdMax + 1),
        .. Days<GetClaimsReportRequest>("first_date", (request, date) => request.FirstDate = date),
        .. Days<GetClaimsReportRequest>("last_date", (request, date) => request.LastDate = date),
        new("last_date", "before the first", (request, _) => request.FirstDate = new() { Year = 2026, Month = 9, Day = 2 }),
        new("last_date", "a day too far", (request, _) => request.LastDate = new() { Year = 2027, Month = 9, Day = 2 }),
    ];

    private static IEnumerable<BadField<T>> Days<T>(string field, Action<T, Google.Type.Date?> set) =>
    [
        new(field, "missing", (request, _) => set(request, null)),
        new(field, "no day", (request, _) => set(request, new() { Year = 2026, Month = 9 })),
        new(field, "31 September", (request, _) => set(request, new() { Year = 2026, Month = 9, Day = 31 })),
        new(field, "too early", (request, _) => set(request, new() { Year = 1999, Month = 12, Day = 31 })),
        new(field, "too late", (request, _) => set(request, new() { Year = 3000, Month = 1, Day = 1 })),
        new(field, "the last day of all", (request, _) => set(request, new() { Year = 9999, Month = 12, Day = 31 })),
    ];

    public static readonly BadField<SetMenuRequest>[] SetMenu =
    [
        .. Ids<SetMenuRequest>("building_id", (request, id) => request.BuildingId = id),
        .. Dates<SetMenuRequest>("date", (request, date) => request.Date = date),
        .. Ids<SetMenuRequest>("operator_id", (request, id) => request.OperatorId = id),
        new("items", "too many", (request, _) => request.Items.Add(Enumerable.Range(0, Limits.MenuItemsMax - 2).Select(n => new MenuItem(request.Items[0]) { ProductCode = $"{n}" }))),
        .. Enums<SetMenuRequest>("items[1].meal_kind", (request, value) => request.Items[1].MealKind = (MealKind)value),
        new("items[0].product_code", "missing", (request, _) => request.Items[0].ProductCode = ""),
        new("items[0].product_code", "too long", (request, _) => request.Items[0].ProductCode = new string('A', Limits.ProductCodeLengthMax + 1)),
        new("items[2].product_code", "not ASCII", (request, _) => request.Items[2].ProductCode = "ОБЕД"),
        new("items[2].product_code", "the same again", (request, _) => request.Items[2].ProductCode = request.Items[1].ProductCode),
        new("items[0].name", "missing", (request, _) => request.Items[0].Name = ""),
        new("items[0].name", "only blanks", (request, _) => request.Items[0].Name = "  "),
        new("items[1].name", "too long", (request, _) => request.Items[1].Name = new string('щ', Limits.ProductNameLengthMax + 1)),
        new("items[1].name", "two lines", (request, _) => request.Items[1].Name = "Борщ\nSubject: x"),
        .. Enums<SetMenuRequest>("items[1].category", (request, value) => request.Items[1].Category = (ProductCategory)value),
        new("items[0].price_kopecks", "negative", (request, _) => request.Items[0].PriceKopecks = -1),
        new("items[0].price_kopecks", "too large", (request, _) => request.Items[0].PriceKopecks = Limits.AmountMax + 1),
        new("items[0].allergens", "unspecified", (request, _) => request.Items[0].Allergens.Add(Allergen.Unspecified)),
        new("items[2].allergens", "unknown", (request, _) => request.Items[2].Allergens.Add((Allergen)15)),
        new("order_until", "missing", (request, _) => request.OrderUntil = null),
        .. BadTimes.Select(time => new BadField<SetMenuRequest>("order_until", $"{time.Seconds} s {time.Nanos} ns", (request, _) => request.OrderUntil = time.Clone())),
        new("order_until", "before 1970", (request, _) => request.OrderUntil = new() { Seconds = -1 }),
        new("order_until", "after the day in Moscow", (request, _) => request.OrderUntil = Timestamp.FromDateTime(new DateTime(2030, 9, 2, 21, 0, 1, DateTimeKind.Utc))),
        new("order_until", "at the end of all days", (request, _) => (request.Date, request.OrderUntil) = (new() { Year = 9999, Month = 12, Day = 31 }, new() { Seconds = 253402300799 })),
        .. Enums<SetMenuRequest>("unredeemed", (request, value) => request.Unredeemed = (UnredeemedPolicy)value),
    ];

    public static readonly BadField<ListMenusRequest>[] ListMenus =
    [
        .. Ids<ListMenusRequest>("building_id", (request, id) => request.BuildingId = id),
        .. Dates<ListMenusRequest>("first_date", (request, date) => request.FirstDate = date),
        .. Dates<ListMenusRequest>("last_date", (request, date) => request.LastDate = date),
        new("last_date", "before the first", (request, _) => request.LastDate.Year = 2029),
        new("last_date", "the 32nd day", (request, _) => request.LastDate = new() { Year = 2030, Month = 10, Day = 2 }),
        new("page_size", "negative", (request, _) => request.PageSize = -1),
        new("page_size", "too large", (request, _) => request.PageSize = 201),
        // The last but one is of another list, and the one before of the 31st of thirty days.
        .. new[] { "x", "!!!!", "bTA", "bS0x", "bTMwMDAwMDAw", "ZTE", new string('A', 5_000) }.Select(token =>
            new BadField<ListMenusRequest>("page_token", $"'{token[..Math.Min(token.Length, 10)]}' of {token.Length}", (request, _) => request.PageToken = token)),
    ];

    private static IEnumerable<BadField<T>> Dates<T>(string field, Action<T, Google.Type.Date?> set) =>
    [
        new(field, "missing", (request, _) => set(request, null)),
        new(field, "no month", (request, _) => set(request, new() { Year = 2030, Day = 1 })),
        new(field, "31 June", (request, _) => set(request, new() { Year = 2030, Month = 6, Day = 31 })),
        new(field, "no year", (request, _) => set(request, new() { Year = 10_000, Month = 1, Day = 1 })),
    ];

    private static IEnumerable<BadField<T>> Operations<T>(Action<T, ByteString> set) =>
    [
        new("operation_id", "missing", (request, _) => set(request, ByteString.Empty)),
        new("operation_id", "too short", (request, server) => set(request, ByteString.CopyFrom(server.NewId().Span[..15]))),
        new("operation_id", "too long", (request, server) => set(request, ByteString.CopyFrom([.. server.NewId().Span, 0]))),
        new("operation_id", "a UUIDv4", (request, _) => set(request, Uuid4)),
        new("operation_id", "of another variant", (request, server) => set(request, WithByte(server.NewId(), 8, 0xC0))),
        new("operation_id", "from the future", (request, server) => set(request, server.NewId(NodaTime.Duration.FromMinutes(11)))),
        new("operation_id", "from after the year 9999", (request, server) => set(request, WithByte(server.NewId(), 0, 0xFF))),
    ];

    private static IEnumerable<BadField<T>> Uids<T>(Action<T, ByteString> set) =>
    [
        new("card_uid", "missing", (request, _) => set(request, ByteString.Empty)),
        new("card_uid", "too short", (request, _) => set(request, ByteString.CopyFrom(new byte[3]))),
        new("card_uid", "too long", (request, _) => set(request, ByteString.CopyFrom(new byte[17]))),
    ];

    private static IEnumerable<BadField<T>> Ids<T>(string field, Action<T, int> set) =>
    [
        new(field, "missing", (request, _) => set(request, 0)),
        new(field, "negative", (request, _) => set(request, -1)),
        new(field, "too large", (request, _) => set(request, Limits.IdMax + 1)),
    ];

    private static IEnumerable<BadField<T>> Enums<T>(string field, Action<T, int> set) =>
    [
        new(field, "unspecified", (request, _) => set(request, 0)),
        new(field, "unknown", (request, _) => set(request, 99)),
        new(field, "negative", (request, _) => set(request, -1)),
        new(field, "beyond 16 bits", (request, _) => set(request, 65_537)),
    ];

    private static IEnumerable<BadField<T>> Accounts<T>(Action<T, long> set, Func<T, long> get) =>
    [
        new("account_number", "missing", (request, _) => set(request, 0)),
        new("account_number", "negative", (request, _) => set(request, -get(request))),
        new("account_number", "a wrong check digit", (request, _) => set(request, get(request) / 10 * 10 + (get(request) + 1) % 10)),
        new("account_number", "two neighbours swapped", (request, _) => set(request, Swapped(get(request)))),
        new("account_number", "too long", (request, _) => set(request, long.MaxValue)),
    ];

    private static IEnumerable<BadField<T>> HistoryDates<T>(string field, Action<T, Google.Type.Date> set) =>
    [
        new(field, "empty", (request, _) => set(request, new())),
        new(field, "before the years of histories", (request, _) => set(request, Day(1999, 12, 31))),
        new(field, "after the years of histories", (request, _) => set(request, Day(3000, 1, 1))),
        new(field, "no month", (request, _) => set(request, Day(2026, 13, 1))),
        new(field, "only a month", (request, _) => set(request, Day(2026, 9, 0))),
        new(field, "no day of its month", (request, _) => set(request, Day(2026, 2, 29))),
    ];

    private static Google.Type.Date Day(int year, int month, int day) => new() { Year = year, Month = month, Day = day };

    private static IEnumerable<BadField<T>> Times<T>(Action<T, Timestamp> set) => BadTimes.Select(time =>
        new BadField<T>("event_time", $"{time.Seconds} s {time.Nanos} ns", (request, _) => set(request, time.Clone())));

    // That each field of a line is looked at; all the ways in which it can be wrong are among those of a sale.
    private static IEnumerable<BadField<T>> Lines<T>(Func<T, Google.Protobuf.Collections.RepeatedField<SaleLine>> lines) =>
    [
        new("lines", "none", (request, _) => lines(request).Clear()),
        new("lines[1].product_code", "missing", (request, _) => lines(request)[1].ProductCode = ""),
        .. Enums<T>("lines[0].category", (request, value) => lines(request)[0].Category = (ProductCategory)value),
        new("lines[0].quantity", "missing", (request, _) => lines(request)[0].Quantity = 0),
        new("lines[0].unit_price_kopecks", "negative", (request, _) => lines(request)[0].UnitPriceKopecks = -1),
        new("lines[1].allergens", "unknown", (request, _) => lines(request)[1].Allergens.Add((Allergen)15)),
    ];

    private static Zvonok.Till.V1.StopListOverride Override(byte[]? uid = null, string reason = "It is all there is") =>
        new() { EmployeeCardUid = ByteString.CopyFrom(uid ?? [1, 2, 3, 4]), Reason = reason };

    private static ByteString WithByte(ByteString id, int at, byte value)
    {
        var bytes = id.ToByteArray();
        bytes[at] = value;
        return ByteString.CopyFrom(bytes);
    }

    // The first two neighbours that differ.
    private static long Swapped(long number)
    {
        var digits = number.ToString(System.Globalization.CultureInfo.InvariantCulture).ToCharArray();
        var at = Enumerable.Range(0, digits.Length - 1).First(at => at > 0 && digits[at] != digits[at + 1]);
        (digits[at], digits[at + 1]) = (digits[at + 1], digits[at]);
        return long.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
    }
}
