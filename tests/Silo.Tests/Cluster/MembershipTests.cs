using System.Net;
using Zvonok.Silo.Tests.Stage;

namespace Zvonok.Silo.Tests.Cluster;

[Collection(WithPostgres.Name)]
public sealed class MembershipTests(PostgresServer postgres)
{
    [Fact]
    public async Task A_member_is_written_with_the_version_that_was_read_or_not_at_all()
    {
        await using var providers = await Providers.Open(await postgres.NewDatabase());
        var table = await providers.Members();
        var empty = await table.ReadAllAsync();
        empty.Members.ShouldBeEmpty();
        empty.Version.Version.ShouldBe(0);

        (await table.InsertRowAsync(Member(1), empty.Version.Next())).ShouldBeTrue();
        (await table.InsertRowAsync(Member(2), empty.Version.Next())).ShouldBeFalse("somebody else has raised the version since");
        var one = await table.ReadAllAsync();
        (await table.InsertRowAsync(Member(1), one.Version.Next())).ShouldBeFalse("it is there already");

        var after = await table.ReadAllAsync();
        after.Version.Version.ShouldBe(1);
        after.Members.ShouldHaveSingleItem().Item1.SiloAddress.ShouldBe(Member(1).SiloAddress);
    }

    [Fact]
    public async Task A_change_needs_the_version_that_was_read_and_a_member_that_is_there()
    {
        await using var providers = await Providers.Open(await postgres.NewDatabase());
        var table = await providers.Members();
        var before = await table.ReadAllAsync();
        (await table.InsertRowAsync(Member(1), before.Version.Next())).ShouldBeTrue();
        var read = await table.ReadAllAsync();
        var etag = read.Members[0].Item2;
        var suspected = Member(1);
        suspected.Status = SiloStatus.Dead;
        suspected.SuspectTimes = [Tuple.Create(Member(2).SiloAddress, Moment)];

        (await table.UpdateRowAsync(suspected, etag, before.Version.Next())).ShouldBeFalse();
        (await table.UpdateRowAsync(Member(2), etag, read.Version.Next())).ShouldBeFalse();
        (await table.ReadAllAsync()).Version.Version.ShouldBe(1);
        (await table.UpdateRowAsync(suspected, etag, read.Version.Next())).ShouldBeTrue();

        var row = await table.ReadRowAsync(suspected.SiloAddress);
        row.Version.Version.ShouldBe(2);
        var entry = row.Members.ShouldHaveSingleItem().Item1;
        (entry.Status, entry.SiloName, entry.HostName, entry.ProxyPort, entry.StartTime).ShouldBe((SiloStatus.Dead, "silo", "host", 0, Moment));
        entry.SuspectTimes.ShouldHaveSingleItem().ShouldBe(suspected.SuspectTimes[0]);
        var unknown = await table.ReadRowAsync(Member(2).SiloAddress);
        unknown.Members.ShouldBeEmpty();
        unknown.Version.Version.ShouldBe(2, "the version comes with no member too");
    }

    [Fact]
    public async Task Silos_that_write_at_the_same_time_lose_nothing()
    {
        const int silos = 12;
        await using var providers = await Providers.Open(await postgres.NewDatabase());
        var table = await providers.Members();

        await Task.WhenAll(Enumerable.Range(1, silos).Select(async number =>
        {
            var member = Member(number);
            await Insist(read => table.InsertRowAsync(member, read.Version.Next()));
            for (var beat = 0; beat < 10; beat++)
            {
                // A heartbeat and a change of the same row, from two sides.
                member.IAmAliveTime = Moment.AddSeconds(beat);
                await Task.WhenAll(Insist(read => table.UpdateRowAsync(member, read.TryGet(member.SiloAddress).ShouldNotBeNull().Item2, read.Version.Next())), table.UpdateIAmAliveAsync(member));
            }
        }));

        var all = await table.ReadAllAsync();
        all.Version.Version.ShouldBe(silos * 11);
        all.Members.Count.ShouldBe(silos);
        all.Members.ShouldAllBe(member => member.Item1.IAmAliveTime == Moment.AddSeconds(9));

        async Task Insist(Func<MembershipTableData, Task<bool>> write)
        {
            // Of so many that write at the same time one gets through; nobody is turned away for ever.
            for (var tries = 0; tries < 10_000; tries++)
                if (await write(await table.ReadAllAsync())) return;
            throw new TimeoutException("Never got through.");
        }
    }

    [Fact]
    public async Task Clusters_of_different_names_on_one_database_know_nothing_of_each_other()
    {
        var database = await postgres.NewDatabase();
        await using var left = await Providers.Open(database, "left");
        await using var right = await Providers.Open(database, "right");
        var (toLeft, toRight) = (await left.Members(), await right.Members());
        (await toLeft.InsertRowAsync(Member(1), (await toLeft.ReadAllAsync()).Version.Next())).ShouldBeTrue();

        var seen = await toRight.ReadAllAsync();
        seen.Members.ShouldBeEmpty();
        seen.Version.Version.ShouldBe(0);
        (await toRight.InsertRowAsync(Member(1), seen.Version.Next())).ShouldBeTrue("an address is a member of either");
        await toRight.DeleteMembershipTableEntriesAsync("right");
        (await toLeft.ReadAllAsync()).Members.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Old_rows_go_but_an_active_member_stays_however_long_it_was_silent()
    {
        await using var providers = await Providers.Open(await postgres.NewDatabase());
        var table = await providers.Members();
        var (silent, dead, lately) = (Member(1), Member(2), Member(3));
        dead.Status = lately.Status = SiloStatus.Dead;
        lately.IAmAliveTime = Moment.AddDays(2);
        foreach (var member in new[] { silent, dead, lately })
            (await table.InsertRowAsync(member, (await table.ReadAllAsync()).Version.Next())).ShouldBeTrue();

        await table.CleanupDefunctSiloEntriesAsync(Moment.AddDays(1));

        (await table.ReadAllAsync()).Members.Select(member => member.Item1.SiloAddress).ShouldBe([silent.SiloAddress, lately.SiloAddress], ignoreOrder: true);
    }

    private static readonly int Generation = SiloAddress.AllocateNewGeneration();
    private static readonly DateTime Moment = new(2026, 9, 1, 7, 30, 0, DateTimeKind.Utc);

    private static MembershipEntry Member(int number) => new()
    {
        SiloAddress = SiloAddress.New(IPAddress.Loopback, 11_000 + number, Generation),
        SiloName = "silo",
        HostName = "host",
        Status = SiloStatus.Active,
        ProxyPort = 0,
        StartTime = Moment,
        IAmAliveTime = Moment,
    };
}
