using Zvonok.Domain.Accounts;
using Zvonok.Domain.Buildings;

namespace Zvonok.Domain.Reports;

/// <summary>What the journal knows of a person's days.</summary>
/// <param name="Entries">By ascending number: what counts on the days, the entry before, and the newest; others may be among them.</param>
/// <param name="Passages">Those of the days, of the day before and of the day after; others may be among them.</param>
public sealed record ReportFacts(IReadOnlyList<Entry> Entries, IReadOnlyList<Passage> Passages)
{
    /// <summary>The purses as of now.</summary>
    public Balances Balances => Balances.After(Entries.Count == 0 ? null : Entries[^1]);

    /// <summary>The purses as the ledger had them just before a moment.</summary>
    public Balances BalancesBefore(Instant moment) => Balances.After(Entries.LastOrDefault(entry => entry.RecordedAt < moment));
}
