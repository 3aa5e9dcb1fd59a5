using Zvonok.Journal.Commit;
using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.Commit;

/// <summary>The database refuses a row for its content and would refuse it again.</summary>
[Collection(OnEveryStore.Name)]
public sealed class PoisonTests(Databases databases)
{
    [Theory, EveryStore]
    public async Task A_refused_row_fails_alone_and_is_not_taken_for_a_stale_one(Store store)
    {
        await using var journal = await databases.Open(store);
        await ForbidTransport(journal, store);

        var appends = Enumerable.Range(1, 20).Select(serial =>
            journal.Writer.Append(new AccountAppend(Given.Entry(serial) with { Purse = serial == 7 ? Purse.Transport : Purse.Meal })).AsTask()).ToList();

        await Should.ThrowAsync<JournalPoisonException>(appends[6]);
        appends.RemoveAt(6);
        (await Task.WhenAll(appends)).ShouldAllBe(outcome => outcome == AppendOutcome.Committed);
        journal.Health.IsUp.ShouldBeTrue();
        (await journal.Number("select count(*) from entry")).ShouldBe(19);
    }

    [Theory, EveryStore]
    public async Task Several_rows_are_none_when_one_of_them_is_refused(Store store)
    {
        await using var journal = await databases.Open(store);
        await ForbidTransport(journal, store);

        var append = new AccountAppend([Given.Entry(seq: 1), Given.Entry(seq: 2) with { Purse = Purse.Transport }]);
        await Should.ThrowAsync<JournalPoisonException>(journal.Writer.Append(append).AsTask());

        (await journal.Number("select count(*) from entry")).ShouldBe(0);
        await journal.Commit(Given.Entry());
    }

    private static Task ForbidTransport(TestJournal journal, Store store) => journal.Sql(store == Store.Postgres
        ? "alter table entry add check (purse <> 2)"
        : "create trigger no_transport before insert on entry when new.purse = 2 begin select raise(abort, 'no transport'); end");
}
