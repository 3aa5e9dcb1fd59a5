using Zvonok.Grains.Tests.Model.Naive;

namespace Zvonok.Grains.Tests.Model;

// At the till: sales, meals at public cost, ordered meals, and what is taken back.
internal sealed partial class Draw
{
    private static readonly string[] Products = ["SOUP", "PIE", "BUN", "TEA"];
    private static readonly Allergens[] SomeAllergens = [Allergens.Milk, Allergens.Nuts, Allergens.Gluten];
    private static readonly MealKind[] Meals = [MealKind.Breakfast, MealKind.Lunch, MealKind.Lunch, MealKind.AfternoonSnack, MealKind.Dinner];

    private Sale Sale(NaiveAccount child, Instant now)
    {
        var (day, credit) = (Today(child, now), OneOf([0L, 0L, 5_000L, 12_000L]));
        var lines = Chance(40)
            ? [Line(Amount(
                6_000, child.Meal, child.Meal + credit, child.Limit - child.SpentOn(day), child.HotMealLimit - child.SpentOn(day, ProductCategory.HotMeal),
                child.BuffetLimit - child.SpentOn(day, ProductCategory.Buffet)))]
            : Lines(6);
        var sale = new Sale
        {
            Operation = Operation(now), EventTime = EventTime(child, now), Device = Till(), Seller = Seller(), Lines = lines, Total = TotalOf(lines), CreditFloor = new Money(-credit),
            IsConfirmed = Chance(40), Override = Override(), Settlement = Settlement(),
        };
        return sale;
    }

    private Redemption Redemption(NaiveAccount child, Instant now)
    {
        var lines = Lines(3);
        return new Redemption
        {
            Operation = Operation(now), EventTime = EventTime(child, now), Device = Till(), Seller = Seller(), Meal = OneOf(Meals), Lines = lines, Total = TotalOf(lines),
            IsConfirmed = Chance(40), Override = Override(), Settlement = Settlement(),
        };
    }

    // Whoever comes has usually ordered something for the day.
    private AccountCommand OrderRedemption(NaiveAccount child, Instant now)
    {
        var due = child.OpenOrders.Where(order => order.Day == Today(child, now)).ToList();
        if (due.Count == 0 && Chance(80)) return Orders(child, now);
        var order = due.Count > 0 ? OneOf(due) : null;
        return new OrderRedemption
        {
            Operation = Operation(now),
            EventTime = EventTime(child, now),
            Device = Till(),
            Seller = order is not null && Chance(90) ? order.Order!.Seller : Seller(),
            Meal = order is not null && Chance(90) ? order.Meal!.Value : OneOf(Meals),
            Override = Override(),
        };
    }

    private Reversal Reversal(NaiveAccount child, Instant now)
    {
        var sales = child.Facts.Where(fact => fact.Kind is EntryKind.Sale or EntryKind.Redemption).ToList();
        var sale = sales.Count > 0 && Chance(90) ? Recent(sales) : null;
        return new Reversal
        {
            Operation = Operation(now),
            EventTime = EventTime(child, now),
            Device = Till(),
            Seller = sale is not null && Chance(90) ? sale.Contra : Seller(),
            SaleSeq = sale?.Seq ?? 1 + random.Next(child.Facts.Count + 2),
            Lines = Chance(50) ? LineSet.None : LineSet.Of(Some(0, 1, 2, 3, Chance(5) ? 49 : 0)),
        };
    }

    private SaleLine[] Lines(int most, int dearest = 2_500)
    {
        SaleLine[] lines = [.. Enumerable.Range(0, 1 + random.Next(most)).Select(_ => Line(Chance(8) ? 0 : random.Next(1, dearest), 1 + random.Next(3)))];
        // The doors take no sale of nothing.
        return lines.All(line => line.UnitPrice == Money.Zero) ? [Line(100)] : lines;
    }

    private SaleLine Line(long price, int quantity = 1) =>
        new(OneOf(Products), Chance(60) ? ProductCategory.HotMeal : ProductCategory.Buffet, quantity, new Money(price), AllergensOf(20));

    private Allergens AllergensOf(int percent) => SomeAllergens.Where(_ => Chance(percent)).Aggregate(Allergens.None, (all, one) => all | one);

    private static Money TotalOf(SaleLine[] lines) => new(lines.Sum(line => line.Quantity * line.UnitPrice.Kopecks));

    private DeviceId Till() => new(501 + random.Next(2));

    private ContraAccount Seller() => ContraAccount.Operator(Chance(80) ? 7 : 8);

    private OverrideRequest? Override() => Chance(85) ? null : new OverrideRequest(Employee(), "It is all there is");

    private ClassSettlement? Settlement() => Chance(85) ? null : new ClassSettlement(Employee());

    private AccountNumber? Employee() => Chance(75) ? AccountNumber.FromSerial(77_777) : null;
}
