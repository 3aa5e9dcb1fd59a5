using Zvonok.Domain.Accounts;
using Zvonok.Domain.Cards;
using Zvonok.Domain.Operations;
using Zvonok.Terminals.Decisions;
using Zvonok.Terminals.Lists;

namespace Zvonok.Terminals.Tests.Worlds;

/// <summary>A till or a validator that decides as the library's does.</summary>
internal sealed class Till(DeviceId id, Random random, Duration offset, ListIndex list) : Device(id, random, offset)
{
    private static readonly Money FareMost = new(5_000);
    private readonly List<Sold> _onDisk = [];
    private SoldBook _sold = new();
    private ListIndex _list = list;

    /// <summary>A new list has come: what it has in its figures need not be remembered.</summary>
    public void Take(ListIndex list)
    {
        Met();
        _list = list;
        foreach (var operation in _sold.KnownBefore(list.List.MadeAt))
        {
            _sold.Remove(operation);
            _onDisk.RemoveAll(sold => sold.Operation == operation);
        }
    }

    /// <summary>Its program died: what it has sold alone is on the disk, what it has sold with the core may not be yet.</summary>
    public void Die()
    {
        _sold = new SoldBook();
        foreach (var sold in _onDisk) _sold.Add(sold);
    }

    public void Sell(Child child, SaleLine[] lines, Cable cable, Core core, Notebook notebook, Instant now)
    {
        var total = DaySpending.Of(lines).Total;
        Serve(
            child, cable, core, notebook, now, operation => new Sale { Operation = operation, EventTime = Clock(now), Device = Id, Seller = School.Seller, Lines = lines, Total = total },
            (card, had, at) => (TillRules.Sell(_list, card, lines, isConfirmed: false, had, School.Seller, School.ListKey, at), null), DaySpending.Of(lines), null);
    }

    public void RedeemMeal(Child child, Cable cable, Core core, Notebook notebook, Instant now)
    {
        SaleLine[] lines = [new("LUNCH", ProductCategory.HotMeal, 1, new Money(12_000), Allergens.None)];
        Serve(
            child, cable, core, notebook, now,
            operation => new Redemption { Operation = operation, EventTime = Clock(now), Device = Id, Seller = School.Seller, Lines = lines, Total = new Money(12_000), Meal = MealKind.Lunch },
            (card, had, at) => (TillRules.RedeemMeal(_list, card, MealKind.Lunch, lines, isConfirmed: false, had, School.Seller, School.ListKey, at), null), DaySpending.None, MealKind.Lunch);
    }

    public void RedeemOrder(Child child, Cable cable, Core core, Notebook notebook, Instant now) => Serve(
        child, cable, core, notebook, now, operation => new OrderRedemption { Operation = operation, EventTime = Clock(now), Device = Id, Seller = School.Seller, Meal = MealKind.Dinner },
        (card, had, at) => TillRules.RedeemOrder(_list, card, MealKind.Dinner, had, School.Seller, at) is var (verdict, order) ? (verdict, order?.Mark) : default, DaySpending.None, null);

    public void PayRide(Child child, Money fare, Cable cable, Core core, Notebook notebook, Instant now) => Serve(
        child, cable, core, notebook, now, operation => new Ride { Operation = operation, EventTime = Clock(now), Device = Id, Carrier = School.Carrier, Fare = fare },
        (card, had, at) => (TillRules.PayRide(_list, card, fare, FareMost, had, at), null), DaySpending.OnRide(fare), null);

    private void Serve(
        Child child, Cable cable, Core core, Notebook notebook, Instant now, Func<OperationId, AccountCommand> ask,
        Func<ListIndex.Found?, Had, Instant, (TillVerdict Verdict, uint? Order)> decide, DaySpending spending, MealKind? meal)
    {
        if (cable != Cable.Cut) Met();
        var operation = NewOperation(now);
        var command = ask(operation);
        var fact = command with { IsFact = true };
        var isGranted = cable != Cable.Cut && core.Do(child, command, now);
        var day = TillRules.DayOf(_list, Clock(now));
        if (cable == Cable.Whole)
        {
            if (!isGranted) return;
            var known = new Sold(operation, child.Handle, day, spending, meal, null, now);
            _sold.Add(known);
            if (Random.Next(2) == 0) _onDisk.Add(known);
            Served(child, operation, spending, fact, notebook);
            return;
        }

        var (verdict, order) = decide(_list.Find(School.ListKey.TokenOf(CardDigest.Of(child.Uid))), _sold.Of(child.Handle, day), Clock(now));
        if (!verdict.IsGranted)
        {
            if (!isGranted) return;
            // The core may have sold what the cashier was told is not sold: the till takes it back as soon as it knows. Nobody ate. A ride stays paid.
            if (command is Ride) Served(child, operation, spending, fact, notebook);
            else TakeBack(child, operation, core, now);
            return;
        }

        if (cable == Cable.Deaf) notebook.Told.Add((other, later) => other.Do(child, command, later));
        var sold = new Sold(operation, child.Handle, day, spending, meal, order, KnownAt: null);
        _sold.Add(sold);
        _onDisk.Add(sold);
        Queue((other, later) =>
        {
            other.Do(child, fact, later).ShouldBeTrue("a fact is never refused");
            _sold.Known(operation, later);
        });
        Served(child, operation, spending, fact, notebook);
    }

    private static void Served(Child child, OperationId operation, DaySpending price, AccountCommand fact, Notebook notebook)
    {
        notebook.Owed.Add(operation);
        notebook.Paid(child, price);
        notebook.Told.Add((other, later) => other.Do(child, fact, later).ShouldBeTrue("a fact is never refused"));
    }

    private void TakeBack(Child child, OperationId operation, Core core, Instant now)
    {
        var sale = core.Of(child).Entries.Single(entry => entry.Operation == operation);
        core.Of(child).Do(new Reversal { Operation = operation.Derive([1]), EventTime = Clock(now), Device = Id, Seller = School.Seller, SaleSeq = sale.Seq, Lines = LineSet.None }, now);
    }
}
