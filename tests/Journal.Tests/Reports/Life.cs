using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.Reports;

/// <summary>
/// Some weeks of some accounts, drawn from a seed: whatever moves money, decided by the rules themselves, in several zones, with devices late; what is sold or served is taken back,
/// whole or by lines, at any till of its operator and on any day.
/// </summary>
internal sealed class Life
{
    /// <summary>Tills and a validator that are registered, by building; there is one more till that is not.</summary>
    public static readonly Device[] Devices =
    [
        new(new DeviceId(701), DeviceKind.Till, new BuildingId(1), ContraAccount.Operator(7)),
        new(new DeviceId(702), DeviceKind.Till, new BuildingId(1), ContraAccount.Operator(8)),
        new(new DeviceId(703), DeviceKind.Till, new BuildingId(2), ContraAccount.Operator(7)),
        new(new DeviceId(704), DeviceKind.Till, new BuildingId(3), ContraAccount.Operator(8)),
    ];

    private static readonly DeviceId Unregistered = new(799);

    private static readonly string[] Zones = ["Europe/Kaliningrad", "Europe/Moscow", "Asia/Vladivostok", "Asia/Kamchatka"];

    private static readonly EntitlementList Rights = new(
        new Entitlement(ContraAccount.Budget(5), MealSet.Of(MealKind.Breakfast, MealKind.Lunch), WeekdaySet.Of(Enum.GetValues<IsoDayOfWeek>().Skip(1)), new(2026, 1, 1), new(2026, 9, 8)),
        new Entitlement(ContraAccount.Budget(6), MealSet.Of(MealKind.Lunch, MealKind.Dinner), WeekdaySet.Of(Enum.GetValues<IsoDayOfWeek>().Skip(1)), new(2026, 1, 1), new(2026, 12, 31)));

    private readonly Random _random;
    private readonly List<Entry> _ledger = [];
    private AccountState _account;
    private Instant _now = Given.Morning;

    private Life(int seed) => _random = new Random(seed);

    /// <summary>All entries, by account and number.</summary>
    public static List<Entry> From(int seed, int accounts = 8, int steps = 60)
    {
        var life = new Life(seed);
        return [.. Enumerable.Range(1, accounts).SelectMany(serial => life.Live(serial, steps))];
    }

    private List<Entry> Live(long serial, int steps)
    {
        _ledger.Clear();
        _now = Given.Morning;
        _account = AccountState.From(Given.Account(serial) with { ZoneId = Zones[_random.Next(Zones.Length)], Entitlements = Rights }, null);
        for (var step = 0; step < steps; step++)
        {
            _now += Duration.FromMinutes(_random.Next(600));
            if (Do().Entry is not { } entry) continue;
            _ledger.Add(entry);
            _account = AccountRules.Evolve(_account, entry);
        }

        return [.. _ledger];
    }

    private AccountDecision Do() => _random.Next(11) switch
    {
        0 or 1 => AccountRules.Decide(_account, new TopUp { Operation = Id(), Purse = Pick(Purse.Meal, Purse.Transport), Amount = Amount(60_000), Reference = new BankReference(Pick(3, 4), "1") }, _now),
        2 => AccountRules.Decide(_account, new Ride { Operation = Id(), Device = new DeviceId(801), Carrier = ContraAccount.Carrier(Pick(12, 13)), Fare = Amount(6_000) }, CardRefusal.None, DaySpending.None, _now),
        3 => AccountRules.Decide(_account, new LimitChange { Operation = Id(), Limit = null }, _now),
        // It is on its way for ever: what else moves transit, does not differ here.
        10 => AccountRules.Decide(_account, new Transfer { Operation = Id(), From = Purse.Meal, To = Given.Number(99), ToPurse = Purse.Meal, Amount = Amount(2_000) }, mayChangePurse: false, _now),
        4 or 5 => Sell(),
        6 or 7 => Redeem(),
        _ => Reverse(),
    };

    private AccountDecision Sell()
    {
        var (device, seller, lines) = (Till(), Seller(), Lines());
        return AccountRules.Decide(
            _account, new Sale { Operation = Id(), EventTime = Time(), Device = device, Seller = seller, Lines = lines, Total = Sum(lines), CreditFloor = new Money(-30_000) }, CardRefusal.None, DaySpending.None, _now);
    }

    private AccountDecision Redeem()
    {
        var (device, seller, lines) = (Till(), Seller(), Lines());
        var redemption = new Redemption
        {
            Operation = Id(), EventTime = Time(), Device = device, Seller = seller, Lines = lines, Total = Sum(lines), Meal = Pick(MealKind.Breakfast, MealKind.Lunch, MealKind.Dinner),
        };
        var day = AccountRules.LimitDayOf(_account, redemption, _now);
        var had = MealSet.Of(_ledger.Where(entry => entry.Kind == EntryKind.Redemption && entry.LimitDay == day && !IsTakenBack(entry)).Select(entry => entry.Meal!.Value));
        return AccountRules.Decide(_account, redemption, CardRefusal.None, had, _now);
    }

    private AccountDecision Reverse()
    {
        if (_ledger.FindAll(entry => entry.Kind is EntryKind.Sale or EntryKind.Redemption) is not { Count: > 0 } sales) return default;
        // Mostly one that is not too old to be taken back.
        var sale = sales[^Math.Min(_random.Next(1, 12), sales.Count)];
        var lines = _random.Next(3) == 0 ? LineSet.None : LineSet.Of(_random.Next(sale.Lines.Length));
        return AccountRules.Decide(
            _account, new Reversal { Operation = Id(), EventTime = Time(), Device = Till(), Seller = sale.Contra, SaleSeq = sale.Seq, Lines = lines }, sale, Naive.TakenBack(sale, _ledger), _now);
    }

    private bool IsTakenBack(Entry meal) => Naive.TakenBack(meal, _ledger).Contains(LineSet.First(meal.Lines.Length));

    // Some of the lines cost nothing.
    private SaleLine[] Lines() => [.. Enumerable.Range(0, _random.Next(1, 4)).Select(i => Given.Lunch with { UnitPrice = i == 0 ? Amount(9_000) : new Money(_random.Next(2) * 1_500), Quantity = _random.Next(1, 3) })];

    private static Money Sum(SaleLine[] lines) => lines.Aggregate(Money.Zero, (sum, line) => sum + line.Total);

    private OperationId Id() => Given.Operation(_now);

    // Devices are late by up to half a day.
    private Instant? Time() => _random.Next(3) == 0 ? _now - Duration.FromMinutes(_random.Next(720)) : null;

    private DeviceId Till() => _random.Next(6) == 0 ? Unregistered : Devices[_random.Next(Devices.Length)].Id;

    private ContraAccount Seller() => ContraAccount.Operator(Pick(7, 8));

    private Money Amount(int max) => new(_random.Next(1, max));

    private T Pick<T>(params T[] all) => all[_random.Next(all.Length)];
}
