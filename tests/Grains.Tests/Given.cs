using Zvonok.Grains.Registry;

namespace Zvonok.Grains.Tests;

/// <summary>Sample data: numbers and codes, nobody's.</summary>
internal static class Given
{
    /// <summary>Tuesday, 1 September 2026, 09:00 in Moscow.</summary>
    public static readonly Instant Morning = Instant.FromUtc(2026, 9, 1, 6, 0);

    public static readonly ContraAccount Seller = ContraAccount.Operator(7);

    public static readonly DeviceId Till = new(501);

    public static readonly DeviceId Gate = new(601);

    public const string Zone = "Europe/Moscow";

    public static AccountNumber Number(int n) => AccountNumber.FromSerial(n);

    public static CardToken Token(int n) => new(new Guid(n, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));

    public static AccountRow AccountRow(AccountNumber number, long? limit = null, string zone = Zone) => new(1, new AccountProfile
    {
        Number = number,
        Kind = AccountKind.Pupil,
        ZoneId = zone,
        DailyLimit = limit is { } kopecks ? new Money(kopecks) : null,
    });

    public static BuildingRow BuildingRow(BuildingId id, string zone = Zone) => new(1, new BuildingProfile(id, zone));

    public static CardRow CardRow(CardToken token, AccountNumber account, BuildingId home, CardState state = CardState.Active) =>
        new(1, Card(token, account, home, state));

    public static Card Card(CardToken token, AccountNumber account, BuildingId home, CardState state = CardState.Active) => new()
    {
        Token = token,
        Kind = CardKind.SchoolCard,
        State = state,
        Account = account,
        Rights = new AccessRights(home),
    };

    public static Sale Sale(OperationId operation, long total = 10_000, Instant? at = null, ContraAccount? seller = null) => new()
    {
        Operation = operation,
        EventTime = at,
        Device = Till,
        Seller = seller ?? Seller,
        Lines = [new SaleLine("LUNCH", ProductCategory.HotMeal, 1, new Money(total), Allergens.Milk)],
        Total = new Money(total),
    };

    public static Redemption Redemption(OperationId operation, MealKind meal = MealKind.Lunch, Instant? at = null) => new()
    {
        Operation = operation,
        EventTime = at,
        Device = Till,
        Seller = Seller,
        Meal = meal,
        Lines = Sale(operation).Lines,
        Total = new Money(10_000),
    };

    public static EntitlementChange EntitlementChange(OperationId operation, EntitlementList? list) => new() { Operation = operation, Entitlements = list };

    public static Ride Ride(OperationId operation, long fare = 4_600, Instant? at = null) => new()
    {
        Operation = operation,
        EventTime = at,
        Device = new DeviceId(701),
        Carrier = ContraAccount.Carrier(12),
        Fare = new Money(fare),
    };

    public static Transfer Transfer(OperationId operation, AccountNumber to, long amount) =>
        new() { Operation = operation, From = Purse.Meal, To = to, ToPurse = Purse.Meal, Amount = new Money(amount) };

    /// <summary>Tomorrow's lunch, to be ordered until this evening.</summary>
    public static MealOrder Order(long total = 10_000, int days = 1, BuildingId? building = null, bool isKept = false) => new(
        building ?? new BuildingId(1501), new LocalDate(2026, 9, 1).PlusDays(days), MealKind.Lunch, Seller, [new SaleLine("LUNCH", ProductCategory.HotMeal, 1, new Money(total), Allergens.Milk)],
        Morning + Duration.FromHours(9 + 24 * (days - 1)), isKept);

    public static OrderChange OrderChange(OperationId operation, long[]? cancelled = null, params MealOrder[] placed) => new() { Operation = operation, Cancelled = cancelled ?? [], Placed = placed };

    public static OrderRedemption OrderRedemption(OperationId operation) => new() { Operation = operation, Device = Till, Seller = Seller, Meal = MealKind.Lunch };

    public static FeeCharge Fee(OperationId operation, long amount) => new() { Operation = operation, Kind = FeeKind.CardReplacement, Amount = new Money(amount) };

    public static Closing Closing(OperationId operation, int? bank = null) => new() { Operation = operation, PaidOutBy = bank is { } id ? ContraAccount.Bank(id) : null };

    public static Reversal Reversal(OperationId operation, long saleSeq, Instant? at = null, ContraAccount? seller = null) => new()
    {
        Operation = operation,
        EventTime = at,
        Device = Till,
        Seller = seller ?? Seller,
        SaleSeq = saleSeq,
    };

    public static TopUp TopUp(OperationId operation, long amount, string reference, Purse purse = Purse.Meal, Instant? at = null) => new()
    {
        Operation = operation,
        EventTime = at,
        Purse = purse,
        Amount = new Money(amount),
        Reference = new BankReference(3, reference),
    };

    public static LimitChange LimitChange(OperationId operation, long? limit, ProductCategory? category = null) =>
        new() { Operation = operation, Limit = limit is { } kopecks ? new Money(kopecks) : null, Category = category };

    public static StopListChange StopListChange(OperationId operation, StopList? list) => new() { Operation = operation, StopList = list };

    public static Tap Tap(OperationId operation, CardToken token, BuildingId building, Direction direction = Direction.In, Instant? at = null) => new()
    {
        Operation = operation,
        Token = token,
        Device = Gate,
        Building = building,
        Direction = direction,
        EventTime = at,
    };

    public static GateEvent GateEvent(OperationId operation, GateEventKind kind) => new() { Operation = operation, Kind = kind, Device = Gate };

    public static ManualAdmission ManualAdmission(OperationId operation, AccountNumber account, Direction direction = Direction.In) => new()
    {
        Operation = operation, Account = account, Device = Gate, Direction = direction, Vouching = new Vouching(Number(77), "The card is at home"),
    };

    public static ModeChange ModeChange(OperationId operation, BuildingMode mode) => new() { Operation = operation, Mode = mode };
}
