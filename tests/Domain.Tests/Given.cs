using Zvonok.Domain.Accounts;
using Zvonok.Domain.Buildings;
using Zvonok.Domain.Cards;
using Zvonok.Domain.Operations;

namespace Zvonok.Domain.Tests;

/// <summary>Sample data: numbers and codes, nobody's.</summary>
internal static class Given
{
    /// <summary>Tuesday, 1 September 2026, 09:00 in Moscow.</summary>
    public static readonly Instant Morning = Instant.FromUtc(2026, 9, 1, 6, 0);

    public static readonly LocalDate Today = new(2026, 9, 1);

    public static readonly AccountNumber Number = AccountNumber.FromSerial(4_021_337);

    public static readonly ContraAccount Seller = ContraAccount.Operator(7);

    public static readonly DeviceId Till = new(501);

    public static readonly DeviceId Gate = new(601);

    public static readonly ContraAccount Carrier = ContraAccount.Carrier(12);

    public static readonly DeviceId Validator = new(701);

    public static readonly BuildingId School = new(1501);

    public static readonly BuildingId Club = new(2002);

    public const string Zone = "Europe/Moscow";

    /// <summary>The n-th operation id; each number is another operation.</summary>
    public static OperationId Operation(int n = 1) => OperationId.Create(Morning, 0, (ulong)n);

    public static AccountState Account(long meal = 0, long transport = 0, long? limit = null, bool isClosed = false, string zone = Zone) => new()
    {
        Profile = new AccountProfile
        {
            Number = Number,
            Kind = AccountKind.Pupil,
            ZoneId = zone,
            DailyLimit = limit is { } kopecks ? new Money(kopecks) : null,
            IsClosed = isClosed,
        },
        Meal = new Money(meal),
        Transport = new Money(transport),
    };

    /// <summary>A lunch of that price, at the till of <see cref="Seller"/> unless told otherwise.</summary>
    public static Sale Sale(long total = 15_000, Instant? at = null, int operation = 1, ContraAccount? seller = null) => new()
    {
        Operation = Operation(operation),
        EventTime = at,
        Device = Till,
        Seller = seller ?? Seller,
        Lines = [new SaleLine("LUNCH", ProductCategory.HotMeal, 1, new Money(total), Allergens.Milk | Allergens.Gluten)],
        Total = new Money(total),
    };

    /// <summary>A lunch and something from the buffet, which is line 1.</summary>
    public static Sale Meal(long hotMeal, long buffet, Instant? at = null, int operation = 1, ContraAccount? seller = null) => Sale(hotMeal + buffet, at, operation, seller) with
    {
        Lines =
        [
            new SaleLine("LUNCH", ProductCategory.HotMeal, 1, new Money(hotMeal), Allergens.Milk | Allergens.Gluten),
            new SaleLine("BUN", ProductCategory.Buffet, 1, new Money(buffet), Allergens.Gluten),
        ],
    };

    public static Reversal Reversal(long saleSeq = 1, Instant? at = null, int operation = 2, ContraAccount? seller = null, LineSet lines = default) => new()
    {
        Operation = Operation(operation),
        EventTime = at,
        Device = Till,
        Seller = seller ?? Seller,
        SaleSeq = saleSeq,
        Lines = lines,
    };

    public static TopUp TopUp(long amount = 50_000, Purse purse = Purse.Meal, Instant? at = null, int operation = 3) => new()
    {
        Operation = Operation(operation),
        EventTime = at,
        Purse = purse,
        Amount = new Money(amount),
        Reference = new BankReference(3, "PAY-2026-000017"),
    };

    /// <summary>A lunch of that price at public cost.</summary>
    public static Redemption Redemption(long total = 15_000, MealKind meal = MealKind.Lunch, Instant? at = null, int operation = 1, ContraAccount? seller = null) => new()
    {
        Operation = Operation(operation),
        EventTime = at,
        Device = Till,
        Seller = seller ?? Seller,
        Meal = meal,
        Lines = Sale(total).Lines,
        Total = new Money(total),
    };

    public static EntitlementChange EntitlementChange(EntitlementList? list, Instant? at = null, int operation = 8) => new()
    {
        Operation = Operation(operation),
        EventTime = at,
        Entitlements = list,
    };

    public static Ride Ride(long fare = 4_600, Instant? at = null, int operation = 6) => new()
    {
        Operation = Operation(operation),
        EventTime = at,
        Device = Validator,
        Carrier = Carrier,
        Fare = new Money(fare),
    };

    public static LimitChange RideLimitChange(long? limit, Instant? at = null, int operation = 7) => LimitChange(limit, at, operation) with { Purse = Purse.Transport };

    public static LimitChange LimitChange(long? limit, Instant? at = null, int operation = 4, ProductCategory? category = null) => new()
    {
        Operation = Operation(operation),
        EventTime = at,
        Limit = limit is { } kopecks ? new Money(kopecks) : null,
        Category = category,
    };

    public static StopListChange StopListChange(StopList? list, Instant? at = null, int operation = 5) => new()
    {
        Operation = Operation(operation),
        EventTime = at,
        StopList = list,
    };

    /// <summary>From the meal purse to the sister's, unless told otherwise.</summary>
    public static Transfer Transfer(long? amount, AccountNumber? to = null, int operation = 9) => new()
    {
        Operation = Operation(operation),
        From = Purse.Meal,
        To = to ?? AccountNumber.FromSerial(77),
        ToPurse = Purse.Meal,
        Amount = amount is { } kopecks ? new Money(kopecks) : null,
    };

    /// <summary>Tomorrow's lunch at the school, to be ordered until this evening; kept by nobody.</summary>
    public static MealOrder Order(long total = 15_000, int days = 1, MealKind meal = MealKind.Lunch, bool isKept = false) => new(
        School, Today.PlusDays(days), meal, Seller, [new SaleLine("LUNCH", ProductCategory.HotMeal, 1, new Money(total), Allergens.Milk)], Morning + Duration.FromHours(9 + 24 * (days - 1)), isKept);

    public static OrderChange OrderChange(int operation = 12, long[]? cancelled = null, params MealOrder[] placed) => new() { Operation = Operation(operation), Cancelled = cancelled ?? [], Placed = placed };

    public static OrderRedemption OrderRedemption(Instant? at = null, MealKind meal = MealKind.Lunch, int operation = 13, ContraAccount? seller = null) =>
        new() { Operation = Operation(operation), EventTime = at, Device = Till, Seller = seller ?? Seller, Meal = meal };

    public static FeeCharge Fee(long amount, int operation = 10) => new() { Operation = Operation(operation), Kind = FeeKind.CardReplacement, Amount = new Money(amount) };

    public static Closing Closing(int? bank, int operation = 11) => new() { Operation = Operation(operation), PaidOutBy = bank is { } id ? ContraAccount.Bank(id) : null };

    public static CardToken Token(int n = 1) => new(new Guid(n, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));

    /// <summary>An active school card of <see cref="School"/>.</summary>
    public static Card Card(CardState state = CardState.Active, Instant? expiresAt = null, AccessRights? rights = null, long serial = 4_021_337) => new()
    {
        Token = Token(),
        Kind = CardKind.SchoolCard,
        State = state,
        Account = AccountNumber.FromSerial(serial),
        Rights = rights ?? new AccessRights(School),
        ExpiresAt = expiresAt,
    };

    public static BuildingState Building(string zone = Zone) => new(new BuildingProfile(School, zone));

    public static Tap Tap(Direction direction = Direction.In, Instant? at = null, BuildingId? building = null, int operation = 1) => new()
    {
        Operation = Operation(operation),
        Token = Token(),
        Device = Gate,
        Building = building ?? School,
        Direction = direction,
        EventTime = at,
    };

    /// <summary>What the gate decided without us.</summary>
    public static OfflinePassage OfflinePassage(Direction direction, Instant at, int operation = 1, long serial = 4_021_337) => new()
    {
        Operation = Operation(operation),
        Device = Gate,
        Account = AccountNumber.FromSerial(serial),
        Direction = direction,
        Outcome = PassageOutcome.Admitted,
        EventTime = at,
    };

    public static GateEvent GateEvent(GateEventKind kind, int operation = 1, Instant? at = null, PassageName? passage = null, Direction? direction = null) =>
        new() { Operation = Operation(operation), Kind = kind, Device = Gate, Passage = passage, Direction = direction, EventTime = at };

    /// <summary>An employee lets the person of <see cref="Number"/> pass who has forgotten the card.</summary>
    public static ManualAdmission ManualAdmission(Direction direction = Direction.In, Instant? at = null, int operation = 1, long serial = 4_021_337) => new()
    {
        Operation = Operation(operation),
        Account = AccountNumber.FromSerial(serial),
        Device = Gate,
        Direction = direction,
        Vouching = new Vouching(AccountNumber.FromSerial(77), "The card is at home"),
        EventTime = at,
    };

    public static readonly AccountNumber Adult = AccountNumber.FromSerial(88);

    /// <summary>That the adult may, or must not, bring and collect the child of <see cref="Number"/>.</summary>
    public static PickUpRight PickUp(bool isDeny = false, bool brings = true, bool collects = true, LocalDate? from = null, LocalDate? until = null) =>
        new(Adult, Number, isDeny, brings, collects, from, until);

    public static HandOver HandOver(Direction direction = Direction.In, Instant? at = null, int operation = 1, params PickUpRight[] rights) => new()
    {
        Operation = Operation(operation), Token = Token(), Child = Number, Device = Gate, Direction = direction, Rights = rights, EventTime = at,
    };

    /// <summary>The adult's.</summary>
    public static Card PickUpCard(CardState state = CardState.Active, Instant? expiresAt = null) => Card(state, expiresAt) with { Kind = CardKind.PickUpCard, Account = Adult };

    public static ModeChange ModeChange(BuildingMode mode, Instant? at = null, int operation = 1) =>
        new() { Operation = Operation(operation), Mode = mode, EventTime = at };
}
