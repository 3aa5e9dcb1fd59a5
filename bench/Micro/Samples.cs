namespace Zvonok.Micro;

/// <summary>One pupil's usual morning and lunch, as the benchmarks take them.</summary>
internal static class Samples
{
    /// <summary>A Tuesday at noon in Moscow.</summary>
    public static readonly Instant Now = Instant.FromUtc(2026, 9, 1, 9, 0);

    public static readonly BuildingId School = new(1);

    private static readonly Random Random = new(1);

    public static readonly AccountProfile Profile = new()
    {
        Number = AccountNumber.FromSerial(1),
        Kind = AccountKind.Pupil,
        ZoneId = "Europe/Moscow",
        DailyLimit = new Money(50_000_00),
    };

    public static readonly AccountState Account = new() { Profile = Profile, Seq = 7, Meal = new Money(500_00) };

    /// <summary>A radio number of the usual seven bytes.</summary>
    public static readonly byte[] Uid = [0x04, 0xA1, 0xB2, 0xC3, 0xD4, 0xE5, 0xF6];

    public static readonly TokenKey Key = new(new byte[TokenKey.Length]);

    public static readonly Card Card = new()
    {
        Token = Key.TokenOf(Uid),
        Kind = CardKind.SchoolCard,
        State = CardState.Active,
        Account = Profile.Number,
        Rights = new AccessRights(School),
    };

    /// <summary>Three lines for the price of a lunch.</summary>
    public static Sale Sale(Instant now) => new()
    {
        Operation = OperationId.Create(now, Random),
        Device = new DeviceId(2),
        Seller = ContraAccount.Operator(1),
        Lines =
        [
            new SaleLine("SOUP-12", ProductCategory.HotMeal, 1, new Money(60_00), Allergens.Gluten | Allergens.Celery),
            new SaleLine("MAIN-07", ProductCategory.HotMeal, 1, new Money(90_00), Allergens.Milk),
            new SaleLine("BUN-03", ProductCategory.Buffet, 1, new Money(30_00), Allergens.Gluten | Allergens.Eggs),
        ],
        Total = new Money(180_00),
        EventTime = now,
    };

    public static Tap Tap(Instant now) => new()
    {
        Operation = OperationId.Create(now, Random),
        Token = Card.Token,
        Device = new DeviceId(1),
        Building = School,
        Direction = Direction.Toggle,
        EventTime = now,
    };

    /// <summary>The entry that the sale makes.</summary>
    public static Entry Entry() => AccountRules.Decide(Account, Sale(Now), CardRefusal.None, DaySpending.None, Now).Entry!;
}
