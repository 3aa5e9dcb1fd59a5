using Zvonok.Grains.Tests.Model.Naive;

namespace Zvonok.Grains.Tests.Model;

// What families, banks, carriers and offices ask for.
internal sealed partial class Draw
{
    private Ride Ride(NaiveAccount child, Instant now) => new()
    {
        Operation = Operation(now),
        EventTime = EventTime(child, now),
        Device = new DeviceId(701),
        Carrier = ContraAccount.Carrier(12),
        Fare = new Money(Amount(5_000, child.Balance(Purse.Transport), child.RideLimit - child.RodeOn(Today(child, now)))),
    };

    private TopUp TopUp(NaiveAccount child, Instant now)
    {
        var purse = AnyPurse();
        var amount = Chance(1) ? AmountMax - random.Next(20_000) : Chance(1) ? AmountMax - child.Balance(purse) + random.Next(2) : random.Next(1, 30_000);
        return new TopUp
        {
            Operation = Operation(now), EventTime = EventTime(child, now), Purse = purse, Amount = new Money(Math.Clamp(amount, 1, AmountMax)), Reference = Reference(child),
        };
    }

    private FeeCharge Fee(NaiveAccount child, Instant now) => new()
    {
        Operation = Operation(now),
        EventTime = EventTime(child, now),
        Kind = FeeKind.CardReplacement,
        Amount = new Money(Chance(20) ? 0 : Amount(9_000, child.Meal)),
        Reference = Chance(40) ? Reference(child) : null,
    };

    private LimitChange Limit(NaiveAccount child, Instant now)
    {
        var isRides = Chance(25);
        return new LimitChange
        {
            Operation = Operation(now),
            EventTime = EventTime(child, now),
            Limit = Chance(35) ? null : new Money(random.Next(25_000)),
            Category = isRides ? null : OneOf<ProductCategory?>([null, ProductCategory.HotMeal, ProductCategory.Buffet]),
            Purse = isRides ? Purse.Transport : Purse.Meal,
        };
    }

    private StopListChange Stops(NaiveAccount child, Instant now) => new()
    {
        Operation = Operation(now), EventTime = EventTime(child, now), StopList = Chance(50) ? null : StopList(),
    };

    private StopList StopList() => new(
        AllergensOf(15), Chance(10) ? Strength() : null, Chance(20) ? Strength() : null,
        [.. Some(Products).Select(product => new ProductStop(Seller(), product, Strength()))]);

    private StopStrength Strength() => Chance(35) ? StopStrength.Hard : StopStrength.Soft;

    private EntitlementChange Rights(NaiveAccount child, Instant now) => new()
    {
        Operation = Operation(now), EventTime = EventTime(child, now), Entitlements = Chance(15) ? null : new EntitlementList([.. Enumerable.Range(0, 1 + random.Next(3)).Select(_ => Right(child, now))]),
    };

    private Entitlement Right(NaiveAccount child, Instant now)
    {
        var from = Today(child, now) + random.Next(5) - 3;
        return new Entitlement(
            ContraAccount.Budget(5 + random.Next(2)), MealSet.Of(OneOf(Meals), OneOf(Meals), OneOf(Meals)), WeekdaySet.Of(Enum.GetValues<IsoDayOfWeek>().Skip(1).Where(_ => Chance(80))),
            NaiveZone.DateOf(from), NaiveZone.DateOf(from + random.Next(10)));
    }

    /// <summary>Money for another child, or from one purse to the other.</summary>
    public Transfer Transfer(NaiveAccount child, AccountNumber to, Instant now)
    {
        var from = AnyPurse();
        // From a purse into itself is nothing that a door lets through.
        var toPurse = to == child.Number ? from == Purse.Meal ? Purse.Transport : Purse.Meal : AnyPurse();
        return new Transfer
        {
            Operation = Operation(now), EventTime = EventTime(child, now), From = from, To = to, ToPurse = toPurse,
            Amount = Chance(10) ? null : new Money(Amount(8_000, child.Balance(from), AmountMax - family.Children.Max(one => one.Balance(toPurse)))),
        };
    }

    private OrderChange Orders(NaiveAccount child, Instant now)
    {
        var open = child.OpenOrders.Select(order => (long)order.Seq).ToList();
        long[] cancelled = [.. open.Where(_ => Chance(8)), .. Chance(3) ? [1 + random.Next(child.Facts.Count + 2)] : Array.Empty<long>()];
        // A single meal, or those of a week.
        var first = random.Next(4) - 1;
        MealOrder[] placed = [.. Enumerable.Range(0, Chance(20) ? 5 : random.Next(3)).Select(days => Order(child, now, first + days))];
        return new OrderChange
        {
            Operation = Operation(now), EventTime = EventTime(child, now), Cancelled = [.. cancelled.Distinct()], Placed = cancelled.Length + placed.Length > 0 ? placed : [Order(child, now, first)],
        };
    }

    // A menu's cut-off is not beyond its day.
    private MealOrder Order(NaiveAccount child, Instant now, int days)
    {
        var day = schoolZone.DayOf(now.ToUnixTimeMilliseconds()) + days;
        var end = Instant.FromUnixTimeMilliseconds(schoolZone.StartOf(day + 1));
        var until = Chance(10) ? now + Duration.FromMilliseconds(random.Next(3) - 1) : now + Duration.FromMinutes(random.Next(-60, 48 * 60));
        var lines = Chance(15) ? [Line(0)] : Chance(30) ? [Line(Amount(1_000, child.Meal))] : Lines(2, dearest: 800);
        return new MealOrder(school, NaiveZone.DateOf(day), OneOf(Meals), Seller(), lines, Chance(3) ? MealOrder.NotOnMenu : Instant.Min(until, end), Chance(50));
    }

    private Closing Closing(NaiveAccount child, Instant now) => new() { Operation = Operation(now), EventTime = EventTime(child, now), PaidOutBy = Chance(70) ? ContraAccount.Bank(3) : null };

    // Now and then a bank tells of a payment that it has told of before.
    private BankReference Reference(NaiveAccount child) =>
        family.Payments.Count > 0 && Chance(8) ? Recent([.. family.Payments]) : new BankReference(3 + random.Next(2), $"{child.Number}-{random.NextInt64()}");

    private Purse AnyPurse() => Chance(65) ? Purse.Meal : Purse.Transport;
}
