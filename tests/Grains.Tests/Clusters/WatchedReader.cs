namespace Zvonok.Grains.Tests.Clusters;

/// <summary>What the grains have read so far.</summary>
public sealed class Reads
{
    private int _loads;
    private int _lookUps;

    /// <summary>Activations that read their account, building or card.</summary>
    public int Loads => Volatile.Read(ref _loads);

    /// <summary>Operations that had to be looked up in the journal.</summary>
    public int LookUps => Volatile.Read(ref _lookUps);

    /// <summary>Groups cannot be read.</summary>
    public bool GroupsFail { get; set; }

    /// <summary>Cards that are read arrive after it.</summary>
    public Task CardsArriveAfter { get; set; } = Task.CompletedTask;

    internal void Load() => Interlocked.Increment(ref _loads);

    internal void LookUp() => Interlocked.Increment(ref _lookUps);
}

/// <summary>The real reader, counted.</summary>
internal sealed class WatchedReader(IJournalReader reader, Reads reads, JournalScript script) : IJournalReader
{
    public Task<AccountRecord?> LoadAccount(AccountNumber account)
    {
        reads.Load();
        return reader.LoadAccount(account);
    }

    public Task<BuildingRecord?> LoadBuilding(BuildingId building)
    {
        script.ThrowIfAway();
        reads.Load();
        return reader.LoadBuilding(building);
    }

    public async Task<Card?> LoadCard(CardToken token)
    {
        reads.Load();
        var card = await reader.LoadCard(token);
        await reads.CardsArriveAfter;
        return card;
    }

    public Task<IReadOnlyDictionary<AccountNumber, string?>> ReadGroups(IReadOnlyCollection<AccountNumber> accounts) =>
        reads.GroupsFail ? throw new JournalUnavailableException("Played: the database does not answer.") : reader.ReadGroups(accounts);

    public Task<DeviceRecord?> LoadDevice(DeviceId device) => reader.LoadDevice(device);

    public Task<Entry?> FindEntry(AccountNumber account, OperationId operation)
    {
        reads.LookUp();
        return reader.FindEntry(account, operation);
    }

    public Task<Passage?> FindPassage(BuildingId building, OperationId operation)
    {
        script.ThrowIfAway();
        reads.LookUp();
        return reader.FindPassage(building, operation);
    }

    public Task<IReadOnlyList<Passage>> ReadPassages(BuildingId building, long seq, Instant since)
    {
        script.ThrowIfAway();
        return reader.ReadPassages(building, seq, since);
    }

    public Task<Entry?> ReadEntry(AccountNumber account, long seq) => reader.ReadEntry(account, seq);

    public Task<LineSet> ReadReversed(AccountNumber account, long saleSeq) => reader.ReadReversed(account, saleSeq);

    public Task<DaySpending> ReadSpent(AccountNumber account, LocalDate day) => reader.ReadSpent(account, day);

    public Task<IReadOnlyList<Entry>> ReadOrdersEnded(AccountNumber account, LocalDate day, MealKind meal) => reader.ReadOrdersEnded(account, day, meal);

    public Task<MealSet> ReadRedeemed(AccountNumber account, LocalDate day) => reader.ReadRedeemed(account, day);

    public Task<Entry?> FindTopUp(BankReference reference) => reader.FindTopUp(reference);
}
