namespace Zvonok.Grains.Journal;

/// <summary>
/// The durable record: the way out. Loads of many grains that wait at the same time are answered by one query. Every
/// method throws <see cref="JournalUnavailableException"/> when the database does not answer in time.
/// </summary>
public interface IJournalReader
{
    /// <summary>An account with its newest entries; null when nobody registered it.</summary>
    Task<AccountRecord?> LoadAccount(AccountNumber account);

    /// <summary>A building with its latest checkpoint and the passages since; null when nobody registered it.</summary>
    Task<BuildingRecord?> LoadBuilding(BuildingId building);

    /// <summary>A card; null when nobody registered it.</summary>
    Task<Card?> LoadCard(CardToken token);

    /// <summary>The classes or groups of some accounts (S2); null for none, and without an account that nobody registered.</summary>
    Task<IReadOnlyDictionary<AccountNumber, string?>> ReadGroups(IReadOnlyCollection<AccountNumber> accounts);

    /// <summary>A device and the credit at it; null when nobody registered it.</summary>
    Task<DeviceRecord?> LoadDevice(DeviceId device);

    /// <summary>The first entry that an operation made in an account, however long ago; null when it made none.</summary>
    Task<Entry?> FindEntry(AccountNumber account, OperationId operation);

    /// <summary>The passage that an operation made in a building, however long ago; null when it made none.</summary>
    Task<Passage?> FindPassage(BuildingId building, OperationId operation);

    /// <summary>
    /// A passage, what annuls it, and all passages of the same person in the building that were recorded since a moment (P5), by number; empty when the building has no passage of that number.
    /// </summary>
    Task<IReadOnlyList<Passage>> ReadPassages(BuildingId building, long seq, Instant since);

    /// <summary>One entry; null when the account has none of that number.</summary>
    Task<Entry?> ReadEntry(AccountNumber account, long seq);

    /// <summary>Which lines of a sale entries take back; <see cref="LineSet.All"/> when one takes back the whole.</summary>
    Task<LineSet> ReadReversed(AccountNumber account, long saleSeq);

    /// <summary>What was spent on a calendar day: its sales less their reversals.</summary>
    Task<DaySpending> ReadSpent(AccountNumber account, LocalDate day);

    /// <summary>The meals that were had at public cost on a calendar day, less those that were taken back.</summary>
    Task<MealSet> ReadRedeemed(AccountNumber account, LocalDate day);

    /// <summary>How orders of one meal and calendar day have ended (M6), and what was charged for them afterwards (O3), oldest first.</summary>
    Task<IReadOnlyList<Entry>> ReadOrdersEnded(AccountNumber account, LocalDate day, MealKind meal);

    /// <summary>The entry that used up a bank reference; null when none did.</summary>
    Task<Entry?> FindTopUp(BankReference reference);
}

/// <summary>What an account is brought back from.</summary>
/// <param name="Profile">The slow state.</param>
/// <param name="Newest">The newest entries, newest first; empty for an account without any.</param>
public sealed record AccountRecord(AccountProfile Profile, IReadOnlyList<Entry> Newest)
{
    /// <summary>The meals that are ordered and not had yet (M6).</summary>
    public OpenOrder[] Orders { get; init; } = [];
}

/// <summary>A device, and what its school's policy says.</summary>
/// <param name="Device">As registered.</param>
/// <param name="CreditFloor">How low a hot meal may take a meal purse there (M4): by the school's policy, else the city's, else zero.</param>
public sealed record DeviceRecord(Device Device, Money CreditFloor);

/// <summary>What a building is brought back from.</summary>
/// <param name="Profile">What it is.</param>
/// <param name="Checkpoint">Who was inside after some passage; null when none was written yet.</param>
/// <param name="Passages">All passages since the checkpoint, and some before it, oldest first.</param>
public sealed record BuildingRecord(BuildingProfile Profile, PresenceCheckpoint? Checkpoint, IReadOnlyList<Passage> Passages)
{
    /// <summary>The last change to another mode than evacuation, and the changes of mode and found marks after it, refusals left out, oldest first: those up to the checkpoint are not among its passages.</summary>
    public IReadOnlyList<Passage> SinceLastMode { get; init; } = [];
}
