using Zvonok.Domain.Accounts;
using Zvonok.Domain.Buildings;

namespace Zvonok.Domain.Notices;

/// <summary>Which facts tell what to whom (A5, A6). Pure: the same fact and subscription give the same notices for ever.</summary>
public static class NoticeRules
{
    /// <summary>A notice that leaves later than so long after its event says that it is late (A6).</summary>
    public static readonly Duration LateAfter = Duration.FromMinutes(10);

    /// <summary>False when nobody can be told of the entry, whatever they subscribed to.</summary>
    public static bool MayTell(Entry entry) => entry.Kind is EntryKind.Sale or EntryKind.TopUp || entry.Override is not null;

    /// <summary>False when nobody can be told of the passage: a refused tap and a gate's reports are the school's matter, a change of mode is nobody's child.</summary>
    public static bool MayTell(Passage passage) => KindOf(passage) is not null || HandOverKindOf(passage) is not null;

    /// <summary>The notices of an entry: bought or topped up, and beside it low balance, used credit and an overridden stop list.</summary>
    public static IEnumerable<Notice> Tell(Entry entry, Subscription subscription, string zone)
    {
        if (KindOf(entry) is { } kind && subscription.Kinds.Contains(kind))
            yield return Address(subscription, kind, entry, zone) with
            {
                Amount = kind == NoticeKind.Bought ? -entry.Amount : entry.Amount,
                Lines = entry.Lines,
            };
        if (subscription.Kinds.Contains(NoticeKind.LowBalance) && FellBelow(entry, subscription.LowBalanceBelow))
            yield return Address(subscription, NoticeKind.LowBalance, entry, zone) with { Threshold = subscription.LowBalanceBelow };
        if (subscription.Kinds.Contains(NoticeKind.CreditUsed) && entry.OnCredit > Money.Zero)
            yield return Address(subscription, NoticeKind.CreditUsed, entry, zone) with { Amount = entry.OnCredit };
        if (subscription.Kinds.Contains(NoticeKind.StopOverridden) && entry is { Kind: EntryKind.Sale or EntryKind.Redemption, Override: { } made })
            yield return Address(subscription, NoticeKind.StopOverridden, entry, zone) with { Lines = [.. made.Lines.Indexes().Select(i => entry.Lines[i])], Reason = made.Reason };
    }

    /// <summary>
    /// The notice of a passage; null when it tells this subscription nothing. A hand-over (P8) is told once: with the adult to who asked for that, to others as a coming or leaving like any other.
    /// </summary>
    public static Notice? Tell(Passage passage, Subscription subscription, string zone)
    {
        if (HandOverKindOf(passage) is { } handOver && subscription.Kinds.Contains(handOver))
            return Address(subscription, handOver, passage, zone) with { Escort = passage.Escort, Direction = passage.Direction, Refusal = passage.Refusal };
        return KindOf(passage) is { } kind && subscription.Kinds.Contains(kind) ? Address(subscription, kind, passage, zone) : null;
    }

    /// <summary>
    /// True when this sale takes the meal purse from the threshold or above to below it: once for each fall, not with every
    /// sale below.
    /// </summary>
    public static bool FellBelow(Entry entry, Money threshold) =>
        entry.Kind == EntryKind.Sale && entry.Purse == Purse.Meal
        && entry.MealAfter < threshold && entry.MealAfter - entry.Amount >= threshold;

    /// <summary>True when a notice that leaves now is to say that it is late.</summary>
    public static bool IsLate(Notice notice, Instant now) => now - notice.EventAt > LateAfter;

    private static NoticeKind? KindOf(Entry entry) => entry.Kind switch
    {
        EntryKind.Sale => NoticeKind.Bought,
        EntryKind.TopUp => NoticeKind.ToppedUp,
        _ => null,
    };

    // Whoever was let through has come or left, flagged or not: a second entry without an exit is an entry all the same.
    private static NoticeKind? KindOf(Passage passage) => passage switch
    {
        { IsPersons: false } or { Account: null } or { Outcome: PassageOutcome.Refused } or { IsAnnulledItself: true } => null,
        { Direction: Direction.In } => NoticeKind.Came,
        { Direction: Direction.Out } => NoticeKind.Left,
        _ => null,
    };

    private static NoticeKind? HandOverKindOf(Passage passage) => passage switch
    {
        { Kind: not PassageKind.HandOver } or { Account: null } => null,
        { Outcome: PassageOutcome.Refused } => NoticeKind.HandOverRefused,
        { IsAnnulledItself: true } => null,
        { Direction: Direction.In } => NoticeKind.Brought,
        { Direction: Direction.Out } => NoticeKind.Collected,
        _ => null,
    };

    private static Notice Address(Subscription subscription, NoticeKind kind, Passage passage, string zone) =>
        Address(subscription, kind, passage.EventAt, passage.RecordedAt, zone) with { Building = passage.Building };

    private static Notice Address(Subscription subscription, NoticeKind kind, Entry entry, string zone) =>
        Address(subscription, kind, entry.EventAt, entry.RecordedAt, zone) with
        {
            Balance = entry.Purse == Purse.Transport ? entry.TransportAfter : entry.MealAfter,
        };

    private static Notice Address(Subscription subscription, NoticeKind kind, Instant eventAt, Instant recordedAt, string zone) => new()
    {
        Kind = kind,
        Guardian = subscription.Guardian,
        Channel = subscription.Channel,
        Language = subscription.Language,
        ChildName = subscription.ChildName,
        Account = subscription.Account,
        ZoneId = zone,
        EventAt = eventAt,
        RecordedAt = recordedAt,
    };
}
