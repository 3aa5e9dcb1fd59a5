using Zvonok.Grains.Journal;

namespace Zvonok.Micro;

/// <summary>Every append is durable at once: only the way to the journal is measured.</summary>
internal sealed class InstantJournal : IJournal
{
    public ValueTask<AppendOutcome> Append(AccountAppend append) => new(AppendOutcome.Committed);

    public ValueTask<AppendOutcome> Append(BuildingAppend append) => new(AppendOutcome.Committed);
}

/// <summary>Knows one pupil with a purse that never empties, the card and the school.</summary>
internal sealed class OnePupilReader : IJournalReader
{
    private static readonly Entry Filling = AccountRules.Decide(
        new AccountState { Profile = Samples.Profile with { DailyLimit = null } },
        new TopUp
        {
            Operation = OperationId.Create(Samples.Now, new Random(2)),
            Purse = Purse.Meal,
            Amount = new Money(Limits.AmountMax),
            Reference = new BankReference(1, "micro"),
        },
        Samples.Now).Entry! with { MealAfter = new Money(long.MaxValue / 2) };

    public Task<AccountRecord?> LoadAccount(AccountNumber account) =>
        Task.FromResult<AccountRecord?>(new AccountRecord(Samples.Profile with { DailyLimit = null }, [Filling]));

    public Task<BuildingRecord?> LoadBuilding(BuildingId building) =>
        Task.FromResult<BuildingRecord?>(new BuildingRecord(new BuildingProfile(building, "Europe/Moscow"), null, []));

    public Task<Card?> LoadCard(CardToken token) => Task.FromResult<Card?>(Samples.Card);

    public Task<IReadOnlyDictionary<AccountNumber, string?>> ReadGroups(IReadOnlyCollection<AccountNumber> accounts) =>
        Task.FromResult<IReadOnlyDictionary<AccountNumber, string?>>(new Dictionary<AccountNumber, string?>());

    public Task<DeviceRecord?> LoadDevice(DeviceId device) => Task.FromResult<DeviceRecord?>(null);

    public Task<Entry?> FindEntry(AccountNumber account, OperationId operation) => Task.FromResult<Entry?>(null);

    public Task<Passage?> FindPassage(BuildingId building, OperationId operation) => Task.FromResult<Passage?>(null);

    public Task<IReadOnlyList<Passage>> ReadPassages(BuildingId building, long seq, Instant since) => Task.FromResult<IReadOnlyList<Passage>>([]);

    public Task<Entry?> ReadEntry(AccountNumber account, long seq) => Task.FromResult<Entry?>(null);

    public Task<LineSet> ReadReversed(AccountNumber account, long saleSeq) => Task.FromResult(LineSet.None);

    public Task<DaySpending> ReadSpent(AccountNumber account, LocalDate day) => Task.FromResult(DaySpending.None);

    public Task<MealSet> ReadRedeemed(AccountNumber account, LocalDate day) => Task.FromResult(MealSet.None);

    public Task<Entry?> FindTopUp(BankReference reference) => Task.FromResult<Entry?>(null);

    public Task<IReadOnlyList<Entry>> ReadOrdersEnded(AccountNumber account, LocalDate day, MealKind meal) => Task.FromResult<IReadOnlyList<Entry>>([]);
}
