namespace Zvonok.History.Check;

/// <summary>All that is known after a run: what clients asked and heard, and what lies in the journal.</summary>
public sealed class Evidence
{
    private readonly Dictionary<Guid, Recorded> _asked;
    private readonly ILookup<Guid, JournalRow> _made;

    /// <summary>Brings both sides together.</summary>
    /// <param name="operations">Every operation that was sent, with all its attempts ended.</param>
    /// <param name="rows">Every row of the journal, in any order.</param>
    public Evidence(IReadOnlyCollection<Recorded> operations, IReadOnlyCollection<JournalRow> rows)
    {
        (Operations, Rows) = (operations, rows);
        _asked = operations.ToDictionary(recorded => recorded.Operation.Id);
        _made = rows.ToLookup(row => row.Operation);
        Ledgers = [.. rows.GroupBy(row => row.Ledger).OrderBy(ledger => ledger.Key, StringComparer.Ordinal).Select(ledger => new Ledger(ledger.Key, ledger, Asked))];
    }

    /// <summary>Every operation that was sent.</summary>
    public IReadOnlyCollection<Recorded> Operations { get; }

    /// <summary>Every row of the journal.</summary>
    public IReadOnlyCollection<JournalRow> Rows { get; }

    /// <summary>The rows by account and building.</summary>
    public IReadOnlyList<Ledger> Ledgers { get; }

    /// <summary>When the clock of the attempts showed zero: it tells on which calendar days they may have counted.</summary>
    public Instant OpenedAt { get; init; }

    /// <summary>The zone of all accounts and buildings.</summary>
    public DateTimeZone Zone { get; init; } = DateTimeZoneProviders.Tzdb["Europe/Moscow"];

    /// <summary>
    /// True when an attempt without answer may be carried out long after the client gave it up, because the silo that has it
    /// was stopped and woke up. Then an operation may be granted although a later attempt was refused.
    /// </summary>
    public bool AttemptsLinger { get; init; }

    /// <summary>Who asked for it; null: nobody did.</summary>
    public Recorded? Asked(Guid operation) => _asked.GetValueOrDefault(operation);

    /// <summary>What the journal has of it.</summary>
    public IReadOnlyList<JournalRow> Made(Recorded recorded) => [.. _made[recorded.Operation.Id]];

    /// <summary>The day that a moment belongs to.</summary>
    public LocalDate DayOf(Instant moment) => moment.InZone(Zone).Date;

    /// <summary>The day on which something counted that happened so long after the beginning.</summary>
    public LocalDate DayOf(TimeSpan moment) => DayOf(OpenedAt + Duration.FromTimeSpan(moment));
}
