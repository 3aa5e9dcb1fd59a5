namespace Zvonok.Grains.Tests.Model.Naive;

/// <summary>
/// What an account ought to do, told as slowly and as plainly as possible: a list of facts, gone through from the start for every question. It shares nothing with the
/// rules but the shapes of commands and answers.
/// </summary>
internal sealed partial class NaiveAccount(AccountNumber number, NaiveZone zone)
{
    // 100,000 roubles.
    private const long Brim = 10_000_000;

    // An account that has answered so many others has forgotten what it refused before.
    private const int MemoryMax = 64;

    private readonly List<NaiveFact> _facts = [];
    private readonly List<OperationId> _answered = [];
    private bool _isClosed;

    public AccountNumber Number => number;

    public NaiveZone Zone => zone;

    public IReadOnlyList<NaiveFact> Facts => _facts;

    public bool IsClosed => _isClosed;

    public long Meal => Balance(Purse.Meal);

    public long Balance(Purse purse) => _facts.Where(fact => fact.Purse == purse).Sum(fact => fact.Amount);

    /// <summary>Whether a refusal of that operation is still known: it is not among the answers that were given since the account awoke, or too many were given since.</summary>
    public bool Remembers(OperationId operation) => _answered.LastIndexOf(operation) is var place and >= 0 && _answered.Count - place <= MemoryMax;

    /// <summary>The account has left the memory: what was refused is forgotten.</summary>
    public void Forget() => _answered.Clear();

    /// <summary>The Unix millisecond at which something happened: a device is believed for twelve hours back and not at all ahead.</summary>
    private static long TimeOf(Instant? told, Instant now)
    {
        var (at, server) = (told?.ToUnixTimeTicks(), now.ToUnixTimeTicks());
        var isBelieved = at <= server && server - at <= 12 * 3_600 * 10_000_000L;
        return (isBelieved ? at!.Value : server) / 10_000;
    }

    private int DayOf(AccountCommand command, Instant now) => zone.DayOf(TimeOf(command.EventTime, now));

    private NaiveFact New(AccountCommand command, Instant now, EntryKind kind) => new()
    {
        Kind = kind,
        Operation = command.Operation,
        At = TimeOf(command.EventTime, now),
        RecordedAt = now.ToUnixTimeMilliseconds(),
        Day = DayOf(command, now),
    };

    private NaiveAnswer Refuse(AccountCommand command, AccountRefusal refusal, params int[] lines)
    {
        _answered.Add(command.Operation);
        return new NaiveAnswer(AccountAnswer.Refused(refusal, number, new LineSet(NaiveFact.Bits(lines))), 0);
    }

    private NaiveAnswer Grant(params NaiveFact[] facts)
    {
        foreach (var fact in facts) Add(fact);
        return Granted(facts.Length);
    }

    private NaiveAnswer Granted(int facts)
    {
        _answered.Add(_facts[^1].Operation);
        return new NaiveAnswer(_facts[^1].ToAnswer(number), facts);
    }

    private void Add(NaiveFact fact)
    {
        _facts.Add(fact);
        _facts[^1] = fact with { Seq = _facts.Count, MealAfter = Meal, TransportAfter = Balance(Purse.Transport) };
    }

    private static long CostOf(IEnumerable<SaleLine> lines) => lines.Sum(line => line.Quantity * line.UnitPrice.Kopecks);

    private static long CostOf(IEnumerable<SaleLine> lines, ProductCategory category) => CostOf(lines.Where(line => line.Category == category));

    private static int[] IndexesOf(SaleLine[] lines, Func<SaleLine, bool> holds) => [.. Enumerable.Range(0, lines.Length).Where(i => holds(lines[i]))];
}
