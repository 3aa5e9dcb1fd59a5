using Zvonok.Till.V1;

namespace Zvonok.Terminals;

/// <summary>What became of something that a till was asked for.</summary>
public enum TillOutcome
{
    /// <summary>It is sold, and on the disk or with the core: hand it out.</summary>
    Granted = 1,

    /// <summary>It is not sold: show the cashier <see cref="TillDecision.Reason"/>.</summary>
    Refused = 2,

    /// <summary>It cannot be decided now: <see cref="TillDecision.NotNow"/> says why. Nothing was sold.</summary>
    NotNow = 3,
}

/// <summary>The answer to a sale, a meal, a ride or a reversal.</summary>
public sealed record TillDecision
{
    /// <summary>The operation's name. Who has no answer, since the program died, asks again with the same.</summary>
    public required Guid OperationId { get; init; }

    /// <summary>Granted, refused, or not decided.</summary>
    public required TillOutcome Outcome { get; init; }

    /// <summary>With <see cref="TillOutcome.Refused"/>: why.</summary>
    public RefusalReason Reason { get; init; }

    /// <summary>With <see cref="TillOutcome.NotNow"/>: why.</summary>
    public NotNowReason NotNow { get; init; }

    /// <summary>What to show the cashier, never the child; null: the core has not said it, and <see cref="Reason"/> must do.</summary>
    public CashierMessage? Message { get; init; }

    /// <summary>The lines that stand in the way, by their index from 0.</summary>
    public IReadOnlyList<int> LineIndexes { get; init; } = [];

    /// <summary>What to hand out, for a meal that was ordered: codes and quantities.</summary>
    public IReadOnlyList<SaleLine> Lines { get; init; } = [];

    /// <summary>True: the till has decided alone; the core hears of it later.</summary>
    public bool IsAlone { get; init; }

    /// <summary>Whose purse it was, while there is a connection; 0: not told.</summary>
    public long AccountNumber { get; init; }

    /// <summary>The entry in the account's ledger, for a reversal; 0: it is not there yet.</summary>
    public long EntryNumber { get; init; }

    /// <summary>The purse afterwards, in kopecks; null: not known without a connection.</summary>
    public long? BalanceKopecks { get; init; }

    /// <summary>With <see cref="NotNowReason.NotTaken"/>: what the core says is wrong.</summary>
    public string? Error { get; init; }

    /// <summary>True: hand it out.</summary>
    public bool IsGranted => Outcome == TillOutcome.Granted;
}
