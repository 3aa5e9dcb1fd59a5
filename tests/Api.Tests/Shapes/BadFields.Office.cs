using Google.Protobuf.WellKnownTypes;
using Zvonok.Cities.V1;
using Zvonok.Domain;
using Zvonok.Family.V1;
using Zvonok.Office.V1;
using Zvonok.Till.V1;

namespace Zvonok.Api.Tests.Shapes;

// The requests of the office.
internal static partial class BadFields
{
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

    public static readonly BadField<ListOpenTransfersRequest>[] ListOpenTransfers =
    [
        new("page_size", "negative", (request, _) => request.PageSize = -1),
        new("page_size", "too large", (request, _) => request.PageSize = 201),
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
        new("heir_account_number", "a wrong check digit", (request, _) => request.HeirAccountNumber = Mistyped(request.AccountNumber)),
        new("heir_account_number", "itself", (request, _) => request.HeirAccountNumber = request.AccountNumber),
    ];

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

    public static readonly BadField<GetExceptionsReportRequest>[] GetExceptionsReport =
    [
        new("building_id", "negative", (request, _) => request.BuildingId = -1),
        new("building_id", "too large", (request, _) => request.BuildingId = Limits.IdMax + 1),
        .. Days<GetExceptionsReportRequest>("first_date", (request, date) => request.FirstDate = date),
        .. Days<GetExceptionsReportRequest>("last_date", (request, date) => request.LastDate = date),
        new("last_date", "before the first", (request, _) => request.FirstDate = new() { Year = 2026, Month = 9, Day = 2 }),
        new("last_date", "a day too far", (request, _) => request.LastDate = new() { Year = 2027, Month = 9, Day = 2 }),
        new("time_zone", "missing", (request, _) => request.TimeZone = ""),
        new("time_zone", "no zone", (request, _) => request.TimeZone = "Europe/Atlantis"),
    ];

    public static readonly BadField<GetFiguresRequest>[] GetFigures =
    [
        .. Days<GetFiguresRequest>("date", (request, date) => request.Date = date),
        new("building_id", "negative", (request, _) => request.BuildingId = -1),
        new("building_id", "too large", (request, _) => request.BuildingId = Limits.IdMax + 1),
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
}
