using Zvonok.Domain.Menus;

namespace Zvonok.Journal.Tests.Support;

/// <summary>Sample data: numbers and codes, nobody's.</summary>
internal static class Given
{
    public const string Zone = "Europe/Moscow";

    /// <summary>Tuesday, 1 September 2026, 09:00 in Moscow.</summary>
    public static readonly Instant Morning = Instant.FromUtc(2026, 9, 1, 6, 0);

    public static readonly LocalDate Today = new(2026, 9, 1);

    public static readonly BuildingId School = new(1501);

    public static readonly BuildingProfile Building = new(School, Zone);

    public static readonly ContraAccount Seller = ContraAccount.Operator(7);

    public static readonly ContraAccount Bank = ContraAccount.Bank(3);

    public static readonly SaleLine Lunch = new("LUNCH", ProductCategory.HotMeal, 1, new Money(15_000), Allergens.Milk | Allergens.Gluten);

    private static int _operations;

    /// <summary>A lunch that may be ordered until the evening before; what is not fetched is paid back.</summary>
    public static MenuItem MenuItem(LocalDate? day = null, MealKind meal = MealKind.Lunch, string code = "LUNCH", ContraAccount? seller = null) => new(
        School, day ?? Today, seller ?? Seller, meal, Lunch with { ProductCode = code }, "Обед", Instant.FromUtc(2026, 8, 31, 15, 0), IsKept: false);

    /// <summary>An id that no other call returns.</summary>
    public static OperationId Operation(Instant? madeAt = null) =>
        OperationId.Create(madeAt ?? Morning, 0, (ulong)Interlocked.Increment(ref _operations));

    public static AccountNumber Number(long serial = 4_021_337) => AccountNumber.FromSerial(serial);

    public static AccountProfile Account(long serial = 4_021_337, long? limit = null) => new()
    {
        Number = Number(serial),
        Kind = AccountKind.Pupil,
        ZoneId = Zone,
        DailyLimit = limit is { } kopecks ? new Money(kopecks) : null,
    };

    public static CardToken Token(int n = 1) => new(new Guid(n, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));

    public static Card Card(int n = 1, CardState state = CardState.Active, long serial = 4_021_337, params BuildingId[] further) => new()
    {
        Token = Token(n),
        Kind = CardKind.SchoolCard,
        State = state,
        Account = Number(serial),
        Rights = new AccessRights(School, further),
    };

    /// <summary>A top-up of 100 roubles, the first entry of its account unless told otherwise.</summary>
    public static Entry Entry(long serial = 4_021_337, long seq = 1, OperationId? operation = null) => new()
    {
        Account = Number(serial),
        Seq = seq,
        Operation = operation ?? Operation(),
        Fingerprint = new Fingerprint(seq * 17),
        Kind = EntryKind.TopUp,
        Purse = Purse.Meal,
        Amount = new Money(10_000),
        Contra = Bank,
        MealAfter = new Money(10_000 * seq),
        TransportAfter = Money.Zero,
        LimitDay = Today,
        SpentOn = LocalDate.MinIsoValue,
        SpentAfter = Money.Zero,
        EventAt = Morning,
        RecordedAt = Morning,
        MadeUntil = Morning,
    };

    /// <summary>A pupil's way in.</summary>
    public static Passage Passage(long seq = 1, int building = 1501, OperationId? operation = null) => new()
    {
        Building = new BuildingId(building),
        Seq = seq,
        Operation = operation ?? Operation(),
        Fingerprint = new Fingerprint(seq * 19),
        Kind = PassageKind.Tap,
        ModeAfter = BuildingMode.Normal,
        EventAt = Morning,
        RecordedAt = Morning,
        MadeUntil = Morning,
        Account = Number(),
        Token = Token(),
        Direction = Direction.In,
        Device = new DeviceId(601),
    };

    /// <summary>That nobody walked through after a passage of the pupil, who is not inside without it.</summary>
    public static Passage NotPassed(long seq, long annulled, int building = 1501, Instant? insideSince = null) =>
        Passage(seq, building) with { Kind = PassageKind.NotPassed, Token = null, Direction = null, Annulment = new Annulment(annulled, insideSince is { } since ? new Whereabouts(IsInside: true, since.ToUnixTimeMilliseconds(), Operation()) : null) };

    /// <summary>The pupil is let in without the card.</summary>
    public static Passage ManualAdmission(long seq, int building = 1501) =>
        Passage(seq, building) with { Kind = PassageKind.ManualAdmission, Token = null, Vouching = new Vouching(Number(77), "The card is at home") };

    /// <summary>An adult brings the pupil.</summary>
    public static Passage HandOver(long seq, int building = 1501) => Passage(seq, building) with { Kind = PassageKind.HandOver, Escort = Number(88) };

    public static Passage ModeChange(long seq = 1) => new()
    {
        Building = School,
        Seq = seq,
        Operation = Operation(),
        Fingerprint = new Fingerprint(23),
        Kind = PassageKind.ModeChange,
        ModeAfter = BuildingMode.Evacuation,
        EventAt = Morning,
        RecordedAt = Morning,
        MadeUntil = Morning,
    };
}
