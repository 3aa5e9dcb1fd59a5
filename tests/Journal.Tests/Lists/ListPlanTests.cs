using Zvonok.Grains.Lists;
using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.Lists;

/// <summary>How the server gets at what a list is made of: it counts the tables that it reads from end to end.</summary>
[Collection(OnEveryStore.Name)]
[Trait("Rule", "O1")]
public sealed class ListPlanTests(Databases databases)
{
    private static readonly string[] Tables = ["account", "card", "entry", "list_holder", "passage", "preorder"];

    [Fact]
    public async Task No_list_reads_a_table_from_end_to_end()
    {
        var options = await databases.NewDatabase(Store.Postgres);
        await using (var journal = await Open(options))
        {
            await journal.Register([
                new BuildingRow(1, Given.Building), new BuildingRow(1, Given.Building with { Id = new BuildingId(2) }), .. Enumerable.Range(1, 300).Select(n => new AccountRow(1 + n, Given.Account(n))),
                .. Enumerable.Range(1, 300).Select(n => new CardRow(301 + n, Given.Card(n, serial: n) with { Rights = n <= 200 ? new AccessRights(Given.School) : new AccessRights(new BuildingId(2), Given.School) })),
            ]);
            await journal.Sql("""
                insert into entry (account, seq, operation, fingerprint, amount, contra, meal_after, transport_after, spent_after, event_at, recorded_at, made_until, limit_day, device, kind, purse)
                select number, seq, gen_random_uuid(), 1, 1, 1, 1, 1, 1, at, at, at, at::date, 1, 3, 1
                from account, generate_series(1, 100) seq, lateral (select timestamptz '2026-09-01 06:00Z' + interval '1 hour' * seq as at) moment
                """);
            await journal.Sql("insert into account (number, version, kind, is_closed, zone) select 1000000000 + n, 0, 1, false, 'Europe/Moscow' from generate_series(1, 30000) n");
            await journal.Sql("""
                insert into card (token, account, version, home, kind, state, further)
                select gen_random_uuid(), 1000000000 + n, 1, 3 + n % 1000, 1, 2, case when n % 50 = 3 then '1502 2' end from generate_series(1, 30000) n
                """);
            await journal.Sql($"""
                insert into passage (building, seq, operation, fingerprint, event_at, recorded_at, made_until, device, kind, mode_after, outcome, flag, refusal, direction)
                select 1501 + seq % 2, seq, gen_random_uuid(), 1, now(), now(), now(), 1, 1, 1, 1, 0, 0, 1 from generate_series(1, 20000) seq
                """);
            await journal.Sql($"""
                insert into preorder (account, seq, seller, operation, order_until, building, day, meal, is_kept, lines)
                select {Given.Number(1).Value}, 1000 + seq, 1, '019914e0-0000-7000-8000-000000000001', now(), 2000 + seq % 1000, '2026-09-01', 2, false, '\x0100' from generate_series(1, 20000) seq
                """);
            await journal.Sql("insert into list_holder (building, handle, account) select 2000 + n % 1000, n, n from generate_series(1, 20000) n");
            await journal.Sql("analyze");
        }

        var before = await Count(options);
        await ReadAll(options);
        (await Count(options)).ShouldBe(before);

        await using (var journal = await Open(options)) await journal.Sql("drop index card_further");
        await ReadAll(options);
        (await Count(options))["card"].ShouldBeGreaterThan(before["card"], "Without the index this test has to fail.");
    }

    private static async Task ReadAll(JournalOptions options)
    {
        await using var journal = await Open(options);
        foreach (var audience in (DeviceKind[])[DeviceKind.Gate, DeviceKind.Till])
            (await journal.Lists.Read(new ListName(Given.School, audience, 1), Given.Today, Given.Today.PlusDays(7))).ShouldNotBeNull().Facts.Accounts.Count.ShouldBe(300);
    }

    private static async Task<TestJournal> Open(JournalOptions options)
    {
        var journal = new TestJournal(options);
        await journal.Prepare();
        journal.Writer.Start();
        return journal;
    }

    // What a connection has counted is told when it ends.
    private static async Task<SortedDictionary<string, long>> Count(JournalOptions options)
    {
        await using var journal = new TestJournal(options);
        await Eventually.Holds(async () => await journal.Number("select count(*) from pg_stat_activity where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()") == 0, "the others have gone");
        var scans = new SortedDictionary<string, long>();
        foreach (var table in Tables) scans[table] = await journal.Number($"select coalesce(sum(seq_scan), 0) from pg_stat_user_tables where relname = '{table}'");
        return scans;
    }
}
