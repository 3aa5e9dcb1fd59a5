using Npgsql;
using Zvonok.Domain.City;
using Zvonok.Domain.Time;
using Zvonok.Journal.City;
using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.City;

/// <summary>Groups as the database makes them, against a naive computation over random days.</summary>
[Collection(OnEveryStore.Name)]
[Trait("Rule", "S5")]
public sealed class CityGroupTests(Databases databases)
{
    private static readonly Gen<int> Seeds = Gen.Int[0, int.MaxValue];

    [Theory, EveryStore]
    public async Task After_any_day_the_groups_are_those_of_a_naive_computation_and_each_fact_is_in_one(Store store) => await Seeds.SampleAsync(async seed =>
    {
        var life = new RandomDay(seed);
        await using var journal = await databases.Open(store);
        await Register(journal);
        await Task.WhenAll(journal.Commit(life.Passages), journal.Commit(life.Entries));

        foreach (var zone in await journal.City.ListZones())
            foreach (var day in new[] { Given.Today, Given.Today.PlusDays(-1) })
            {
                var groups = await Groups(journal, day, zone);
                groups.ShouldBe(life.Groups(day, zone), $"{day} in {zone}");
                groups.Select(group => (group.Building, group.Start, group.Kind)).ShouldBeUnique();
            }
    }, iter: 4, threads: 1);

    [Fact]
    public void A_random_day_has_something_of_everything()
    {
        var life = new RandomDay(1);
        var groups = life.Groups(Given.Today, Given.Zone);

        groups.Select(group => group.Kind).Distinct().Order().ShouldBe(Enum.GetValues<CityKind>());
        groups.ShouldContain(group => group.Accounts >= CityRules.AccountsMin);
        groups.ShouldContain(group => group.Accounts < CityRules.AccountsMin && group.Facts > group.Accounts);
        life.Groups(Given.Today, "Asia/Kamchatka").ShouldNotBeEmpty();
        var (happened, recorded) = (Calendars.SpanOf(Given.Today, Given.Zone), CityRules.RecordedIn(Given.Today, Given.Zone));
        life.Passages.ShouldContain(passage => happened.Contains(passage.EventAt) && passage.RecordedAt >= recorded.End);
        life.Passages.ShouldContain(passage => happened.Contains(passage.EventAt) && passage.RecordedAt >= happened.End && passage.RecordedAt < recorded.End);
    }

    /// <summary>Tables of a test are too small for an index, so the planner is told that there is no other way, and left without the index that a small table would rather be read by.</summary>
    [Fact]
    public async Task The_rows_of_a_day_are_found_by_block_ranges_in_both_tables()
    {
        await using var journal = await databases.Open(Store.Postgres);
        await journal.Sql("drop index passage_account");
        var sql = CitySql.Groups(journal.Database)
            .Replace("@recorded_from", "timestamptz '2026-08-31'").Replace("@recorded_until", "timestamptz '2026-09-02'")
            .Replace("@from", "timestamptz '2026-08-31'").Replace("@until", "timestamptz '2026-09-01'").Replace("@zone", "'Europe/Moscow'");
        await using var connection = (NpgsqlConnection)await journal.Database.Source.OpenConnectionAsync();
        await using (var set = new NpgsqlCommand("set enable_seqscan = off; set enable_indexscan = off", connection)) await set.ExecuteNonQueryAsync();
        await using var explain = new NpgsqlCommand($"explain {sql}", connection);
        var plan = new List<string>();
        await using (var rows = await explain.ExecuteReaderAsync())
            while (await rows.ReadAsync()) plan.Add(rows.GetString(0));

        foreach (var index in new[] { "entry_days", "passage_days" })
            plan.ShouldContain(line => line.Contains($"Bitmap Index Scan on {index}", StringComparison.Ordinal), string.Join('\n', plan));
    }

    private static Task Register(TestJournal journal) => journal.Register([
        .. RandomDay.Buildings.Select((building, i) => new BuildingRow(i + 1, building)), .. RandomDay.Devices.Select((device, i) => new DeviceRow(i + 10, device)),
    ]);

    private static async Task<List<CityGroup>> Groups(TestJournal journal, LocalDate day, string zone) =>
        await journal.City.ReadGroups(zone, Calendars.SpanOf(day, zone), CityRules.RecordedIn(day, zone), default).ToListAsync();
}
