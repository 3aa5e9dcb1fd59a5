using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.Transfers;

[Collection(OnEveryStore.Name)]
[Trait("Rule", "M11")]
public sealed class TransferStoreTests(Databases databases)
{
    [Theory, EveryStore]
    public async Task A_transfer_is_open_from_the_entry_with_which_it_left_until_it_is_said_to_have_ended(Store store)
    {
        await using var journal = await databases.Open(store);
        var (older, younger) = (await Begin(journal, new Ledger(1), Purse.Meal), await Begin(journal, new Ledger(2), Purse.Transport, later: Duration.FromMinutes(1)));

        (await journal.Transfers.Find(older.Left)).ShouldBe(older);
        (await journal.Transfers.Find(older.Left with { Seq = 2 })).ShouldBeNull();
        (await journal.Transfers.List(1)).ShouldSatisfyAllConditions(open => open.Count.ShouldBe(2), open => open.Oldest.ShouldBe([older]));
        (await journal.Transfers.List(200)).Oldest.ShouldBe([older, younger]);

        for (var times = 0; times < 2; times++) await journal.Transfers.End(older.Left);
        (await journal.Transfers.List(200)).ShouldSatisfyAllConditions(open => open.Count.ShouldBe(1), open => open.Oldest.ShouldBe([younger]));
        await journal.Transfers.End(younger.Left);
        (await journal.Transfers.List(200)).ShouldSatisfyAllConditions(open => open.Count.ShouldBe(0), open => open.Oldest.ShouldBeEmpty());
    }

    [Theory, EveryStore]
    public async Task It_ends_together_with_the_entry_that_brings_the_money_back_or_not_at_all(Store store)
    {
        await using var journal = await databases.Open(store);
        var ledger = new Ledger(1);
        var open = await Begin(journal, ledger, Purse.Meal);
        var back = ledger.TakeBack(ledger.Entries[0]);

        (await journal.Writer.Append(new AccountAppend(back with { Seq = 1 }) { Ended = open.Left })).ShouldBe(AppendOutcome.Fenced);
        (await journal.Transfers.Find(open.Left)).ShouldBe(open);
        (await journal.Writer.Append(new AccountAppend(back) { Ended = open.Left })).ShouldBe(AppendOutcome.Committed);
        (await journal.Transfers.Find(open.Left)).ShouldBeNull();
        (await journal.Reader.ReadReversed(ledger.Account, 1)).ShouldBe(LineSet.All);
    }

    private static async Task<OpenTransfer> Begin(TestJournal journal, Ledger ledger, Purse purse, Duration later = default)
    {
        var to = Given.Number(77);
        var left = ledger.Send(to) with { EventAt = Given.Morning + later };
        var open = OpenTransfer.Of(left, new Transfer { Operation = left.Operation, From = Purse.Meal, To = to, ToPurse = purse });
        (await journal.Writer.Append(new AccountAppend(left) { Begun = open })).ShouldBe(AppendOutcome.Committed);
        return open;
    }
}
