using Google.Protobuf.WellKnownTypes;
using Zvonok.Api.Tests.Servers;
using Zvonok.Domain;
using Zvonok.Family.V1;
using Zvonok.Feed.V1;
using Zvonok.Gate.V1;
using Zvonok.Till.V1;

namespace Zvonok.Api.Tests.Shapes;

/// <summary>One way to send one field of a request wrong.</summary>
/// <param name="Field">How the answer has to name it.</param>
/// <param name="Wrong">What is wrong, in words.</param>
/// <param name="Spoil">Makes a good request bad.</param>
internal sealed record BadField<TRequest>(string Field, string Wrong, Action<TRequest, Server> Spoil);

/// <summary>Every field of every request, sent wrong in every way that it can be.</summary>
internal static partial class BadFields
{
    /// <summary>The rows of a table, by field and what is wrong with it, for a theory.</summary>
    public static TheoryData<string, string> Cases<T>(BadField<T>[] table)
    {
        var cases = new TheoryData<string, string>();
        foreach (var bad in table) cases.Add(bad.Field, bad.Wrong);
        return cases;
    }

    private static readonly ByteString Uuid4 = ByteString.CopyFrom(Guid.Parse("7f1c7b1e-58b0-4c9a-9a43-6f1a8d3b2c10").ToByteArray(bigEndian: true));
    private static readonly Timestamp[] BadTimes = [new() { Seconds = long.MaxValue }, new() { Seconds = -62135596801 }, new() { Nanos = -1 }, new() { Nanos = 1_000_000_000 }];

    public static readonly BadField<TapRequest>[] Tap =
    [
        .. Operations<TapRequest>((request, id) => request.OperationId = id),
        .. Uids<TapRequest>((request, uid) => request.CardUid = uid),
        .. Ids<TapRequest>("device_id", (request, id) => request.DeviceId = id),
        new("device_id", "a till", (request, _) => request.DeviceId = Given.Till),
        new("device_id", "a service point", (request, _) => request.DeviceId = Given.Museum),
        .. Enums<TapRequest>("direction", (request, value) => request.Direction = (Direction)value),
        .. Times<TapRequest>((request, time) => request.EventTime = time),
    ];

    public static readonly BadField<ReportGateEventRequest>[] ReportGateEvent =
    [
        .. Operations<ReportGateEventRequest>((request, id) => request.OperationId = id),
        .. Ids<ReportGateEventRequest>("device_id", (request, id) => request.DeviceId = id),
        new("device_id", "a till", (request, _) => request.DeviceId = Given.Till),
        .. Enums<ReportGateEventRequest>("kind", (request, value) => Seen(request, (GateEventKind)value)),
        new("passage_number", "negative", (request, _) => request.PassageNumber = -1),
        new("passage_number", "of a forced passage", (request, _) => Seen(request, GateEventKind.Forced).PassageNumber = 1),
        new("passage_operation_id", "missing", (request, _) => request.PassageOperationId = ByteString.Empty),
        new("passage_operation_id", "a UUIDv4", (request, _) => request.PassageOperationId = Uuid4),
        new("passage_operation_id", "of a gate that was tampered with", (request, server) => Seen(request, GateEventKind.Tampered).PassageOperationId = server.NewId()),
        new("direction", "of what did not take place", (request, _) => request.Direction = Direction.In),
        new("direction", "of a gate that is held open", (request, _) => Seen(request, GateEventKind.HeldOpen).Direction = Direction.Out),
        new("direction", "a sensor that cannot tell", (request, _) => Seen(request, GateEventKind.Forced).Direction = Direction.Toggle),
        new("direction", "unknown", (request, _) => Seen(request, GateEventKind.Forced).Direction = (Direction)99),
        .. Times<ReportGateEventRequest>((request, time) => request.EventTime = time),
    ];

    public static readonly BadField<AdmitManuallyRequest>[] AdmitManually =
    [
        .. Operations<AdmitManuallyRequest>((request, id) => request.OperationId = id),
        .. Ids<AdmitManuallyRequest>("device_id", (request, id) => request.DeviceId = id),
        new("device_id", "a till", (request, _) => request.DeviceId = Given.Till),
        .. Accounts<AdmitManuallyRequest>((request, number) => request.AccountNumber = number, request => request.AccountNumber),
        .. Enums<AdmitManuallyRequest>("direction", (request, value) => request.Direction = (Direction)value),
        new("employee_card_uid", "missing", (request, _) => request.EmployeeCardUid = ByteString.Empty),
        new("employee_card_uid", "too long", (request, _) => request.EmployeeCardUid = ByteString.CopyFrom(new byte[17])),
        new("reason", "missing", (request, _) => request.Reason = ""),
        new("reason", "only blanks", (request, _) => request.Reason = "   "),
        new("reason", "too long", (request, _) => request.Reason = new string('я', Limits.ReasonLengthMax + 1)),
        new("reason", "two lines", (request, _) => request.Reason = "Да\nSubject: x"),
        .. Times<AdmitManuallyRequest>((request, time) => request.EventTime = time),
    ];

    public static readonly BadField<VerifyRequest>[] Verify =
    [
        .. Ids<VerifyRequest>("device_id", (request, id) => request.DeviceId = id),
        new("device_id", "a till", (request, _) => request.DeviceId = Given.Till),
        .. Uids<VerifyRequest>((request, uid) => request.CardUid = uid),
    ];

    public static readonly BadField<HandOverRequest>[] HandOver =
    [
        .. Operations<HandOverRequest>((request, id) => request.OperationId = id),
        .. Ids<HandOverRequest>("device_id", (request, id) => request.DeviceId = id),
        new("device_id", "a service point", (request, _) => request.DeviceId = Given.Museum),
        .. Uids<HandOverRequest>((request, uid) => request.CardUid = uid),
        .. Enums<HandOverRequest>("direction", (request, value) => request.Direction = (Direction)value),
        new("child_account_numbers", "none", (request, _) => request.ChildAccountNumbers.Clear()),
        new("child_account_numbers", "too many", (request, _) => request.ChildAccountNumbers.Add(Enumerable.Repeat(request.ChildAccountNumbers[0], Limits.HandOverChildrenMax))),
        new("child_account_numbers[0]", "a wrong check digit", (request, _) => request.ChildAccountNumbers[0] = Mistyped(request.ChildAccountNumbers[0])),
        new("child_account_numbers[1]", "the same again", (request, _) => request.ChildAccountNumbers.Add(request.ChildAccountNumbers[0])),
        .. Times<HandOverRequest>((request, time) => request.EventTime = time),
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
        new("members[0].account_number", "a wrong check digit", (request, _) => request.Members[0].AccountNumber = Mistyped(request.Members[0].AccountNumber)),
        new("members[1].account_number", "the same again", (request, _) => request.Members.Add(request.Members[0].Clone())),
        .. Enums<SettleClassRequest>("members[0].payer", (request, value) => request.Members[0].Payer = (ClassMember.Types.Payer)value),
        .. Times<SettleClassRequest>((request, time) => request.EventTime = time),
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
        new("to_account_number", "a wrong check digit", (request, _) => request.ToAccountNumber = Mistyped(request.ToAccountNumber)),
        .. Enums<TransferRequest>("to_purse", (request, value) => request.ToPurse = (Purse)value),
        new("to_purse", "where it is", (request, _) => request.ToPurse = request.Purse),
        new("amount_kopecks", "zero", (request, _) => request.AmountKopecks = 0),
        new("amount_kopecks", "negative", (request, _) => request.AmountKopecks = -1),
        new("amount_kopecks", "too large", (request, _) => request.AmountKopecks = Limits.AmountMax + 1),
        .. Times<TransferRequest>((request, time) => request.EventTime = time),
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

    private static Google.Type.Date Day(int year, int month, int day) => new() { Year = year, Month = month, Day = day };
}
