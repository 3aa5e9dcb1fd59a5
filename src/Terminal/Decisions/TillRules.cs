using Zvonok.Domain.Accounts;
using Zvonok.Domain.Cards;
using Zvonok.Domain.Lists;
using Zvonok.Domain.Time;
using Zvonok.Terminals.Lists;

namespace Zvonok.Terminals.Decisions;

/// <summary>What a till or validator decides alone.</summary>
/// <param name="Refusal">Why not, as the core names it and in the core's order; <see cref="AccountRefusal.None"/>: it is served.</param>
/// <param name="Lines">The lines that stand in the way.</param>
/// <param name="NotNow">Why it cannot be decided without the core; <see cref="NotNowReason.None"/>: it can.</param>
internal readonly record struct TillVerdict(AccountRefusal Refusal, LineSet Lines = default, NotNowReason NotNow = NotNowReason.None)
{
    public static readonly TillVerdict Granted;

    public bool IsGranted => Refusal == AccountRefusal.None && NotNow == NotNowReason.None;

    public static TillVerdict Later(NotNowReason reason) => new(AccountRefusal.None, default, reason);
}

/// <summary>How a till sells without a connection, and a validator lets people ride (O2, M3, M5, M6, M10): by the list, within the allowance, and never twice what it has itself sold. Pure.</summary>
internal static class TillRules
{
    /// <summary>True when the list may still be sold by.</summary>
    public static NotNowReason CheckList(ListIndex? index, Instant now) =>
        index is null ? NotNowReason.NoList : now >= index.List.ValidUntil ? NotNowReason.ListTooOld : NotNowReason.None;

    /// <summary>A sale within the allowance.</summary>
    public static TillVerdict Sell(ListIndex index, ListIndex.Found? card, SaleLine[] lines, bool isConfirmed, Had had, ContraAccount seller, ListKey key, Instant now)
    {
        var (stopped, unconfirmed) = Stopped(card, lines, seller, key);
        if (Unservable(index, card, stopped, now) is { Refusal: not AccountRefusal.None } unservable) return unservable;
        var allowance = AllowanceOn(index.List, card!.Holder, DayOf(index, now));
        var asked = DaySpending.Of(lines);
        var over = OverCategory(lines, asked, had.Spending, allowance);
        if (!over.IsEmpty) return new TillVerdict(AccountRefusal.CategoryLimit, over);
        if (had.Spending.Total + asked.Total > allowance.Total) return new TillVerdict(AccountRefusal.InsufficientFunds);
        return Confirmed(unconfirmed, isConfirmed);
    }

    /// <summary>A meal at public cost: once.</summary>
    public static TillVerdict RedeemMeal(
        ListIndex index, ListIndex.Found? card, MealKind meal, SaleLine[] lines, bool isConfirmed, Had had, ContraAccount seller, ListKey key, Instant now)
    {
        var (stopped, unconfirmed) = Stopped(card, lines, seller, key);
        if (Unservable(index, card, stopped, now) is { Refusal: not AccountRefusal.None } unservable) return unservable;
        var day = DayOf(index, now);
        if (MealsOn(index.List, card!.Holder, day) is not { } meals) return TillVerdict.Later(NotNowReason.ListTooOld);
        if (had.Meals.Contains(meal)) return new TillVerdict(AccountRefusal.AlreadyRedeemed);
        return meals.Contains(meal) ? Confirmed(unconfirmed, isConfirmed) : new TillVerdict(AccountRefusal.NotEntitled);
    }

    /// <summary>A meal that was ordered: once. What it is comes with it.</summary>
    public static (TillVerdict Verdict, ListedMeal? Order) RedeemOrder(ListIndex index, ListIndex.Found? card, MealKind meal, Had had, ContraAccount seller, Instant now)
    {
        if (Unservable(index, card, LineSet.None, now) is { Refusal: not AccountRefusal.None } unservable) return (unservable, null);
        var day = DayOf(index, now);
        if (day != index.List.Terms.Day && day != index.List.Terms.NextDay) return (TillVerdict.Later(NotNowReason.ListTooOld), null);
        return index.Order(card!.Holder, day, meal, seller) is { } order && !had.Orders.Contains(order.Mark) ? (TillVerdict.Granted, order) : (new TillVerdict(AccountRefusal.NotOrdered), null);
    }

    /// <summary>A ride within the allowance, and up to the fare for which the carrier trusts a listed card (M10).</summary>
    public static TillVerdict PayRide(ListIndex index, ListIndex.Found? card, Money fare, Money fareMost, Had had, Instant now)
    {
        if (Unservable(index, card, LineSet.None, now) is { Refusal: not AccountRefusal.None } unservable) return unservable;
        var allowance = AllowanceOn(index.List, card!.Holder, DayOf(index, now));
        return fare <= fareMost && had.Spending.Rides + fare <= allowance.Total ? TillVerdict.Granted : new TillVerdict(AccountRefusal.InsufficientFunds);
    }

    /// <summary>The calendar day by which allowances and meals count.</summary>
    public static LocalDate DayOf(ListIndex index, Instant now) => Calendars.DayOf(now, index.List.Terms.ZoneId);

    private static TillVerdict Unservable(ListIndex index, ListIndex.Found? card, LineSet forbidden, Instant now)
    {
        if (CardRules.Check(card?.Card(index.List.Terms.Building), now) is var fault and not CardRefusal.None) return new TillVerdict((AccountRefusal)fault);
        return forbidden.IsEmpty ? TillVerdict.Granted : new TillVerdict(AccountRefusal.StopList, forbidden);
    }

    private static (LineSet Hard, LineSet Soft) Stopped(ListIndex.Found? card, SaleLine[] lines, ContraAccount seller, ListKey key) => card?.Holder.Stops is not { } stops ? default : (
        LineSet.Where(lines, line => stops.StopOf(line, seller, key) == StopStrength.Hard),
        LineSet.Where(lines, line => stops.StopOf(line, seller, key) == StopStrength.Soft));

    private static TillVerdict Confirmed(LineSet unconfirmed, bool isConfirmed) =>
        unconfirmed.IsEmpty || isConfirmed ? TillVerdict.Granted : new TillVerdict(AccountRefusal.ConfirmationNeeded, unconfirmed);

    // A clock that is behind the list's day has no allowance of its own.
    private static OfflineAllowance AllowanceOn(OfflineList list, Holder holder, LocalDate day) => day > list.Terms.Day ? holder.NextAllowance : holder.Allowance;

    private static MealSet? MealsOn(OfflineList list, Holder holder, LocalDate day) =>
        day == list.Terms.Day ? holder.Meals : day == list.Terms.NextDay ? holder.NextMeals : null;

    private static LineSet OverCategory(SaleLine[] lines, DaySpending asked, DaySpending had, OfflineAllowance allowance)
    {
        var isHotOver = allowance.HotMeal < allowance.Total && asked.HotMeal > Money.Zero && had.HotMeal + asked.HotMeal > allowance.HotMeal;
        var isBuffetOver = allowance.Buffet < allowance.Total && asked.Buffet > Money.Zero && had.Buffet + asked.Buffet > allowance.Buffet;
        return LineSet.Where(lines, line => line.Category == ProductCategory.Buffet ? isBuffetOver : isHotOver);
    }
}
