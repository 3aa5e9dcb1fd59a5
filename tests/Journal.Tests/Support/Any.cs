namespace Zvonok.Journal.Tests.Support;

/// <summary>Rows of every content that the columns can hold.</summary>
internal static class Any
{
    private const long LastMillisecond = 253_402_300_799_999;

    public static readonly Gen<Instant> Instant =
        Gen.Long[0, LastMillisecond].Select(NodaTime.Instant.FromUnixTimeMilliseconds);

    public static readonly Gen<LocalDate> Day =
        Gen.Int[-719_162, 2_932_896].Select(days => new LocalDate(1970, 1, 1).PlusDays(days));

    public static readonly Gen<OperationId> Operation =
        Gen.Select(Instant, Gen.ULong, Gen.ULong, OperationId.Create);

    public static readonly Gen<Money> Money = Gen.Long.Select(kopecks => new Money(kopecks));

    public static readonly Gen<AccountNumber> Number = Gen.Long[1, AccountNumber.SerialMax].Select(AccountNumber.FromSerial);

    private static readonly Gen<BuildingId> Building = Gen.Int[1, Limits.IdMax].Select(id => new BuildingId(id));

    public static readonly Gen<SaleLine> Line = Gen.Select(
        Gen.String[Gen.Char[' ', '~'], 0, Limits.ProductCodeLengthMax], Gen.Enum<ProductCategory>(), Gen.Int[1, Limits.QuantityMax],
        Gen.Long[0, Limits.AmountMax].Select(kopecks => new Money(kopecks)), Gen.Int[0, (1 << 14) - 1].Select(bits => (Allergens)bits),
        (code, category, quantity, price, allergens) => new SaleLine(code, category, quantity, price, allergens));

    public static readonly Gen<SaleLine[]> Lines = Line.Array[0, Limits.SaleLinesMax];

    public static readonly Gen<ContraAccount> Contra =
        Gen.Select(Gen.Enum<ContraKind>(), Gen.Int[0, Limits.IdMax], (kind, id) => new ContraAccount(kind, id));

    /// <summary>Words as people write them.</summary>
    public static readonly Gen<string> Words = Gen.String[Gen.OneOf(Gen.Char[' ', '~'], Gen.Char['А', 'я'], Gen.Const('"'), Gen.Const('\'')), 1, Limits.ReasonLengthMax];

    public static readonly Gen<StopList> StopList = Gen.Select(
        Gen.Int[0, (1 << 14) - 1], Gen.Enum<StopStrength>().Nullable(), Gen.Enum<StopStrength>().Nullable(),
        Gen.Select(Gen.Int[1, Limits.IdMax].Select(ContraAccount.Operator), Gen.String[Gen.Char[' ', '~'], 1, Limits.ProductCodeLengthMax], Gen.Enum<StopStrength>(),
            (seller, code, strength) => new ProductStop(seller, code, strength)).Array[0, Limits.StoppedProductsMax],
        (allergens, hotMeal, buffet, products) => new StopList((Allergens)allergens, hotMeal, buffet, products));

    public static readonly Gen<StopOverride> Override = Gen.Select(Number, Words, Gen.Int[0, Limits.SaleLinesMax - 1].Array[1, 5], (by, reason, lines) => new StopOverride(by, reason, LineSet.Of(lines)));

    public static readonly Gen<EntitlementList> Entitlements = Gen.Select(
        Gen.Int[1, Limits.IdMax], Gen.Int[0, 31], Gen.Int[0, 255], Day, Day,
        (funder, meals, weekdays, from, until) => new Entitlement(ContraAccount.Budget(funder), new MealSet(meals), new WeekdaySet(weekdays), from, until)).Array[0, Limits.EntitlementsMax].Select(all => new EntitlementList(all));

    public static readonly Gen<AccessRule> AccessRule = Gen.Select(
        Gen.Bool, Building.Nullable(), Gen.Int[0, 127].Select(bits => new WeekdaySet(bits << 1)),
        Gen.Select(Gen.Int[0, HourSpan.DayMinutes - 1], Gen.Int[1, HourSpan.DayMinutes], (one, other) => new HourSpan((short)Math.Min(one, other - 1), (short)Math.Max(one + 1, other))).Nullable(),
        Day.Nullable(), Day.Nullable(),
        (isDeny, building, weekdays, hours, from, until) => new AccessRule(isDeny, building, weekdays, hours, from, until));

    public static readonly Gen<AccessRights> Rights = Gen.Select(
        Building, Building.Array[0, Limits.FurtherBuildingsMax], AccessRule.Array[0, Limits.AccessRulesMax], (home, further, rules) => new AccessRights(home, further, rules));

    public static readonly Gen<PickUpRight> PickUp = Gen.Select(
        Number, Number, Gen.Bool, Gen.Bool, Gen.Bool, Day.Nullable(), Day.Nullable(), (adult, child, isDeny, brings, collects, from, until) => new PickUpRight(adult, child, isDeny, brings, collects, from, until));

    private static readonly Gen<DeviceId> Device = Gen.Int[0, Limits.IdMax].Select(id => new DeviceId(id));

    /// <summary>The account and the number are the test's to set.</summary>
    public static readonly Gen<Entry> Entry = Gen.Select(
        Gen.Select(Operation, Gen.Long, Gen.Enum<EntryKind>(), Gen.Enum<Purse>(), Money, Contra, Lines),
        Gen.Select(Money, Money, Money, Gen.Select(Money, Money), Day, Gen.OneOf(Day, Gen.Const(LocalDate.MinIsoValue))),
        Gen.Select(Instant, Instant, Instant, Device, Gen.OneOf(Gen.Const(0L), Gen.Long[1, long.MaxValue])),
        Gen.Select(Override.Null(), Gen.OneOf(Gen.Const(LineSet.None), Gen.ULong.Select(bits => new LineSet(bits))), Money, Gen.OneOf(Gen.Const(ContraAccount.None), Contra), Gen.Enum<MealKind>().Nullable(),
            Gen.OneOf(Day, Gen.Const(LocalDate.MinIsoValue)), Gen.Select(Gen.Int[0, 31].Select(bits => new MealSet(bits)), Number.Nullable(), Gen.Select(Number, Gen.Long, (account, seq) => new EntryKey(account, seq)).Nullable(), Gen.Int[0, 255].Select(bits => (FactMarks)bits).Nullable())),
        (what, after, when, rest) => new Entry
        {
            Account = Given.Number(),
            Seq = 1,
            Operation = what.Item1,
            Fingerprint = new Fingerprint(what.Item2),
            Kind = what.Item3,
            Purse = what.Item4,
            Amount = what.Item5,
            Contra = what.Item6,
            Lines = what.Item7,
            MealAfter = after.Item1,
            TransportAfter = after.Item2,
            SpentAfter = after.Item3,
            BuffetSpentAfter = after.Item4.Item1,
            CreditFloor = after.Item4.Item2,
            LimitDay = after.Item5,
            SpentOn = after.Item6,
            EventAt = when.Item1,
            RecordedAt = when.Item2,
            MadeUntil = when.Item3,
            Device = when.Item4,
            ReversedSeq = when.Item5,
            Override = rest.Item1 is { } made ? made with { Lines = made.Lines & LineSet.First(what.Item7.Length) } : null,
            ReversedLines = rest.Item2,
            RidesSpentAfter = rest.Item3,
            Payer = rest.Item4,
            Meal = rest.Item5,
            RedeemedOn = rest.Item6,
            RedeemedAfter = rest.Item7.Item1,
            SettledBy = rest.Item7.Item2,
            Counterpart = rest.Item7.Item3,
            Marks = rest.Item7.Item4,
        });

    private static readonly Gen<Whereabouts> Last = Gen.Select(Gen.Bool, Instant, Operation, (isInside, at, by) => new Whereabouts(isInside, at.ToUnixTimeMilliseconds(), by));

    /// <summary>The building and the number are the test's to set.</summary>
    public static readonly Gen<Passage> Passage = Gen.Select(
        Gen.Select(Operation, Gen.Long, Gen.Enum<PassageKind>(), Gen.Enum<BuildingMode>(), Device),
        Gen.Select(Instant, Instant, Instant, Number.Nullable(), Gen.Guid.Nullable()),
        Gen.Select(Gen.Enum<Direction>().Nullable(), Gen.Enum<PassageOutcome>(), Gen.Enum<PassageFlag>(), Gen.Enum<TapRefusal>()),
        Gen.Select(
            Gen.Select(Gen.Long[0, long.MaxValue], Last.Nullable(), Operation.Nullable(), (seq, last, awaited) => new Annulment(seq, last, awaited)).Null(),
            Gen.Select(Number.Nullable(), Words, (by, reason) => new Vouching(by, reason)).Null(),
            Number.Nullable()),
        (what, who, how, why) => new Passage
        {
            Building = Given.School,
            Seq = 1,
            Operation = what.Item1,
            Fingerprint = new Fingerprint(what.Item2),
            Kind = what.Item3,
            ModeAfter = what.Item4,
            Device = what.Item5,
            EventAt = who.Item1,
            RecordedAt = who.Item2,
            MadeUntil = who.Item3,
            Account = who.Item4,
            Token = who.Item5 is { } token ? new CardToken(token) : null,
            Direction = how.Item1,
            Outcome = how.Item2,
            Flag = how.Item3,
            Refusal = how.Item4,
            Annulment = why.Item1,
            Vouching = why.Item2,
            Escort = why.Item3,
        });

    public static readonly Gen<PresenceSnapshot> Presence = Gen.Select(
        Gen.Select(Number, Last, KeyValuePair.Create).Array[0, 40], Gen.Select(Operation, Instant, KeyValuePair.Create).Array[0, 5], (people, awaited) => new PresenceSnapshot(people, awaited));
}
