using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.Commit;

[Collection(OnEveryStore.Name)]
public sealed class FenceTests(Databases databases)
{
    [Theory, EveryStore]
    public async Task A_stale_append_is_fenced_and_the_others_of_its_batch_are_committed(Store store)
    {
        await using var journal = await databases.Open(store);
        var taken = Given.Entry(3);
        await journal.Commit(taken);

        // Handed over together: most of them are in one batch, and the stale one spoils it.
        var appends = Enumerable.Range(1, 50).Select(serial => journal.Writer.Append(new AccountAppend(Given.Entry(serial))).AsTask()).ToList();
        var outcomes = await Task.WhenAll(appends);

        for (var serial = 1; serial <= 50; serial++)
            outcomes[serial - 1].ShouldBe(serial == 3 ? AppendOutcome.Fenced : AppendOutcome.Committed);
        (await journal.Reader.ReadEntry(taken.Account, 1)).ShouldBeSame(taken);
        (await journal.Number("select count(*) from entry")).ShouldBe(50);
        journal.Metrics.Fenced.ShouldBe(1);
        journal.Health.IsUp.ShouldBeTrue();
    }

    [Theory, EveryStore]
    public async Task A_stale_building_is_fenced_too(Store store)
    {
        await using var journal = await databases.Open(store);
        await journal.Commit(Given.Passage());

        var stale = new BuildingAppend(Given.Passage()) { Checkpoint = new PresenceCheckpoint(Given.School, 0, Given.Today, PresenceSnapshot.Empty) };
        (await journal.Writer.Append(stale)).ShouldBe(AppendOutcome.Fenced);

        (await journal.Number("select count(*) from presence_checkpoint")).ShouldBe(0);
    }

    [Theory, EveryStore]
    public async Task Several_passages_are_none_when_the_last_of_them_is_taken_and_all_when_none_is(Store store)
    {
        await using var journal = await databases.Open(store);
        await journal.Commit(Given.Passage(seq: 3));

        (await journal.Writer.Append(new BuildingAppend([Given.Passage(seq: 1), Given.Passage(seq: 2), Given.Passage(seq: 3)]))).ShouldBe(AppendOutcome.Fenced);
        (await journal.Number("select count(*) from passage")).ShouldBe(1);

        (await journal.Writer.Append(new BuildingAppend([Given.Passage(seq: 1), Given.Passage(seq: 2)]))).ShouldBe(AppendOutcome.Committed);
        (await journal.Number("select count(*) from passage")).ShouldBe(3);
    }

    [Theory, EveryStore]
    public async Task A_stale_writer_cannot_slip_its_second_row_in(Store store)
    {
        await using var journal = await databases.Open(store);
        await journal.Commit(Given.Entry());

        var append = new AccountAppend([Given.Entry(seq: 1), Given.Entry(seq: 2), Given.Entry(seq: 3)]);
        (await journal.Writer.Append(append)).ShouldBe(AppendOutcome.Fenced);

        (await journal.Number("select count(*) from entry")).ShouldBe(1);
    }

    [Theory, EveryStore]
    public async Task Several_rows_are_none_when_the_last_of_them_is_taken(Store store)
    {
        await using var journal = await databases.Open(store);
        await journal.Commit(Given.Entry(seq: 3));

        var append = new AccountAppend([Given.Entry(seq: 1), Given.Entry(seq: 2), Given.Entry(seq: 3)]);
        (await journal.Writer.Append(append)).ShouldBe(AppendOutcome.Fenced);

        (await journal.Number("select count(*) from entry")).ShouldBe(1);
    }

    [Theory, EveryStore]
    [Trait("Rule", "M9")]
    public async Task A_used_bank_reference_is_told_and_nothing_is_written(Store store)
    {
        await using var journal = await databases.Open(store);
        var reference = new BankReference(3, "PAY-2026-000017");
        var first = Given.Entry(1);
        (await journal.Writer.Append(new AccountAppend(first) { Reference = reference })).ShouldBe(AppendOutcome.Committed);

        (await journal.Writer.Append(new AccountAppend(Given.Entry(2)) { Reference = reference })).ShouldBe(AppendOutcome.ReferenceTaken);

        (await journal.Number("select count(*) from entry")).ShouldBe(1);
        (await journal.Reader.FindTopUp(reference)).ShouldBeSame(first);
        // Another provider may use the same words.
        (await journal.Writer.Append(new AccountAppend(Given.Entry(2)) { Reference = reference with { Provider = 4 } })).ShouldBe(AppendOutcome.Committed);
    }

    [Theory, EveryStore]
    [Trait("Rule", "M9")]
    public async Task Of_two_top_ups_with_one_reference_at_the_same_time_one_is_committed(Store store)
    {
        await using var journal = await databases.Open(store);
        var reference = new BankReference(3, "PAY-2026-000018");

        var outcomes = await Task.WhenAll(Enumerable.Range(1, 8).Select(serial =>
            journal.Writer.Append(new AccountAppend(Given.Entry(serial)) { Reference = reference }).AsTask()));

        outcomes.Count(outcome => outcome == AppendOutcome.Committed).ShouldBe(1);
        outcomes.Count(outcome => outcome == AppendOutcome.ReferenceTaken).ShouldBe(7);
        (await journal.Number("select count(*) from entry")).ShouldBe(1);
    }

    [Theory, EveryStore]
    public async Task Two_journals_on_one_database_never_fork_a_ledger(Store store)
    {
        var options = await databases.NewDatabase(store);
        await using var one = new TestJournal(options);
        await using var other = new TestJournal(options);
        await one.Prepare();
        one.Writer.Start();
        other.Writer.Start();

        // Both write numbers 1 to 20 of the same accounts, each on its own account of the truth.
        var races = from seq in Enumerable.Range(1, 20)
                    from journal in new[] { one, other }
                    from serial in new[] { 1L, 2L, 3L }
                    select journal.Writer.Append(new AccountAppend(Given.Entry(serial, seq))).AsTask();
        var outcomes = await Task.WhenAll(races.ToList());

        outcomes.Count(outcome => outcome == AppendOutcome.Committed).ShouldBe(60);
        outcomes.Count(outcome => outcome == AppendOutcome.Fenced).ShouldBe(60);
        (await one.Number("select count(*) from entry")).ShouldBe(60);
    }

    [Fact]
    public void An_append_without_entries_or_with_a_gap_or_of_two_accounts_cannot_be_made()
    {
        Should.Throw<ArgumentException>(() => new BuildingAppend([]));
        Should.Throw<ArgumentException>(() => new BuildingAppend([Given.Passage(seq: 1), Given.Passage(seq: 3)]));
        Should.Throw<ArgumentException>(() => new AccountAppend([]));
        Should.Throw<ArgumentException>(() => new AccountAppend([Given.Entry(seq: 1), Given.Entry(seq: 3)]));
        Should.Throw<ArgumentException>(() => new AccountAppend([Given.Entry(1, seq: 1), Given.Entry(2, seq: 2)]));
    }
}
