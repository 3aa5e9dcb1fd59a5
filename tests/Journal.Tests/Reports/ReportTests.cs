using Zvonok.Domain.Time;
using Zvonok.Grains.Reports;
using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.Reports;

/// <summary>Reports against a naive computation over all entries of random lives, and where it matters by hand.</summary>
[Collection(OnEveryStore.Name)]
[Trait("Rule", "M14")]
public sealed class ReportTests(Databases databases)
{
    // From one end of the world to the other.
    private static readonly string[] Zones = ["Europe/Moscow", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu"];

    private static readonly Gen<int> Seeds = Gen.Int[0, int.MaxValue];

    [Theory, EveryStore]
    [Trait("Rule", "M5")]
    public async Task After_any_life_the_reports_say_what_a_naive_computation_says(Store store) => await Seeds.SampleAsync(async seed =>
    {
        var entries = Life.From(seed);
        await using var journal = await Journal(store, entries);

        var balance = await journal.Reports.ReadTrialBalance(default).ToListAsync();
        balance.ShouldBe(Naive.TrialBalance(entries));
        balance.Sum(line => line.Total.Kopecks).ShouldBe(0);

        foreach (var zone in Zones)
        {
            var days = Days(entries, entry => Calendars.DayOf(entry.RecordedAt, zone));
            var settled = new List<SettlementLine>();
            foreach (var day in days)
            {
                var lines = await Settlement(journal, day, zone);
                lines.ShouldBe(Naive.Settlement(entries, day, zone), $"{day} in {zone}");
                settled.AddRange(lines);
            }

            // All days together are all that there is.
            settled.GroupBy(line => line.Contra).OrderBy(lines => lines.Key.Code).Select(lines => new TrialBalanceLine(new Side(Purse.None, lines.Key), Sum(lines)))
                .ShouldBe(balance.Where(line => line.Side.Purse == Purse.None));
        }

        var mealDays = Days(entries, entry => entry.LimitDay);
        (await Claims(journal, null, mealDays[0], mealDays[^1])).ShouldBe(Naive.Claims(entries, Life.Devices, mealDays[0], mealDays[^1]));
        var (from, until) = (mealDays[mealDays.Count / 3], mealDays[mealDays.Count / 2]);
        (await Claims(journal, ContraAccount.Budget(6), from, until))
            .ShouldBe(Naive.Claims(entries, Life.Devices, from, until).Where(line => line.Funder == ContraAccount.Budget(6)));
    }, iter: 5, threads: 1);

    [Fact]
    public void A_life_has_something_of_everything()
    {
        var entries = Life.From(seed: 1);
        var meals = entries.FindAll(entry => entry.Kind == EntryKind.Redemption);
        var left = meals.ConvertAll(meal => LineSet.First(meal.Lines.Length).Except(Naive.TakenBack(meal, entries)));

        entries.Select(entry => entry.Kind).Distinct().Order().ShouldBe([EntryKind.Sale, EntryKind.Reversal, EntryKind.TopUp, EntryKind.LimitChange, EntryKind.Ride, EntryKind.Redemption, EntryKind.TransferOut]);
        left.ShouldContain(LineSet.None);
        left.Zip(meals).ShouldContain(pair => !pair.First.IsEmpty && pair.First != LineSet.First(pair.Second.Lines.Length));
        meals.ShouldContain(meal => Life.Devices.All(device => device.Id != meal.Device));
        meals.Select(meal => meal.Payer).Distinct().Count().ShouldBe(2);
        entries.ShouldContain(entry => entry.Kind == EntryKind.Reversal && entry.RecordedAt - entry.EventAt > Duration.FromHours(1));
        var taken = entries.FindAll(entry => entry.Kind == EntryKind.Reversal).ConvertAll(back => (Back: back, Sale: entries.Single(sale => sale.Account == back.Account && sale.Seq == back.ReversedSeq)));
        taken.ShouldContain(pair => pair.Sale.Kind == EntryKind.Redemption && pair.Sale.Device != pair.Back.Device && pair.Sale.LimitDay < pair.Back.RecordedAt.InUtc().Date);
    }

    [Theory, EveryStore]
    public async Task A_settlement_is_of_one_contra_account_of_a_kind_or_of_all(Store store)
    {
        var ledger = new Ledger();
        ledger.TopUp();
        ledger.TopUp(9_000, Purse.Transport);
        ledger.Sell(1_000);
        ledger.Redeem(2_000);
        ledger.Ride(300);
        ledger.ChangeLimit();
        await using var journal = await Journal(store, ledger.Entries);
        SettlementLine[] all =
        [
            new(ContraAccount.Operator(7), EntryKind.Sale, PurseOf(Purse.Meal), 1, new Money(1_000)),
            new(ContraAccount.Operator(7), EntryKind.Redemption, ContraOf(ContraAccount.Budget(5)), 1, new Money(2_000)),
            new(ContraAccount.Bank(3), EntryKind.TopUp, PurseOf(Purse.Meal), 1, new Money(-50_000)),
            new(ContraAccount.Bank(3), EntryKind.TopUp, PurseOf(Purse.Transport), 1, new Money(-9_000)),
            new(ContraAccount.Carrier(12), EntryKind.Ride, PurseOf(Purse.Transport), 1, new Money(300)),
            new(ContraAccount.Budget(5), EntryKind.Redemption, ContraOf(ContraAccount.Operator(7)), 1, new Money(-2_000)),
        ];

        (await Settlement(journal, Given.Today, Given.Zone)).ShouldBe(all);
        (await Settlement(journal, Given.Today, Given.Zone, ContraSelection.Of(ContraKind.Operator))).ShouldBe(all[..2]);
        (await Settlement(journal, Given.Today, Given.Zone, ContraSelection.Of(ContraAccount.Bank(3)))).ShouldBe(all[2..4]);
        (await Settlement(journal, Given.Today, Given.Zone, ContraSelection.Of(ContraKind.Budget))).ShouldBe(all[5..]);
        (await Settlement(journal, Given.Today, Given.Zone, ContraSelection.Of(ContraAccount.Operator(8)))).ShouldBeEmpty();
        (await Settlement(journal, Given.Today.PlusDays(1), Given.Zone)).ShouldBeEmpty();
    }

    [Theory, EveryStore]
    [Trait("Rule", "M8")]
    public async Task What_is_taken_back_the_next_day_leaves_the_settlement_of_the_day_before_as_it_was(Store store)
    {
        var ledger = new Ledger();
        var (meal, sale) = (ledger.Redeem(2_000), ledger.Sell(1_000));
        await using var journal = await Journal(store, ledger.Entries);
        var before = await Settlement(journal, Given.Today, Given.Zone);
        (await Claims(journal, null, Given.Today, Given.Today)).Single().Meals.ShouldBe(1);

        var tomorrow = Given.Morning + Duration.FromDays(1);
        await journal.Commit(ledger.GiveBack(meal) with { RecordedAt = tomorrow }, ledger.Reverse(sale) with { RecordedAt = tomorrow });

        (await Settlement(journal, Given.Today, Given.Zone)).ShouldBe(before);
        (await Settlement(journal, Given.Today.PlusDays(1), Given.Zone)).ShouldBe(
        [
            new(ContraAccount.Operator(7), EntryKind.Reversal, ContraOf(ContraAccount.Budget(5)), 1, new Money(-2_000)),
            new(ContraAccount.Operator(7), EntryKind.Reversal, PurseOf(Purse.Meal), 1, new Money(-1_000)),
            new(ContraAccount.Budget(5), EntryKind.Reversal, ContraOf(ContraAccount.Operator(7)), 1, new Money(2_000)),
        ]);
        (await Claims(journal, null, Given.Today, Given.Today.PlusDays(1))).ShouldBeEmpty("nobody pays for a meal that was not had");
    }

    [Theory]
    [InlineData(Store.Sqlite, "Pacific/Kiritimati", 14)]
    [InlineData(Store.Postgres, "Pacific/Kiritimati", 14)]
    [InlineData(Store.Sqlite, "Pacific/Pago_Pago", -11)]
    [InlineData(Store.Postgres, "Pacific/Pago_Pago", -11)]
    public async Task A_day_begins_and_ends_at_the_midnights_of_its_zone_to_the_millisecond(Store store, string zone, int hours)
    {
        var midnight = Instant.FromUtc(2026, 9, 1, 0, 0) - Duration.FromHours(hours);
        var ledger = new Ledger();
        Instant[] recorded = [midnight - Duration.FromMilliseconds(1), midnight, midnight + Duration.FromDays(1) - Duration.FromMilliseconds(1), midnight + Duration.FromDays(1)];
        var entries = recorded.Select((at, i) => ledger.TopUp(1L << i) with { RecordedAt = at }).ToList();
        await using var journal = await Journal(store, entries);

        Sum(await Settlement(journal, new LocalDate(2026, 8, 31), zone)).ShouldBe(new Money(-0b0001));
        Sum(await Settlement(journal, new LocalDate(2026, 9, 1), zone)).ShouldBe(new Money(-0b0110));
        Sum(await Settlement(journal, new LocalDate(2026, 9, 2), zone)).ShouldBe(new Money(-0b1000));
    }

    [Theory, EveryStore]
    public async Task What_a_device_sends_late_is_settled_when_it_comes(Store store)
    {
        var late = new Ledger().TopUp() with { EventAt = Given.Morning - Duration.FromHours(12), LimitDay = Given.Today.PlusDays(-1) };
        await using var journal = await Journal(store, [late]);

        (await Settlement(journal, Given.Today.PlusDays(-1), Given.Zone)).ShouldBeEmpty();
        Sum(await Settlement(journal, Given.Today, Given.Zone)).ShouldBe(-late.Amount);
    }

    [Theory, EveryStore]
    [Trait("Rule", "M5")]
    public async Task Of_a_meal_that_was_taken_back_in_part_the_rest_is_claimed_and_at_the_school_that_served_it(Store store)
    {
        var ledger = new Ledger();
        var lines = new[] { Given.Lunch, Given.Lunch with { UnitPrice = new Money(2_000) } };
        var meal = ledger.Redeem(17_000) with { Lines = lines, Device = Life.Devices[0].Id };
        var back = ledger.GiveBack(meal) with { Amount = new Money(2_000), ReversedLines = LineSet.Of(1), Meal = null, Device = Life.Devices[2].Id };
        await using var journal = await Journal(store, [meal, back]);

        (await Claims(journal, null, Given.Today, Given.Today)).ShouldBe([new(ContraAccount.Budget(5), new BuildingId(1), Given.Today, MealKind.Lunch, 1, new Money(15_000))]);
    }

    [Theory, EveryStore]
    [Trait("Rule", "M11")]
    public async Task What_is_on_its_way_between_accounts_is_a_side_of_its_own_until_it_arrives(Store store)
    {
        var (ledger, other) = (new Ledger(), new Ledger(8));
        ledger.TopUp(5_000);
        var sent = ledger.Send(other.Account, 2_000);
        await using var journal = await Journal(store, ledger.Entries);
        (await Totals()).ShouldBe([("purse/meal", 3_000), ("purse/transport", 0), ("bank/3", -5_000), ("transit", 2_000)]);

        await journal.Commit(other.Receive(sent));

        (await Totals()).ShouldBe([("purse/meal", 5_000), ("purse/transport", 0), ("bank/3", -5_000), ("transit", 0)]);
        (await Settlement(journal, Given.Today, Given.Zone, ContraSelection.Of(ContraKind.Transit))).ShouldBe(
        [
            new(ContraAccount.Transit, EntryKind.TransferOut, PurseOf(Purse.Meal), 1, new Money(2_000)),
            new(ContraAccount.Transit, EntryKind.TransferIn, PurseOf(Purse.Meal), 1, new Money(-2_000)),
        ]);

        async Task<List<(string, long)>> Totals() => await journal.Reports.ReadTrialBalance(default).Select(line => (line.Side.ToString(), line.Total.Kopecks)).ToListAsync();
    }

    [Theory, EveryStore]
    public async Task Empty_books_balance_and_report_nothing(Store store)
    {
        await using var journal = await databases.Open(store);

        (await journal.Reports.ReadTrialBalance(default).ToListAsync()).ShouldBeEmpty();
        (await Settlement(journal, Given.Today, Given.Zone)).ShouldBeEmpty();
        (await Claims(journal, null, Given.Today, Given.Today)).ShouldBeEmpty();
    }

    [Theory, EveryStore]
    public async Task Money_without_another_side_is_shown_as_nobodys(Store store)
    {
        await using var journal = await Journal(store, [new Ledger().TopUp()]);
        await journal.Sql("update entry set contra = 0");

        (await journal.Reports.ReadTrialBalance(default).ToListAsync()).Select(line => (line.Side.ToString(), line.Total.Kopecks))
            .ShouldBe([("purse/meal", 50_000), ("purse/transport", 0), ("none", -50_000)]);
    }

    private async Task<TestJournal> Journal(Store store, IReadOnlyList<Entry> entries)
    {
        var journal = await databases.Open(store);
        await journal.Register([
            .. Life.Devices.Select(device => device.Building).Distinct().Select((id, row) => new BuildingRow(row + 1, new BuildingProfile(id, Given.Zone))),
            .. Life.Devices.Select((device, row) => new DeviceRow(row + 100, device)),
        ]);
        foreach (var ledger in entries.GroupBy(entry => entry.Account)) (await journal.Writer.Append(new AccountAppend([.. ledger]))).ShouldBe(AppendOutcome.Committed);
        return journal;
    }

    private static async Task<List<SettlementLine>> Settlement(TestJournal journal, LocalDate day, string zone, ContraSelection? whose = null) =>
        await journal.Reports.ReadSettlement(whose ?? ContraSelection.All, Calendars.SpanOf(day, zone), default).ToListAsync();

    private static async Task<List<ClaimsLine>> Claims(TestJournal journal, ContraAccount? funder, LocalDate first, LocalDate last) =>
        await journal.Reports.ReadClaims(funder, first, last, default).ToListAsync();

    private static Money Sum(IEnumerable<SettlementLine> lines) => lines.Aggregate(Money.Zero, (sum, line) => sum + line.Amount);

    private static List<LocalDate> Days(IEnumerable<Entry> entries, Func<Entry, LocalDate> day) => [.. entries.Select(day).Distinct().Order()];

    private static Side PurseOf(Purse purse) => new(purse, ContraAccount.None);

    private static Side ContraOf(ContraAccount contra) => new(Purse.None, contra);
}
