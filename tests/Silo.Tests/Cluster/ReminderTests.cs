using Zvonok.Silo.Tests.Stage;

namespace Zvonok.Silo.Tests.Cluster;

[Collection(WithPostgres.Name)]
public sealed class ReminderTests(PostgresServer postgres)
{
    [Fact]
    public async Task A_reminder_is_kept_changed_and_removed_by_the_version_that_was_read()
    {
        await using var providers = await Providers.Open(await postgres.NewDatabase());
        var table = await providers.Reminders();
        var weekly = Reminder("a", "weekly");
        var first = (await table.UpsertRow(weekly)).ShouldNotBeNull();
        var read = (await table.ReadRow(weekly.GrainId, "weekly")).ShouldNotBeNull();
        (read.StartAt, read.Period, read.ETag).ShouldBe((weekly.StartAt, weekly.Period, first));

        weekly.Period = TimeSpan.FromDays(60);
        var second = (await table.UpsertRow(weekly)).ShouldNotBeNull();
        second.ShouldNotBe(first);
        (await table.ReadRow(weekly.GrainId, "weekly")).ShouldNotBeNull().Period.ShouldBe(TimeSpan.FromDays(60));
        (await table.ReadRow(weekly.GrainId, "daily")).ShouldBeNull();

        (await table.RemoveRow(weekly.GrainId, "weekly", first)).ShouldBeFalse("it was changed since");
        (await table.RemoveRow(weekly.GrainId, "weekly", second)).ShouldBeTrue();
        (await table.ReadRows(weekly.GrainId)).Reminders.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_reminder_lies_in_exactly_one_of_the_ranges_that_silos_share_the_ring_by()
    {
        await using var providers = await Providers.Open(await postgres.NewDatabase());
        var table = await providers.Reminders();
        var reminders = Enumerable.Range(0, 200).Select(i => Reminder($"grain-{i}", "r")).ToList();
        foreach (var reminder in reminders) await table.UpsertRow(reminder);

        // The third wraps around the ring's end; two of the bounds differ in the sign that they have as numbers of the database.
        uint[] bounds = [0x2000_0000, 0x9000_0000, 0xE000_0000];
        var found = new List<GrainId>();
        for (var i = 0; i < bounds.Length; i++)
        {
            var (begin, end) = (bounds[i], bounds[(i + 1) % bounds.Length]);
            var rows = (await table.ReadRows(begin, end)).Reminders;
            rows.ShouldNotBeEmpty();
            rows.ShouldAllBe(row => Lies(row.GrainId.GetUniformHashCode(), begin, end));
            found.AddRange(rows.Select(row => row.GrainId));
        }

        found.ShouldBe(reminders.Select(reminder => reminder.GrainId), ignoreOrder: true);
    }

    [Fact]
    public async Task Clusters_of_different_names_have_their_own_reminders()
    {
        var database = await postgres.NewDatabase();
        await using var left = await Providers.Open(database, "left");
        await using var right = await Providers.Open(database, "right");
        var (ofLeft, ofRight) = (await left.Reminders(), await right.Reminders());
        var reminder = Reminder("a", "r");
        await ofLeft.UpsertRow(reminder);

        (await ofRight.ReadRows(reminder.GrainId)).Reminders.ShouldBeEmpty();
        await ofRight.TestOnlyClearTable();
        (await ofLeft.ReadRows(reminder.GrainId)).Reminders.ShouldHaveSingleItem();
    }

    private static bool Lies(uint hash, uint begin, uint end) => begin < end ? hash > begin && hash <= end : hash > begin || hash <= end;

    private static ReminderEntry Reminder(string grain, string name) => new()
    {
        GrainId = GrainId.Create("notice", grain),
        ReminderName = name,
        StartAt = new DateTime(2026, 9, 1, 7, 30, 0, DateTimeKind.Utc),
        Period = TimeSpan.FromDays(7),
    };
}
