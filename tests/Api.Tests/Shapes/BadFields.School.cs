using Zvonok.Domain;
using Zvonok.Registry.V1;
using Zvonok.Schools.V1;

namespace Zvonok.Api.Tests.Shapes;

internal static partial class BadFields
{
    public static readonly BadField<IssueCardRequest>[] IssueCard =
    [
        .. Operations<IssueCardRequest>((request, id) => request.OperationId = id),
        .. Authors<IssueCardRequest>(request => request.Author, request => request.Author = null),
        .. Uids<IssueCardRequest>((request, uid) => request.CardUid = uid),
        .. Enums<IssueCardRequest>("kind", (request, value) => request.Kind = (CardKind)value),
        new("kind", "a temporary card's", (request, _) => request.Kind = CardKind.TemporaryCard),
        .. Accounts<IssueCardRequest>((request, number) => request.AccountNumber = number, request => request.AccountNumber),
        new("further_building_ids", "zero", (request, _) => request.FurtherBuildingIds.Add(0)),
        new("further_building_ids", "too many", (request, _) => request.FurtherBuildingIds.Add(Enumerable.Range(1, Limits.FurtherBuildingsMax))),
    ];

    public static readonly BadField<BindCardRequest>[] BindCard =
    [
        .. Operations<BindCardRequest>((request, id) => request.OperationId = id),
        .. Authors<BindCardRequest>(request => request.Author, request => request.Author = null),
        .. Cards<BindCardRequest>((request, card) => request.Card = card),
        .. Accounts<BindCardRequest>((request, number) => request.AccountNumber = number, request => request.AccountNumber),
    ];

    public static readonly BadField<ReplaceCardRequest>[] ReplaceCard =
    [
        .. Operations<ReplaceCardRequest>((request, id) => request.OperationId = id),
        .. Authors<ReplaceCardRequest>(request => request.Author, request => request.Author = null),
        .. Cards<ReplaceCardRequest>((request, card) => request.Card = card),
        new("new_card_uid", "missing", (request, _) => request.NewCardUid = ByteString.Empty),
        new("new_card_uid", "too long", (request, _) => request.NewCardUid = ByteString.CopyFrom(new byte[17])),
        new("new_card_uid", "the old card's", (request, _) => request.NewCardUid = request.Card.Uid),
        .. Enums<ReplaceCardRequest>("new_kind", (request, value) => request.NewKind = (CardKind)value),
        new("new_kind", "a visitor's card", (request, _) => request.NewKind = CardKind.VisitorCard),
        .. Enums<ReplaceCardRequest>("old_state", (request, value) => request.OldState = (CardState)value),
        new("old_state", "active", (request, _) => request.OldState = CardState.Active),
        new("old_state", "destroyed", (request, _) => request.OldState = CardState.Destroyed),
        new("bank_payment", "for a card that is not lost", (request, _) => (request.OldState, request.BankPayment) = (CardState.Returned, new() { ProviderId = 3, BankReference = "X" })),
        .. Ids<ReplaceCardRequest>("bank_payment.provider_id", (request, id) => request.BankPayment = new() { ProviderId = id, BankReference = "X" }),
        new("bank_payment.bank_reference", "missing", (request, _) => request.BankPayment = new() { ProviderId = 3 }),
        new("bank_payment.bank_reference", "too long", (request, _) => request.BankPayment = new() { ProviderId = 3, BankReference = new string('9', Limits.BankReferenceLengthMax + 1) }),
    ];

    public static readonly BadField<ReportCardLostRequest>[] ReportCardLost =
    [
        .. Operations<ReportCardLostRequest>((request, id) => request.OperationId = id),
        .. Authors<ReportCardLostRequest>(request => request.Author, request => request.Author = null),
        .. Cards<ReportCardLostRequest>((request, card) => request.Card = card),
    ];

    public static readonly BadField<BlockCardRequest>[] BlockCard =
    [
        .. Operations<BlockCardRequest>((request, id) => request.OperationId = id),
        .. Authors<BlockCardRequest>(request => request.Author, request => request.Author = null),
        .. Cards<BlockCardRequest>((request, card) => request.Card = card),
    ];

    public static readonly BadField<HandInCardRequest>[] HandInCard =
    [
        .. Operations<HandInCardRequest>((request, id) => request.OperationId = id),
        .. Authors<HandInCardRequest>(request => request.Author, request => request.Author = null),
        .. Cards<HandInCardRequest>((request, card) => request.Card = card),
    ];

    public static readonly BadField<DestroyCardRequest>[] DestroyCard =
    [
        .. Operations<DestroyCardRequest>((request, id) => request.OperationId = id),
        .. Authors<DestroyCardRequest>(request => request.Author, request => request.Author = null),
        .. Cards<DestroyCardRequest>((request, card) => request.Card = card),
    ];

    public static readonly BadField<IssueTemporaryCardRequest>[] IssueTemporaryCard =
    [
        .. Operations<IssueTemporaryCardRequest>((request, id) => request.OperationId = id),
        .. Authors<IssueTemporaryCardRequest>(request => request.Author, request => request.Author = null),
        .. Uids<IssueTemporaryCardRequest>((request, uid) => request.CardUid = uid),
        .. Accounts<IssueTemporaryCardRequest>((request, number) => request.AccountNumber = number, request => request.AccountNumber),
        .. BadTimes.Select(time => new BadField<IssueTemporaryCardRequest>("expire_time", $"{time.Seconds} s {time.Nanos} ns", (request, _) => request.ExpireTime = time.Clone())),
    ];

    public static readonly BadField<IssueVisitorCardRequest>[] IssueVisitorCard =
    [
        .. Operations<IssueVisitorCardRequest>((request, id) => request.OperationId = id),
        .. Authors<IssueVisitorCardRequest>(request => request.Author, request => request.Author = null),
        .. Uids<IssueVisitorCardRequest>((request, uid) => request.CardUid = uid),
        new("host_account_number", "missing", (request, _) => request.HostAccountNumber = 0),
        new("host_account_number", "a wrong check digit", (request, _) => request.HostAccountNumber = 11),
        new("expire_time", "missing", (request, _) => request.ExpireTime = null),
        .. BadTimes.Select(time => new BadField<IssueVisitorCardRequest>("expire_time", $"{time.Seconds} s {time.Nanos} ns", (request, _) => request.ExpireTime = time.Clone())),
        new("book_key", "too long", (request, _) => request.BookKey = new string('7', Limits.GroupKeyLengthMax + 1)),
        new("book_key", "not ASCII", (request, _) => request.BookKey = "№ 7"),
    ];

    public static readonly BadField<ListVisitsRequest>[] ListVisits =
    [
        .. Ids<ListVisitsRequest>("building_id", (request, id) => request.BuildingId = id),
        .. PagesOfCards<ListVisitsRequest>((request, size) => request.PageSize = size, (request, token) => request.PageToken = token),
    ];

    public static readonly BadField<TestCardRequest>[] TestCard = [.. Uids<TestCardRequest>((request, uid) => request.CardUid = uid)];

    public static readonly BadField<ListCardsRequest>[] ListCards =
    [
        .. Accounts<ListCardsRequest>((request, number) => request.AccountNumber = number, request => request.AccountNumber),
        .. PagesOfCards<ListCardsRequest>((request, size) => request.PageSize = size, (request, token) => request.PageToken = token),
    ];

    public static readonly BadField<ListCardEventsRequest>[] ListCardEvents =
    [
        .. Cards<ListCardEventsRequest>((request, card) => request.Card = card),
        .. PagesOfCards<ListCardEventsRequest>((request, size) => request.PageSize = size, (request, token) => request.PageToken = token),
    ];

    public static readonly BadField<ListFoundCardsRequest>[] ListFoundCards =
    [
        .. Ids<ListFoundCardsRequest>("building_id", (request, id) => request.BuildingId = id),
        .. PagesOfCards<ListFoundCardsRequest>((request, size) => request.PageSize = size, (request, token) => request.PageToken = token),
    ];

    private static IEnumerable<BadField<T>> Authors<T>(Func<T, Author> author, Action<T> remove) =>
    [
        new("author.building_id", "no author", (request, _) => remove(request)),
        .. Ids<T>("author.building_id", (request, id) => author(request).BuildingId = id),
        new("author.employee_account_number", "nobody", (request, _) => author(request).ClearWho()),
        new("author.employee_account_number", "a wrong check digit", (request, _) => author(request).EmployeeAccountNumber = 11),
        .. Ids<T>("author.device_id", (request, id) => author(request).DeviceId = id),
        new("author.device_id", "of another building", (request, _) => author(request).DeviceId = Given.ClubGate),
        new("author.reason", "missing", (request, _) => author(request).Reason = ""),
        new("author.reason", "only blanks", (request, _) => author(request).Reason = "  "),
        new("author.reason", "too long", (request, _) => author(request).Reason = new string('я', Limits.ReasonLengthMax + 1)),
        new("author.reason", "two lines", (request, _) => author(request).Reason = "Да\nнет"),
    ];

    private static IEnumerable<BadField<T>> Cards<T>(Action<T, CardName?> set) =>
    [
        new("card", "missing", (request, _) => set(request, null)),
        new("card", "without a name", (request, _) => set(request, new())),
        new("card.uid", "empty", (request, _) => set(request, new() { Uid = ByteString.Empty })),
        new("card.uid", "too long", (request, _) => set(request, new() { Uid = ByteString.CopyFrom(new byte[17]) })),
        new("card.token", "too short", (request, _) => set(request, new() { Token = ByteString.CopyFrom(new byte[15]) })),
        new("card.token", "too long", (request, _) => set(request, new() { Token = ByteString.CopyFrom(new byte[17]) })),
    ];

    private static IEnumerable<BadField<T>> PagesOfCards<T>(Action<T, int> setSize, Action<T, string> setToken) =>
    [
        new("page_size", "negative", (request, _) => setSize(request, -1)),
        new("page_size", "too large", (request, _) => setSize(request, 201)),
        new("page_token", "somebody's", (request, _) => setToken(request, "abc")),
        new("page_token", "not ours", (request, _) => setToken(request, "не наш")),
        new("page_token", "too long", (request, _) => setToken(request, new string('A', 100))),
    ];
}
