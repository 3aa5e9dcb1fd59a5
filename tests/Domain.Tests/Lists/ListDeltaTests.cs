using Zvonok.Domain.Lists;

namespace Zvonok.Domain.Tests.Lists;

[Trait("Rule", "O1")]
public sealed class ListDeltaTests
{
    [Fact]
    public void A_chain_of_deltas_leads_from_any_version_to_the_newest() => AnyList.Chain.Sample(chain =>
    {
        var list = chain[0];
        for (var i = 1; i < chain.Length; i++)
        {
            (var outcome, list) = ListDeltas.Apply(list, ListDeltas.Diff(list, chain[i]));
            outcome.ShouldBe(ListApplication.Applied);
            ShouldBeSame(list, chain[i]);
        }
    });

    [Fact]
    public void Deltas_joined_are_one_that_leads_as_far() => AnyList.Chain.Sample(chain =>
    {
        var joined = Enumerable.Range(1, chain.Length - 1).Select(i => ListDeltas.Diff(chain[i - 1], chain[i])).Aggregate((first, second) => first.Then(second));

        var (outcome, list) = ListDeltas.Apply(chain[0], joined);

        outcome.ShouldBe(ListApplication.Applied);
        ShouldBeSame(list, chain[^1]);
    });

    [Fact]
    public void A_delta_is_for_its_base_alone() => AnyList.Chain.Where(chain => chain.Length > 2).Sample(chain =>
    {
        var delta = ListDeltas.Diff(chain[1], chain[2]);

        ListDeltas.Apply(chain[0], delta).ShouldBe((ListApplication.OtherBase, chain[0]));
        ListDeltas.Apply(chain[2], delta).ShouldBe((ListApplication.OtherBase, chain[2]));
    });

    [Fact]
    public void A_delta_on_a_list_that_only_claims_to_be_its_base_is_found_out() => Gen.Select(AnyList.Chain, AnyList.One).Sample((chain, other) =>
    {
        var claimed = new OfflineList(other.Terms, other.Meals, other.Holders) { Version = chain[0].Version };
        var delta = ListDeltas.Diff(chain[0], chain[1]);

        var (outcome, list) = ListDeltas.Apply(claimed, delta);

        if (outcome == ListApplication.Applied) list.Digest.ShouldBe(chain[1].Digest, "by luck it led there all the same");
        else (outcome, list).ShouldBe((ListApplication.OtherResult, claimed));
    });

    [Fact]
    public void A_digest_tells_apart_what_differs_in_anything() => Gen.Select(AnyList.One, AnyList.One).Sample((one, other) =>
        (one.Digest == other.Digest).ShouldBe(one.Terms == other.Terms && one.Meals.AsSpan().SequenceEqual(other.Meals) && one.Holders.AsSpan().SequenceEqual(other.Holders)));

    [Fact]
    public void A_digest_does_not_depend_on_the_order_in_which_a_list_was_filled() => AnyList.One.Sample(list =>
        new OfflineList(list.Terms, list.Meals.Reverse(), list.Holders.Reverse()).Digest.ShouldBe(list.Digest));

    [Fact]
    public void That_nothing_has_changed_makes_a_list_younger_and_never_older() => AnyList.One.Sample(list =>
    {
        var younger = new OfflineList(list.Terms, list.Meals, list.Holders) { Version = list.Version, MadeAt = list.MadeAt + Duration.FromSeconds(5), ValidUntil = list.ValidUntil + Duration.FromSeconds(5) };
        var nothing = ListDeltas.Diff(list, younger);

        (nothing.Holders.Length, nothing.Gone.Length, nothing.Meals.Length, nothing.MealsGone.Length, nothing.Terms).ShouldBe((0, 0, 0, 0, null));
        ListDeltas.Apply(list, nothing).ShouldBe((ListApplication.Applied, younger));
        ListDeltas.Apply(younger, ListDeltas.Diff(list, list)).ShouldBe((ListApplication.Applied, younger));
    });

    [Fact]
    public void A_shelf_leads_from_each_version_that_it_keeps_to_the_newest_and_from_no_other() => Gen.Select(AnyList.Chain, Gen.Int[1, 8]).Sample((chain, kept) =>
    {
        var shelf = new ListShelf(kept);
        shelf.Since(1).ShouldBeNull();
        foreach (var list in chain) shelf.Put(list);

        for (var i = 0; i < chain.Length; i++)
        {
            if (i < chain.Length - 1 - kept) shelf.Since(chain[i].Version).ShouldBeNull();
            else ShouldBeSame(ListDeltas.Apply(chain[i], shelf.Since(chain[i].Version).ShouldNotBeNull()).List, chain[^1]);
        }

        shelf.Since(chain[^1].Version + 1).ShouldBeNull();
    });

    private static void ShouldBeSame(OfflineList list, OfflineList expected)
    {
        list.ShouldBe(expected);
        list.Terms.ShouldBe(expected.Terms);
        list.Meals.ShouldBe(expected.Meals);
        list.Holders.ShouldBe(expected.Holders);
    }
}
