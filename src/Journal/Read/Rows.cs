using Zvonok.Journal.Encoding;

namespace Zvonok.Journal.Read;

/// <summary>Rows of the tables as domain values: the columns, and how to read them, said once for both databases.</summary>
internal static class Rows
{
    public const string Entry = """
        account, seq, operation, fingerprint, kind, purse, amount, contra, meal_after, transport_after,
        limit_day, spent_on, spent_after, event_at, recorded_at, made_until, device, reversed_seq, lines, buffet_spent_after, credit_floor, stop_override, reversed_lines,
        rides_spent_after, payer, meal, redeemed_on, redeemed_after, settled_by, counterpart, counterpart_seq, marks
        """;

    /// <summary>How many columns <see cref="Entry"/> names.</summary>
    public const int EntryColumns = 32;

    public const string Passage = """
        building, seq, operation, fingerprint, kind, mode_after, event_at, recorded_at, made_until, account, token,
        direction, outcome, flag, refusal, device, annulled, inside_since, vouched_by, vouch_reason, escort, outside_since, last_operation, awaited
        """;

    /// <summary>How many columns <see cref="Passage"/> names.</summary>
    public const int PassageColumns = 24;

    public const string Account = "number, kind, zone, daily_limit, is_closed, version, hot_meal_limit, buffet_limit, stop_list, ride_limit, entitlements, group_key, roles";

    public const string Card = "token, kind, state, account, home, further, expires_at, version, is_cloned";

    /// <summary>How many columns <see cref="Card"/> names.</summary>
    public const int CardColumns = 9;

    public const string Building = "id, zone, hard_anti_passback, lockdown_roles, safety_roles";

    /// <summary>How many columns <see cref="Building"/> names.</summary>
    public const int BuildingColumns = 5;

    public const string Device = "id, kind, building, seller";

    /// <summary>How many columns <see cref="Device"/> names.</summary>
    public const int DeviceColumns = 4;

    public const string Order = "account, seq, operation, building, day, meal, seller, lines, order_until, is_kept";

    public const string Checkpoint = "building, seq, today, inside, people, roll_call";

    public static Entry ReadEntry(JournalDatabase database, DbDataReader row) => new()
    {
        Account = AccountNumber.From(row.GetInt64(0)),
        Seq = row.GetInt64(1),
        Operation = OperationId.FromGuid(database.ReadGuid(row, 2)),
        Fingerprint = new Fingerprint(row.GetInt64(3)),
        Kind = (EntryKind)row.GetInt16(4),
        Purse = (Purse)row.GetInt16(5),
        Amount = new Money(row.GetInt64(6)),
        Contra = ContraAccount.FromCode(row.GetInt64(7)),
        MealAfter = new Money(row.GetInt64(8)),
        TransportAfter = new Money(row.GetInt64(9)),
        LimitDay = database.ReadDate(row, 10),
        // Nothing was ever spent.
        SpentOn = row.IsDBNull(11) ? LocalDate.MinIsoValue : database.ReadDate(row, 11),
        SpentAfter = new Money(row.GetInt64(12)),
        EventAt = database.ReadInstant(row, 13),
        RecordedAt = database.ReadInstant(row, 14),
        MadeUntil = database.ReadInstant(row, 15),
        Device = new DeviceId(row.GetInt32(16)),
        ReversedSeq = row.IsDBNull(17) ? 0 : row.GetInt64(17),
        Lines = SaleLineCodec.Decode(row.IsDBNull(18) ? null : row.GetFieldValue<byte[]>(18)),
        // These columns are younger than the table, and empty for nothing.
        BuffetSpentAfter = ReadMoney(row, 19) ?? Money.Zero,
        CreditFloor = ReadMoney(row, 20) ?? Money.Zero,
        Override = StopCodec.DecodeOverride(ReadText(row, 21)),
        ReversedLines = row.IsDBNull(22) ? LineSet.None : new LineSet((ulong)row.GetInt64(22)),
        RidesSpentAfter = ReadMoney(row, 23) ?? Money.Zero,
        Payer = row.IsDBNull(24) ? ContraAccount.None : ContraAccount.FromCode(row.GetInt64(24)),
        Meal = row.IsDBNull(25) ? null : (MealKind)row.GetInt16(25),
        RedeemedOn = row.IsDBNull(26) ? LocalDate.MinIsoValue : database.ReadDate(row, 26),
        RedeemedAfter = row.IsDBNull(27) ? MealSet.None : new MealSet(row.GetInt16(27)),
        SettledBy = row.IsDBNull(28) ? null : AccountNumber.From(row.GetInt64(28)),
        Counterpart = row.IsDBNull(29) ? null : new EntryKey(AccountNumber.From(row.GetInt64(29)), row.GetInt64(30)),
        Marks = row.IsDBNull(31) ? null : (FactMarks)row.GetInt16(31),
    };

    public static Passage ReadPassage(JournalDatabase database, DbDataReader row) => new()
    {
        Building = new BuildingId(row.GetInt32(0)),
        Seq = row.GetInt64(1),
        Operation = OperationId.FromGuid(database.ReadGuid(row, 2)),
        Fingerprint = new Fingerprint(row.GetInt64(3)),
        Kind = (PassageKind)row.GetInt16(4),
        ModeAfter = (BuildingMode)row.GetInt16(5),
        EventAt = database.ReadInstant(row, 6),
        RecordedAt = database.ReadInstant(row, 7),
        MadeUntil = database.ReadInstant(row, 8),
        Account = row.IsDBNull(9) ? null : AccountNumber.From(row.GetInt64(9)),
        Token = row.IsDBNull(10) ? null : new CardToken(database.ReadGuid(row, 10)),
        Direction = row.IsDBNull(11) ? null : (Direction)row.GetInt16(11),
        Outcome = (PassageOutcome)row.GetInt16(12),
        Flag = (PassageFlag)row.GetInt16(13),
        Refusal = (TapRefusal)row.GetInt16(14),
        Device = new DeviceId(row.GetInt32(15)),
        Annulment = row.IsDBNull(16) ? null : new Annulment(row.GetInt64(16), ReadLast(database, row), ReadOperation(database, row, 23)),
        Vouching = row.IsDBNull(19) ? null : new Vouching(row.IsDBNull(18) ? null : AccountNumber.From(row.GetInt64(18)), row.GetString(19)),
        Escort = row.IsDBNull(20) ? null : AccountNumber.From(row.GetInt64(20)),
    };

    public static AccountProfile ReadAccount(DbDataReader row) => new()
    {
        Number = AccountNumber.From(row.GetInt64(0)),
        Kind = (AccountKind)row.GetInt16(1),
        ZoneId = row.GetString(2),
        DailyLimit = ReadMoney(row, 3),
        IsClosed = row.GetBoolean(4),
        Version = row.GetInt64(5),
        HotMealLimit = ReadMoney(row, 6),
        BuffetLimit = ReadMoney(row, 7),
        StopList = StopCodec.DecodeList(ReadText(row, 8)),
        RideLimit = ReadMoney(row, 9),
        Entitlements = EntitlementCodec.Decode(ReadText(row, 10)),
        Group = ReadText(row, 11),
        Roles = RoleNames.Parse(ReadText(row, 12)),
    };

    /// <summary>A card with what a gate has to know of its holder, which follows its own columns: kind, roles and group.</summary>
    public static Card ReadHeldCard(JournalDatabase database, DbDataReader row) => ReadCard(database, row) with
    {
        Holder = row.IsDBNull(CardColumns) ? null : (AccountKind)row.GetInt16(CardColumns),
        Roles = RoleNames.Parse(ReadText(row, CardColumns + 1)),
        Group = ReadText(row, CardColumns + 2),
    };

    public static Card ReadCard(JournalDatabase database, DbDataReader row) => new()
    {
        Token = new CardToken(database.ReadGuid(row, 0)),
        Kind = (CardKind)row.GetInt16(1),
        State = (CardState)row.GetInt16(2),
        Account = AccountNumber.From(row.GetInt64(3)),
        Rights = BuildingListCodec.Decode(new BuildingId(row.GetInt32(4)), ReadText(row, 5)),
        ExpiresAt = row.IsDBNull(6) ? null : database.ReadInstant(row, 6),
        Version = row.GetInt64(7),
        IsCloned = row.GetBoolean(8),
    };

    public static BuildingProfile ReadBuilding(DbDataReader row) => new(new BuildingId(row.GetInt32(0)), row.GetString(1)) 
    {
        HasHardAntiPassback = row.GetBoolean(2),
        LockdownRoles = RoleNames.Parse(ReadText(row, 3)),
        SafetyRoles = RoleNames.Parse(ReadText(row, 4)),
    };

    public static Device ReadDevice(DbDataReader row) => new(
        new DeviceId(row.GetInt32(0)), (DeviceKind)row.GetInt16(1), new BuildingId(row.GetInt32(2)), ContraAccount.FromCode(row.GetInt64(3)));

    public static Zvonok.Grains.Days.AccountOrder ReadOrder(JournalDatabase database, DbDataReader row) => new(
        AccountNumber.From(row.GetInt64(0)),
        new OpenOrder(row.GetInt64(1), OperationId.FromGuid(database.ReadGuid(row, 2)), new MealOrder(
            new BuildingId(row.GetInt32(3)),
            database.ReadDate(row, 4),
            (MealKind)row.GetInt16(5),
            ContraAccount.FromCode(row.GetInt64(6)),
            SaleLineCodec.Decode(row.GetFieldValue<byte[]>(7)),
            database.ReadInstant(row, 8),
            row.GetBoolean(9))));

    public static PresenceCheckpoint ReadCheckpoint(JournalDatabase database, DbDataReader row) => new(
        new BuildingId(row.GetInt32(0)), row.GetInt64(1), database.ReadDate(row, 2), PresenceCodec.Decode(row.GetInt64(1), row.GetFieldValue<byte[]>(3), row.IsDBNull(4) ? null : row.GetFieldValue<byte[]>(4)))
    {
        RollCall = RollCallCodec.Decode(row.IsDBNull(5) ? null : row.GetFieldValue<byte[]>(5)),
    };

    /// <summary>For columns that are empty for nothing.</summary>
    public static long? NullForNothing(Money money) => money == Money.Zero ? null : money.Kopecks;

    /// <summary>For columns that are empty for nobody.</summary>
    public static long? NullForNone(ContraAccount contra) => contra == ContraAccount.None ? null : contra.Code;

    /// <summary>For columns that are empty for no line.</summary>
    public static long? NullForNone(LineSet lines) => lines.IsEmpty ? null : (long)lines.Bits;

    // Older rows tell of entries only, and not by which operation.
    private static Whereabouts? ReadLast(JournalDatabase database, DbDataReader row)
    {
        var isInside = !row.IsDBNull(17);
        if (!isInside && row.IsDBNull(21)) return null;
        return new Whereabouts(isInside, database.ReadInstant(row, isInside ? 17 : 21).ToUnixTimeMilliseconds(), ReadOperation(database, row, 22) ?? default);
    }

    private static OperationId? ReadOperation(JournalDatabase database, DbDataReader row, int column) => row.IsDBNull(column) ? null : OperationId.FromGuid(database.ReadGuid(row, column));

    /// <summary>A text; null when there is none.</summary>
    public static string? ReadText(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static Money? ReadMoney(DbDataReader row, int column) => row.IsDBNull(column) ? null : new Money(row.GetInt64(column));
}
