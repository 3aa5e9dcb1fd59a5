using Zvonok.Gate.V1;

namespace Zvonok.History.Check;

/// <summary>A row of the journal, as it lies in the database.</summary>
/// <param name="Ledger">The account or building it belongs to.</param>
/// <param name="Seq">Its number there.</param>
/// <param name="Operation">Who made it.</param>
public abstract record JournalRow(string Ledger, long Seq, Guid Operation)
{
    /// <summary>How an account's ledger is named.</summary>
    public static string OfAccount(long account) => $"account {account}";

    /// <summary>How a building's passages are named.</summary>
    public static string OfBuilding(int building) => $"building {building}";
}

/// <summary>An entry of an account.</summary>
public sealed record EntryRow(
    long Account, long Seq, Guid Operation, int Kind, int Purse, long Amount, long MealAfter, long TransportAfter, Instant EventAt, int Device, long ReversedSeq)
    : JournalRow(OfAccount(Account), Seq, Operation)
{
    public const int Sale = 1;
    public const int Reversal = 2;
    public const int TopUp = 3;
    public const int LimitChange = 4;
    public const int Meal = 1;
}

/// <summary>A passage of a building.</summary>
public sealed record PassageRow(
    int Building, long Seq, Guid Operation, int Kind, Outcome Outcome, Direction Direction, Flag Flag, RefusalReason Refusal, long Account, Instant EventAt, int Device)
    : JournalRow(OfBuilding(Building), Seq, Operation)
{
    public const int Tap = 1;
}
