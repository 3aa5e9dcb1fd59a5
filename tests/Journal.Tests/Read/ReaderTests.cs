using System.Diagnostics;
using Zvonok.Journal.Read;
using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.Read;

[Collection(OnEveryStore.Name)]
public sealed class ReaderTests(Databases databases)
{
    [Theory, EveryStore]
    public async Task What_nobody_registered_is_null(Store store)
    {
        await using var journal = await databases.Open(store);
        // Rows without a registered owner do not make one.
        await journal.Commit(Given.Entry());
        await journal.Commit(Given.Passage());

        (await journal.Reader.LoadAccount(Given.Number())).ShouldBeNull();
        (await journal.Reader.LoadBuilding(Given.School)).ShouldBeNull();
        (await journal.Reader.LoadCard(Given.Token())).ShouldBeNull();
        (await journal.Reader.LoadDevice(new DeviceId(5))).ShouldBeNull();
        (await journal.Reader.ReadEntry(Given.Number(), 2)).ShouldBeNull();
        (await journal.Reader.FindTopUp(new BankReference(1, "X"))).ShouldBeNull();
    }

    [Theory, EveryStore]
    public async Task An_account_wakes_up_with_its_newest_sixteen_entries_newest_first(Store store)
    {
        await using var journal = await databases.Open(store);
        await journal.Register(new AccountRow(1, Given.Account(1)), new AccountRow(2, Given.Account(2)), new AccountRow(3, Given.Account(3)));
        var (many, few) = (new Ledger(1), new Ledger(2));
        for (var i = 0; i < 40; i++) many.TopUp(100);
        for (var i = 0; i < 3; i++) few.TopUp(100);
        await journal.Writer.Append(new AccountAppend([.. many.Entries]));
        await journal.Writer.Append(new AccountAppend([.. few.Entries]));

        var records = await Task.WhenAll(
            journal.Reader.LoadAccount(many.Account), journal.Reader.LoadAccount(few.Account), journal.Reader.LoadAccount(Given.Number(3)));

        records[0].ShouldNotBeNull().Newest.ShouldBeSame(many.Entries.Reverse().Take(16));
        records[1].ShouldNotBeNull().Newest.ShouldBeSame(few.Entries.Reverse());
        records[2].ShouldNotBeNull().Newest.ShouldBeEmpty();
        JournalReader.NewestEntriesCount.ShouldBe(16);
    }

    [Theory, EveryStore]
    public async Task Two_thousand_accounts_that_wake_up_together_get_each_its_own(Store store)
    {
        await using var journal = await databases.Open(store);
        var serials = Enumerable.Range(1, 2_000).ToList();
        await journal.Register([.. serials.Select(serial => new AccountRow(serial, Given.Account(serial, limit: serial)))]);
        await Task.WhenAll(serials.Select(serial => journal.Writer.Append(new AccountAppend(Given.Entry(serial))).AsTask()));

        // Each is asked for twice, and every other one is nobody's.
        var asked = serials.Concat(serials).SelectMany(serial => new[] { serial, serial + 50_000 }).ToList();
        var records = await Task.WhenAll(asked.Select(serial => journal.Reader.LoadAccount(Given.Number(serial))));

        for (var i = 0; i < asked.Count; i++)
        {
            if (asked[i] > 50_000)
            {
                records[i].ShouldBeNull();
                continue;
            }

            var record = records[i].ShouldNotBeNull();
            record.Profile.ShouldBe(Given.Account(asked[i], limit: asked[i]));
            record.Newest.ShouldHaveSingleItem().Account.ShouldBe(Given.Number(asked[i]));
        }
    }

    [Fact]
    public async Task Two_thousand_accounts_that_wake_up_together_are_few_queries()
    {
        await using var journal = await databases.Open(Store.Postgres);
        var queries = 0;
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStarted = _ => Interlocked.Increment(ref queries),
        };
        ActivitySource.AddActivityListener(listener);

        await Task.WhenAll(Enumerable.Range(1, 2_000).Select(serial => journal.Reader.LoadAccount(Given.Number(serial))));

        // One for each batch of up to 500; how soon the first batches start is up to the machine.
        queries.ShouldBeInRange(4, 100);
    }

    [Theory, EveryStore]
    public async Task Cards_devices_and_buildings_that_wake_up_together_get_each_its_own(Store store)
    {
        await using var journal = await databases.Open(store);
        var buildings = Enumerable.Range(1, 40).Select(id => new BuildingProfile(new BuildingId(id), Given.Zone)).ToList();
        var devices = buildings.Select(building => new Device(new DeviceId(building.Id.Value + 100), DeviceKind.Till, building.Id, Given.Seller)).ToList();
        var cards = buildings.Select(building => Given.Card(building.Id.Value) with
        {
            Rights = new AccessRights(building.Id, new BuildingId(1), new BuildingId(2)),
            ExpiresAt = building.Id.Value % 2 == 0 ? Given.Morning : null,
        }).ToList();
        await journal.Register(
        [
            .. buildings.Select((building, i) => new BuildingRow(i, building)), .. devices.Select((device, i) => new DeviceRow(i, device)),
            new AccountRow(1, Given.Account()), .. cards.Select((card, i) => new CardRow(i, card)),
        ]);
        foreach (var building in buildings) await journal.Commit(Given.Passage(building: building.Id.Value));

        var records = await Task.WhenAll(buildings.Select(building => journal.Reader.LoadBuilding(building.Id)));

        records.Select(record => record!.Profile).ShouldBe(buildings);
        records.Select(record => record!.Passages.ShouldHaveSingleItem().Building).ShouldBe(buildings.Select(building => building.Id));
        (await Task.WhenAll(cards.Select(card => journal.Reader.LoadCard(card.Token)))).ShouldBe(cards.Select(card => card with { Holder = AccountKind.Pupil }));
        (await Task.WhenAll(devices.Select(device => journal.Reader.LoadDevice(device.Id)))).ShouldBe(devices.Select(device => new DeviceRecord(device, Money.Zero)));
    }

    [Theory, EveryStore]
    [Trait("Rule", "P5")]
    public async Task A_passage_is_read_with_what_annuls_it_and_what_the_person_did_in_the_building_since(Store store)
    {
        await using var journal = await databases.Open(store);
        Instant At(int hours) => Given.Morning + Duration.FromHours(hours);
        Passage[] passages =
        [
            Given.Passage(), Given.Passage(2), Given.NotPassed(3, 1), Given.NotPassed(4, 2), Given.Passage(5) with { Account = Given.Number(9) }, Given.Passage(6), Given.NotPassed(7, 2),
            Given.ModeChange(8), Given.Passage(9) with { Account = null },
        ];
        await journal.Commit(passages.Select(passage => passage with { RecordedAt = At((int)passage.Seq) }));
        await journal.Commit(Given.Passage(1, building: 7) with { RecordedAt = At(10) }, Given.NotPassed(2, 1, building: 7) with { RecordedAt = At(10) });

        (await Read(1, 5)).ShouldBe([1, 3, 6, 7]);
        (await Read(2, 8)).ShouldBe([2, 4, 7]);
        (await Read(6, 0)).ShouldBe([1, 2, 3, 4, 6, 7]);
        (await Read(5, 0)).ShouldBe([5]);
        (await Read(9, 0)).ShouldBe([9]);
        (await Read(10, 0)).ShouldBeEmpty();
        (await journal.Reader.ReadPassages(Given.School, 3, At(9))).ShouldHaveSingleItem().ShouldBe(passages[2] with { RecordedAt = At(3) });

        async Task<IEnumerable<long>> Read(long seq, int since) => (await journal.Reader.ReadPassages(Given.School, seq, At(since))).Select(passage => passage.Seq);
    }

    [Theory, EveryStore]
    public async Task Buildings_that_wake_up_together_get_the_passages_after_each_ones_own_checkpoint_oldest_first(Store store)
    {
        await using var journal = await databases.Open(store);
        int[] ids = [1, 2, 3];
        await journal.Register([.. ids.Select(id => new BuildingRow(id, new BuildingProfile(new BuildingId(id), Given.Zone)))]);
        // The first has no checkpoint, the second one after its third passage, the third one after its sixth.
        foreach (var id in ids)
        {
            for (var seq = 1; seq <= 8; seq++)
            {
                var checkpoint = id > 1 && seq == 3 * id - 2 ? new PresenceCheckpoint(new BuildingId(id), seq - 1, Given.Today, PresenceSnapshot.Empty) : null;
                await journal.Writer.Append(new BuildingAppend(Given.Passage(seq, id)) { Checkpoint = checkpoint });
            }
        }

        var records = await Task.WhenAll(ids.Select(id => journal.Reader.LoadBuilding(new BuildingId(id))));

        records.Select(record => record!.Checkpoint?.Seq).ShouldBe([null, 3L, 6L]);
        records.Select(record => string.Join(' ', record!.Passages.Select(passage => passage.Seq))).ShouldBe(["1 2 3 4 5 6 7 8", "4 5 6 7 8", "7 8"]);
    }

    [Theory, EveryStore]
    [Trait("Rule", "M2")]
    public async Task A_days_spending_is_its_sales_less_their_reversals(Store store)
    {
        await using var journal = await databases.Open(store);
        var ledger = new Ledger();
        var yesterday = Given.Today.PlusDays(-1);
        ledger.TopUp(100_000);
        ledger.Sell(15_000);
        var late = ledger.Sell(7_000, yesterday);
        ledger.Sell(500, yesterday);
        ledger.Sell(300, yesterday, ProductCategory.Buffet);
        ledger.TopUp(1_000);
        ledger.ChangeLimit();
        ledger.Reverse(late);
        await journal.Commit(ledger.Entries);
        await journal.Commit(new Ledger(8).Sell(99_999));

        (await journal.Reader.ReadSpent(ledger.Account, Given.Today)).ShouldBe(new DaySpending(new Money(15_000), Money.Zero));
        (await journal.Reader.ReadSpent(ledger.Account, yesterday)).ShouldBe(new DaySpending(new Money(500), new Money(300)));
        (await journal.Reader.ReadSpent(ledger.Account, Given.Today.PlusDays(1))).ShouldBe(DaySpending.None);
        (await journal.Reader.ReadSpent(Given.Number(9), Given.Today)).ShouldBe(DaySpending.None);
    }

    [Theory, EveryStore]
    [Trait("Rule", "M5")]
    public async Task The_meals_of_a_day_are_those_that_were_had_and_not_given_back(Store store)
    {
        await using var journal = await databases.Open(store);
        var ledger = new Ledger();
        var tomorrow = Given.Today.PlusDays(1);
        ledger.Redeem(day: tomorrow);
        await journal.Commit(ledger.Entries);
        (await journal.Reader.ReadRedeemed(ledger.Account, Given.Today)).ShouldBe(MealSet.None);

        var lunch = ledger.Redeem();
        await journal.Commit(lunch);
        (await journal.Reader.ReadRedeemed(ledger.Account, Given.Today)).ShouldBe(MealSet.Of(MealKind.Lunch));

        await journal.Commit(ledger.GiveBack(lunch));
        (await journal.Reader.ReadRedeemed(ledger.Account, Given.Today)).ShouldBe(MealSet.None);
        await journal.Commit(ledger.Redeem());
        (await journal.Reader.ReadRedeemed(ledger.Account, Given.Today)).ShouldBe(MealSet.Of(MealKind.Lunch));
        (await journal.Reader.ReadRedeemed(Given.Number(9), Given.Today)).ShouldBe(MealSet.None);
    }

    [Theory, EveryStore]
    [Trait("Rule", "O3")]
    public async Task How_a_days_orders_of_a_meal_have_ended_is_told_with_what_was_charged_for_them_since(Store store)
    {
        await using var journal = await databases.Open(store);
        var ledger = new Ledger();
        ledger.TopUp();
        var (cancelled, other) = (ledger.Order(), ledger.Order(day: Given.Today.PlusDays(1)));
        var cancel = ledger.EndOrder(cancelled, EntryKind.OrderCancel);
        ledger.EndOrder(other);
        ledger.Sell();
        var served = ledger.EndOrder(ledger.Order());
        await journal.Commit(ledger.Entries);
        var charge = ledger.Sell(1_000) with { ReversedSeq = cancelled.Seq, Marks = FactMarks.NotOrdered };
        await journal.Commit(charge);

        (await journal.Reader.ReadOrdersEnded(ledger.Account, Given.Today, MealKind.Lunch)).ShouldBeSame([cancel, served, charge]);
        (await journal.Reader.ReadOrdersEnded(ledger.Account, Given.Today, MealKind.Dinner)).ShouldBeEmpty();
        (await journal.Reader.ReadOrdersEnded(Given.Number(9), Given.Today, MealKind.Lunch)).ShouldBeEmpty();
    }

    [Theory, EveryStore]
    [Trait("Rule", "M8")]
    public async Task A_sale_is_reversed_when_an_entry_of_its_own_account_says_so(Store store)
    {
        await using var journal = await databases.Open(store);
        var (ledger, other) = (new Ledger(1), new Ledger(2));
        ledger.TopUp();
        var reversed = ledger.Sell();
        var kept = ledger.Sell();
        ledger.Reverse(reversed);
        other.TopUp();
        var others = other.Sell();
        await journal.Commit([.. ledger.Entries, .. other.Entries]);

        (await journal.Reader.ReadReversed(ledger.Account, reversed.Seq)).ShouldBe(LineSet.All);
        (await journal.Reader.ReadReversed(ledger.Account, kept.Seq)).ShouldBe(LineSet.None);
        (await journal.Reader.ReadReversed(other.Account, others.Seq)).ShouldBe(LineSet.None);

        await journal.Commit(ledger.Reverse(kept, LineSet.Of(0)), ledger.Reverse(kept, LineSet.Of(2, 49)));
        (await journal.Reader.ReadReversed(ledger.Account, kept.Seq)).ShouldBe(LineSet.Of(0, 2, 49));
    }

    [Theory, EveryStore]
    [Trait("Rule", "M9")]
    public async Task A_top_up_is_found_by_provider_and_reference(Store store)
    {
        await using var journal = await databases.Open(store);
        var ledger = new Ledger();
        ledger.TopUp();
        var paid = ledger.TopUp(7_700);
        await journal.Commit(ledger.Entries[0]);
        await journal.Writer.Append(new AccountAppend(paid) { Reference = new BankReference(3, "PAY 'x' \"y\" %") });

        (await journal.Reader.FindTopUp(new BankReference(3, "PAY 'x' \"y\" %"))).ShouldBeSame(paid);
        (await journal.Reader.FindTopUp(new BankReference(4, "PAY 'x' \"y\" %"))).ShouldBeNull();
        (await journal.Reader.FindTopUp(new BankReference(3, "pay 'x' \"y\" %"))).ShouldBeNull();
    }
}
