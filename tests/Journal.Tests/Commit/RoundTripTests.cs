using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.Commit;

[Collection(OnEveryStore.Name)]
public sealed class RoundTripTests(Databases databases)
{
    [Theory, EveryStore]
    public async Task Entries_of_every_content_come_back_to_the_last_bit(Store store)
    {
        await using var journal = await databases.Open(store);
        var serial = 0L;

        await Any.Entry.Array[1, 20].SampleAsync(async drawn =>
        {
            var account = Given.Number(++serial);
            var entries = drawn.Select((entry, i) => entry with { Account = account, Seq = i + 1 }).ToArray();

            (await journal.Writer.Append(new AccountAppend(entries))).ShouldBe(AppendOutcome.Committed);

            (await journal.Entries(account)).ShouldBeSame(entries.Reverse());
            (await journal.Reader.ReadEntry(account, entries.Length)).ShouldBeSame(entries[^1]);
        }, iter: 40, threads: 1);
    }

    [Theory, EveryStore]
    public async Task Passages_of_every_content_and_who_was_inside_come_back_to_the_last_bit(Store store)
    {
        await using var journal = await databases.Open(store);
        var id = 0;

        await Gen.Select(Any.Passage.Array[1, 20], Any.Presence, Any.Day).SampleAsync(async (drawn, presence, today) =>
        {
            var building = new BuildingProfile(new BuildingId(++id), Given.Zone);
            await journal.Register(new BuildingRow(1, building));
            var passages = drawn.Select((passage, i) => passage with { Building = building.Id, Seq = i + 1 }).ToList();
            var checkpoint = new PresenceCheckpoint(building.Id, 0, today, presence);

            await Task.WhenAll(passages.Select(passage =>
                journal.Writer.Append(new BuildingAppend(passage) { Checkpoint = passage.Seq == 1 ? checkpoint : null }).AsTask()));

            var record = (await journal.Reader.LoadBuilding(building.Id)).ShouldNotBeNull();
            record.Profile.ShouldBe(building);
            record.Passages.ShouldBe(passages);
            var read = record.Checkpoint.ShouldNotBeNull();
            (read.Building, read.Seq, read.Today).ShouldBe((building.Id, 0, today));
            read.Presence.People.ShouldBe(presence.People);
            read.Presence.Awaited.ShouldBe(presence.Awaited);
        }, iter: 40, threads: 1);
    }

    [Theory, EveryStore]
    public async Task A_day_of_a_child_is_read_as_it_was_written(Store store)
    {
        await using var journal = await databases.Open(store);
        await journal.Register(new AccountRow(1, Given.Account()));
        var ledger = new Ledger();
        ledger.TopUp();
        var sale = ledger.Sell();
        ledger.TopUp(3_000, Purse.Transport);
        ledger.Reverse(sale);

        await journal.Commit(ledger.Entries);

        var record = (await journal.Reader.LoadAccount(ledger.Account)).ShouldNotBeNull();
        record.Profile.ShouldBe(Given.Account());
        record.Newest.ShouldBeSame(ledger.Entries.Reverse());
    }

    [Theory, EveryStore]
    public async Task A_limit_change_and_the_profile_it_makes_are_one(Store store)
    {
        await using var journal = await databases.Open(store);
        await journal.Register(new AccountRow(1, Given.Account()));
        var ledger = new Ledger();
        var set = Given.Account(limit: 30_000) with { Version = 1, IsClosed = true, HotMealLimit = new Money(1), BuffetLimit = new Money(2), RideLimit = new Money(3) };
        var lifted = Given.Account() with { Version = 2 };

        (await journal.Writer.Append(new AccountAppend(ledger.ChangeLimit()) { Profile = set })).ShouldBe(AppendOutcome.Committed);
        (await journal.Reader.LoadAccount(ledger.Account)).ShouldNotBeNull().Profile.ShouldBe(set);

        (await journal.Writer.Append(new AccountAppend(ledger.ChangeLimit()) { Profile = lifted })).ShouldBe(AppendOutcome.Committed);
        (await journal.Reader.LoadAccount(ledger.Account)).ShouldNotBeNull().Profile.ShouldBe(lifted);
    }

    [Theory, EveryStore]
    [Trait("Rule", "M3")]
    [Trait("Rule", "M5")]
    public async Task Stop_lists_and_rights_of_every_content_come_back_and_which_list_held_when_is_kept(Store store)
    {
        await using var journal = await databases.Open(store);
        var serial = 0L;

        await Gen.Select(Any.StopList, Any.Entitlements).SampleAsync(async (list, rights) =>
        {
            var ledger = new Ledger(++serial);
            await journal.Register(new AccountRow(1, Given.Account(serial)));
            var set = Given.Account(serial) with { Version = 1, StopList = list, Entitlements = rights };
            var lifted = Given.Account(serial) with { Version = 2 };

            (await journal.Writer.Append(new AccountAppend(ledger.ChangeStopList()) { Profile = set })).ShouldBe(AppendOutcome.Committed);
            (await journal.Reader.LoadAccount(ledger.Account)).ShouldNotBeNull().Profile.ShouldBe(set);
            (await journal.Writer.Append(new AccountAppend(ledger.ChangeStopList()) { Profile = lifted })).ShouldBe(AppendOutcome.Committed);
            (await journal.Reader.LoadAccount(ledger.Account)).ShouldNotBeNull().Profile.ShouldBe(lifted);
            (await journal.Number($"select count(*) from limit_change where account = {ledger.Account} and (stop_list is null) = (seq = 2)")).ShouldBe(2);
        }, iter: 20, threads: 1);
    }

    [Theory, EveryStore]
    public async Task A_fenced_limit_change_leaves_the_profile_alone(Store store)
    {
        await using var journal = await databases.Open(store);
        await journal.Register(new AccountRow(1, Given.Account()));
        var ledger = new Ledger();
        await journal.Commit(ledger.TopUp());

        var stale = new Ledger().ChangeLimit();
        (await journal.Writer.Append(new AccountAppend(stale) { Profile = Given.Account(limit: 1) with { Version = 1 } })).ShouldBe(AppendOutcome.Fenced);

        (await journal.Reader.LoadAccount(ledger.Account)).ShouldNotBeNull().Profile.ShouldBe(Given.Account());
    }

    [Theory, EveryStore]
    public async Task A_later_checkpoint_takes_the_place_of_the_earlier_one_and_of_the_passages_before_it(Store store)
    {
        await using var journal = await databases.Open(store);
        await journal.Register(new BuildingRow(1, Given.Building));
        var passages = Enumerable.Range(1, 5).Select(seq => Given.Passage(seq)).ToList();
        await journal.Writer.Append(new BuildingAppend(passages[0]) { Checkpoint = new PresenceCheckpoint(Given.School, 0, Given.Today, PresenceSnapshot.Empty) });
        await journal.Commit(passages[1..3]);
        var later = new PresenceCheckpoint(Given.School, 3, Given.Today, PresenceSnapshot.OfInside([KeyValuePair.Create(Given.Number(), Given.Morning)]));
        await journal.Writer.Append(new BuildingAppend(passages[3]) { Checkpoint = later });
        await journal.Commit(passages[4], Given.ModeChange(6));

        var record = (await journal.Reader.LoadBuilding(Given.School)).ShouldNotBeNull();

        record.Checkpoint.ShouldNotBeNull().Seq.ShouldBe(3);
        record.Checkpoint.Presence.People.ShouldBe(later.Presence.People);
        record.Passages.Select(passage => passage.Seq).ShouldBe([4L, 5L, 6L]);
        record.Passages[^1].ModeAfter.ShouldBe(BuildingMode.Evacuation);
    }
}
