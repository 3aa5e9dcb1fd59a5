using Zvonok.Domain.Accounts;

namespace Zvonok.Domain.Reports;

/// <summary>What a family looks for in a child's history (A3). Every record is of one kind.</summary>
public enum HistoryKind
{
    /// <summary>What was bought or had at a till, and what was taken back of it.</summary>
    Meal = 1,

    /// <summary>Money that came or went otherwise.</summary>
    Money = 2,

    /// <summary>What a gate did with a card of the child.</summary>
    Passage = 3,

    /// <summary>What family or school have settled: limits, the stop list, entitlements, the account's end.</summary>
    Setting = 4,
}

/// <summary>Which entries are of which kind.</summary>
public static class HistoryKinds
{
    /// <summary>The kind of an entry; every <see cref="EntryKind"/> has its line here.</summary>
    public static HistoryKind Of(EntryKind entry) => entry switch
    {
        EntryKind.Sale => HistoryKind.Meal,
        EntryKind.Reversal => HistoryKind.Meal,
        EntryKind.TopUp => HistoryKind.Money,
        EntryKind.LimitChange => HistoryKind.Setting,
        EntryKind.StopListChange => HistoryKind.Setting,
        EntryKind.Ride => HistoryKind.Money,
        EntryKind.Redemption => HistoryKind.Meal,
        EntryKind.EntitlementChange => HistoryKind.Setting,
        EntryKind.TransferOut => HistoryKind.Money,
        EntryKind.TransferIn => HistoryKind.Money,
        EntryKind.TransferDeclined => HistoryKind.Money,
        EntryKind.TransferReturn => HistoryKind.Money,
        EntryKind.Fee => HistoryKind.Money,
        EntryKind.Payout => HistoryKind.Money,
        EntryKind.Closing => HistoryKind.Setting,
        EntryKind.Order => HistoryKind.Meal,
        EntryKind.OrderCancel => HistoryKind.Meal,
        EntryKind.OrderRedemption => HistoryKind.Meal,
        EntryKind.OrderExpiry => HistoryKind.Meal,
        EntryKind.HandedOut => HistoryKind.Meal,
        _ => throw new ArgumentOutOfRangeException(nameof(entry), entry, "has no kind of history: give it a line."),
    };

    /// <summary>The entries of those kinds.</summary>
    public static IEnumerable<EntryKind> EntriesOf(IReadOnlyCollection<HistoryKind> kinds) => Enum.GetValues<EntryKind>().Where(entry => kinds.Contains(Of(entry)));
}
