using Microsoft.Extensions.DependencyInjection;
using Zvonok.Grains.Caretaking;
using Zvonok.Grains.Days;
using Zvonok.Grains.Registry;
using Zvonok.Grains.Reports;
using Zvonok.Grains.Tests.Clusters;
using Zvonok.Grains.Tests.Model.Naive;
using Zvonok.Grains.Transfers;

namespace Zvonok.Grains.Tests.Model;

/// <summary>
/// Some days of many families on a cluster and a journal of their own. All play some operations while the clock stands; then it goes on for all, the caretaker does its
/// chores, and what the accounts say of themselves is held against the naive ones. At the end the ledgers are, row by row, and the books as a whole.
/// </summary>
internal sealed class Round
{
    private const int Families = 64;
    private const int ChildrenOfAFamily = 2;
    private const int OperationsAtATime = 12;
    private const int DayCloseHours = 4;

    // Before nights in which clocks are put forward or back somewhere, and before one without any.
    private static readonly Instant[] Evenings =
    [
        Instant.FromUtc(2026, 3, 28, 9, 0), Instant.FromUtc(2026, 4, 4, 2, 0), Instant.FromUtc(2026, 4, 23, 9, 0), Instant.FromUtc(2026, 9, 1, 6, 0),
        Instant.FromUtc(2026, 9, 26, 2, 0), Instant.FromUtc(2026, 10, 3, 2, 0), Instant.FromUtc(2026, 10, 24, 9, 0), Instant.FromUtc(2026, 10, 29, 9, 0),
    ];

    private readonly TestCluster _cluster;
    private readonly Random _random;
    private readonly Tally _tally = new();
    private readonly (FamilyRun Run, Tally Tally, int School)[] _families;
    private readonly IChore[] _chores;

    private Round(TestCluster cluster, int seed)
    {
        (_cluster, _random) = (cluster, new Random(seed));
        _families = [.. Enumerable.Range(0, Families).Select(Family)];
        var services = cluster.Part<IServiceProvider>();
        _chores = [ActivatorUtilities.CreateInstance<TransferChore>(services), ActivatorUtilities.CreateInstance<DayCloseChore>(services)];
    }

    /// <summary>Plays a round: the same seed and number of operations are the same round.</summary>
    public static async Task<Tally> Play(int seed, int operations)
    {
        var directory = new DataDirectory();
        try
        {
            await using var cluster = await TestCluster.Start(directory.Path);
            var round = new Round(cluster, seed);
            await round.Play(operations);
            return round._tally;
        }
        finally
        {
            directory.Remove();
        }
    }

    private async Task Play(int operations)
    {
        _cluster.Clock.Set(_random.GetItems(Evenings, 1)[0]);
        await Register();
        while (_families.Sum(family => family.Tally.Operations) < operations)
        {
            await Task.WhenAll(_families.Select(family => family.Run.Play(OperationsAtATime)));
            GoOn();
            await DoChores();
            await Task.WhenAll(_families.Select(family => CheckViews(family.Run.Family)));
        }

        await Task.WhenAll(_families.Select(family => CheckLedgers(family.Run.Family)));
        await CheckBooks();
        foreach (var (_, tally, _) in _families) _tally.Add(tally);
    }

    private (FamilyRun, Tally, int) Family(int number)
    {
        var random = new Random(_random.Next());
        var children = Enumerable.Range(1, ChildrenOfAFamily)
            .Select(child => new NaiveAccount(AccountNumber.FromSerial(number * 10 + child), NaiveZone.All[random.Next(NaiveZone.All.Length)])).ToArray();
        var (family, school, tally) = (new NaiveFamily(children), random.Next(NaiveZone.All.Length), new Tally());
        return (new FamilyRun(_cluster, family, new Draw(random, family, SchoolOf(school), NaiveZone.All[school]), tally), tally, school);
    }

    // One school in each zone.
    private static BuildingId SchoolOf(int zone) => new(1501 + zone);

    private Task Register() => _cluster.Register(
    [
        .. NaiveZone.All.Select((zone, n) => (RegistryRow)Given.BuildingRow(SchoolOf(n), zone.Id)),
        .. _families.SelectMany(family => family.Run.Family.Children).Select(child => Given.AccountRow(child.Number, zone: child.Zone.Id)),
    ]);

    private void GoOn()
    {
        var minutes = _random.Next(10) switch
        {
            < 3 => _random.Next(1, 60),
            < 9 => _random.Next(60, 10 * 60),
            _ => _random.Next(10 * 60, 50 * 60),
        };
        _cluster.Clock.Advance(Duration.FromMinutes(minutes) + Duration.FromMilliseconds(_random.Next(1_000)));
        _tally.Event("the clock goes on");
    }

    private async Task DoChores()
    {
        var now = _cluster.Clock.GetCurrentInstant();
        foreach (var (run, _, _) in _families) run.HasArrived(now);
        var due = _families.SelectMany(family => family.Run.Family.Children.Select(child => (family.Run, Child: child, Orders: DueOf(child, family.School, now)))).Where(one => one.Orders.Count > 0).ToList();
        if (due.Count > 0 && _random.Next(3) == 0) BreakAt(due[_random.Next(due.Count)]);
        // What could not be done is done the next time.
        foreach (var chore in _chores.Concat(_chores)) await chore.Do(CancellationToken.None);
        foreach (var (_, child, orders) in due) await CheckExpired(child, orders, now);
    }

    private void BreakAt((FamilyRun Run, NaiveAccount Child, List<NaiveFact> Orders) due)
    {
        _cluster.Script.Of(due.Child.Number).LoseNextAnswer();
        due.Run.Doubt(due.Child);
        _tally.Event("loses its answer while a day is closed");
    }

    private static List<NaiveFact> DueOf(NaiveAccount child, int school, Instant now)
    {
        var over = NaiveZone.All[school].DayOf((now - Duration.FromHours(DayCloseHours)).ToUnixTimeMilliseconds()) - 1;
        return [.. child.OpenOrders.Where(order => order.Day <= over)];
    }

    // All of them have ended, each once. In which order is nobody's business.
    private async Task CheckExpired(NaiveAccount child, List<NaiveFact> due, Instant now)
    {
        var rows = (await _cluster.Ledger(child.Number)).Skip(child.Facts.Count).ToList();
        rows.Select(row => (row.Kind, row.ReversedSeq)).ShouldBe(due.Select(order => (EntryKind.OrderExpiry, (long)order.Seq)), ignoreOrder: true, $"Of {child.Number} these orders are due at {now}.");
        foreach (var row in rows)
        {
            child.Expire(due.Single(order => order.Seq == row.ReversedSeq), new OrderExpiry { Operation = default, OrderSeq = row.ReversedSeq }, now);
            _tally.Operation("order expiry", "granted");
        }
    }

    private async Task CheckViews(NaiveFamily family)
    {
        foreach (var child in family.Children)
        {
            var today = child.Zone.DayOf(_cluster.Clock.GetCurrentInstant().ToUnixTimeMilliseconds());
            var view = (await _cluster.Account(child.Number).Get()).ShouldNotBeNull();
            Same(
                child,
                (view.Meal.Kopecks, view.Transport.Kopecks, view.Seq, view.SpentToday.Kopecks, view.SpentInBuffetToday.Kopecks, view.SpentOnRidesToday.Kopecks, view.Profile.IsClosed),
                (child.Meal, child.Balance(Purse.Transport), (long)child.Facts.Count, child.SpentOn(today), child.SpentOn(today, ProductCategory.Buffet), child.RodeOn(today), child.IsClosed));
            Same(
                child,
                (view.Profile.DailyLimit?.Kopecks, view.Profile.HotMealLimit?.Kopecks, view.Profile.BuffetLimit?.Kopecks, view.Profile.RideLimit?.Kopecks),
                (child.Limit, child.HotMealLimit, child.BuffetLimit, child.RideLimit));
            var orders = (await _cluster.Account(child.Number).ListOrders()).ShouldNotBeNull();
            orders.OrderBy(order => order.Seq).Select(order => (order.Seq, order.Order)).ShouldBe(child.OpenOrders.Select(order => ((long)order.Seq, order.Order!)), $"Account {child.Number}.");
        }
    }

    private async Task CheckLedgers(NaiveFamily family)
    {
        foreach (var child in family.Children)
        {
            var rows = await _cluster.Ledger(child.Number);
            rows.Count.ShouldBe(child.Facts.Count, $"Account {child.Number}.");
            for (var i = 0; i < rows.Count; i++) Same(child, NaiveFact.RowOf(rows[i]), child.Facts[i].ToRow());
        }
    }

    private async Task CheckBooks()
    {
        var balance = new Dictionary<string, long>();
        await foreach (var line in _cluster.Part<IReports>().ReadTrialBalance(CancellationToken.None)) balance[$"{line.Side}"] = line.Total.Kopecks;
        var expected = _families.SelectMany(family => family.Run.Family.Children).SelectMany(child => child.Facts).Where(fact => fact.Amount != 0)
            .SelectMany(fact => new[] { (Side: new Side(fact.Purse, fact.Purse == Purse.None ? fact.Payer : ContraAccount.None), fact.Amount), (Side: new Side(Purse.None, fact.Contra), Amount: -fact.Amount) })
            .GroupBy(move => $"{move.Side}", move => move.Amount).ToDictionary(side => side.Key, side => side.Sum());
        balance.Where(line => line.Value != 0).ShouldBe(expected.Where(line => line.Value != 0), ignoreOrder: true);
        balance.Values.Sum().ShouldBe(0);
        (await _cluster.Part<ITransferLog>().List(1)).Count.ShouldBe(0);
        await _cluster.Audit();
    }

    private static void Same<T>(NaiveAccount child, T real, T expected)
    {
        if (!EqualityComparer<T>.Default.Equals(real, expected)) throw new DisagreementException($"Account {child.Number} in {child.Zone} has\n{real}\nand ought to have\n{expected}");
    }
}
