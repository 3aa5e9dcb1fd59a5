using Zvonok.Domain.Lists;
using Zvonok.Grains.Lists;
using Zvonok.Grains.Tests.Clusters;

namespace Zvonok.Grains.Tests.Lists;

[Trait("Rule", "O1")]
public sealed class ListOnTwoSilosTests() : WithCluster(silos: 2)
{
    private static readonly BuildingId School = new(1501);

    [Fact]
    public async Task Of_two_activations_at_once_none_gives_a_version_to_another_list_and_a_device_that_asks_either_never_goes_back()
    {
        await Cluster.Register(Given.BuildingRow(School), Given.AccountRow(Given.Number(1)));
        var keys = Cluster.Part<ListKeys>();
        // Orleans may run two for a moment. Their silos' clocks differ.
        var clocks = new[] { new FakeClock(), new FakeClock() };
        clocks[1].Advance(Duration.FromSeconds(-90));
        BuildingLists[] activations = [.. clocks.Select((clock, n) => new BuildingLists(School, Cluster.Part<IListSource>(n), keys, Cluster.Part<TokenKeys>(n), clock, new ListOptions()))];
        var (made, random, mine) = (new Dictionary<long, ListDigest>(), new Random(7), default(OfflineList));
        for (var n = 1; n <= 150; n++)
        {
            if (random.Next(2) == 0) await Cluster.Register(Given.CardRow(Given.Token(n), Given.Number(1), School));
            foreach (var clock in clocks) clock.Advance(Duration.FromMilliseconds(random.Next(4_000)));
            // Sometimes both look at the same moment.
            var asked = random.Next(3) == 0 ? activations : [activations[random.Next(2)]];
            foreach (var update in await Task.WhenAll(asked.Select(lists => lists.Fetch(DeviceKind.Gate, keys.Newest.Id, mine?.Version ?? 0).AsTask()))) mine = Take(mine, update.ShouldNotBeNull(), made);
        }

        foreach (var clock in clocks) clock.Advance(Duration.FromSeconds(5));
        foreach (var lists in activations) mine = Take(mine, (await lists.Fetch(DeviceKind.Gate, keys.Newest.Id, mine!.Version)).ShouldNotBeNull(), made);
        made.Count.ShouldBeGreaterThan(20);
        mine!.Holders.ShouldHaveSingleItem().Cards.Length.ShouldBe((await Cluster.Part<IListSource>().Read(new ListName(School, DeviceKind.Gate, 0), default, default))!.Facts.Cards.Count);
    }

    [Fact]
    public async Task A_list_goes_on_at_another_silo_with_larger_versions_and_the_same_handles()
    {
        await Cluster.Register(Given.BuildingRow(School), Given.AccountRow(Given.Number(1)), Given.CardRow(Given.Token(1), Given.Number(1), School));
        var keyId = Cluster.Part<ListKeys>().Newest.Id;
        var list = (await Cluster.Part<IGrainFactory>(1).GetGrain<IListGrain>(School.Value).Fetch(DeviceKind.Till, keyId, 0)).ShouldNotBeNull().List.ShouldNotBeNull();
        await Cluster.Register(Given.CardRow(Given.Token(2), Given.Number(1), School));

        await Cluster.Kill(1);

        var next = (await Tasks.UntilAnswered(async () => await Cluster.Part<IGrainFactory>().GetGrain<IListGrain>(School.Value).Fetch(DeviceKind.Till, keyId, list.Version))).ShouldNotBeNull();
        next.List.ShouldNotBeNull().Version.ShouldBeGreaterThan(list.Version);
        next.List!.Holders[0].Cards.Length.ShouldBe(2);
        next.List.Holders[0].Handle.ShouldBe(list.Holders[0].Handle);
    }

    // As a device does.
    private static OfflineList Take(OfflineList? mine, ListUpdate update, Dictionary<long, ListDigest> made)
    {
        if (update.List is { } list)
        {
            made.TryAdd(list.Version, list.Digest);
            made[list.Version].ShouldBe(list.Digest, "one version is one list");
            return mine is null || list.Version >= mine.Version ? list : mine;
        }

        // Of two answers to one question the first may have brought it further already.
        var (outcome, applied) = ListDeltas.Apply(mine!, update.Delta!);
        if (outcome == ListApplication.OtherBase) return mine!;
        outcome.ShouldBe(ListApplication.Applied);
        made.TryAdd(applied.Version, applied.Digest);
        made[applied.Version].ShouldBe(applied.Digest, "one version is one list");
        applied.Version.ShouldBeGreaterThanOrEqualTo(mine!.Version);
        return applied;
    }
}
