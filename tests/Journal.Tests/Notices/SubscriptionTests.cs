using Zvonok.Domain.Notices;
using Zvonok.Grains.Feed;
using Zvonok.Grains.Notices;
using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.Notices;

[Collection(OnEveryStore.Name)]
[Trait("Rule", "A5")]
public sealed class SubscriptionTests(Databases databases)
{
    private static readonly AccountNumber Child = Given.Number();

    [Theory, EveryStore]
    public async Task Subscriptions_are_replaced_guardian_by_guardian(Store store)
    {
        await using var journal = await Registered(store);
        var (mail, other) = (GivenNotices.Subscription(), GivenNotices.Subscription("other@example.org"));
        var theirs = GivenNotices.Subscription(guardian: "subject-18");

        (await journal.Subscriptions.Replace(Child, "subject-17", [mail, other])).ShouldBeTrue();
        (await journal.Subscriptions.Replace(Child, "subject-18", [theirs])).ShouldBeTrue();
        (await journal.Subscriptions.List(Child)).ShouldBe([mail, other, theirs]);

        var changed = other with { Kinds = NoticeKindSet.Of(NoticeKind.Left), ChildName = null, Language = NoticeLanguage.English };
        (await journal.Subscriptions.Replace(Child, "subject-17", [changed])).ShouldBeTrue();
        (await journal.Subscriptions.List(Child)).ShouldBe([changed, theirs]);

        (await journal.Subscriptions.Replace(Child, "subject-17", [])).ShouldBeTrue();
        var list = (await journal.Subscriptions.Find([Child, Given.Number(8)])).ShouldHaveSingleItem().Value;
        list.ZoneId.ShouldBe(Given.Zone);
        list.Subscriptions.ShouldHaveSingleItem().Subscription.ShouldBe(theirs);
    }

    [Theory, EveryStore]
    public async Task An_account_that_nobody_registered_has_none(Store store)
    {
        await using var journal = await Registered(store);

        (await journal.Subscriptions.Replace(Given.Number(77), "subject-17", [GivenNotices.Subscription(serial: 77)])).ShouldBeFalse();
        (await journal.Subscriptions.List(Given.Number(77))).ShouldBeNull();
        (await journal.Subscriptions.List(Child)).ShouldNotBeNull().ShouldBeEmpty();
        (await journal.Number("select count(*) from subscription")).ShouldBe(0);
    }

    [Theory, EveryStore]
    public async Task The_same_again_changes_nothing(Store store)
    {
        await using var journal = await Registered(store);
        await journal.Subscriptions.Replace(Child, "subject-17", [GivenNotices.Subscription()]);
        var place = await journal.Notices.ReadPlace(GivenNotices.Partition);

        await journal.Commit(Given.Entry());
        (await journal.Subscriptions.Replace(Child, "subject-17", [GivenNotices.Subscription()])).ShouldBeTrue();

        (await journal.Notices.ReadPlace(GivenNotices.Partition)).ShouldBe(place);
    }

    [Theory, EveryStore]
    public async Task Who_subscribes_is_told_of_what_comes_from_then_on(Store store)
    {
        await using var journal = await Registered(store);
        await journal.Commit(Given.Entry());
        var before = await journal.Feed.FindEnd(default);

        await journal.Subscriptions.Replace(Child, "subject-17", [GivenNotices.Subscription()]);
        await journal.Commit(Given.Entry(seq: 2));

        var since = await Since(journal);
        since.ShouldBe(before);
        var page = await journal.Feed.Read(before, 10, default);
        NoticePlan.Of((await journal.Feed.Read(FeedPosition.Start, 10, default)).Facts, await journal.Subscriptions.Find([Child]))
            .ShouldHaveSingleItem().Key.Fact.ShouldBe(page.Facts.ShouldHaveSingleItem().Key);
    }

    [Theory, EveryStore]
    [Trait("Rule", "A6")]
    public async Task A_changed_subscription_goes_on_where_the_old_one_left_off(Store store)
    {
        await using var journal = await Registered(store);
        await journal.Subscriptions.Replace(Child, "subject-17", [GivenNotices.Subscription(kinds: NoticeKind.Came)]);
        var place = await journal.Notices.ReadPlace(GivenNotices.Partition);
        await journal.Commit(Given.Entry());

        await journal.Subscriptions.Replace(Child, "subject-17", [GivenNotices.Subscription(kinds: NoticeKind.ToppedUp)]);

        // The partition has not told the top-up yet, and nobody else will: the new subscription does.
        (await Since(journal)).ShouldBe(place.Position);
    }

    [Theory, EveryStore]
    [Trait("Rule", "A6")]
    public async Task What_was_decided_by_older_subscriptions_cannot_be_written_down_any_more(Store store)
    {
        await using var journal = await Registered(store);
        var decided = await journal.Notices.ReadPlace(GivenNotices.Partition);

        await journal.Subscriptions.Replace(Child, "subject-17", [GivenNotices.Subscription()]);

        (await journal.Notices.Advance(new NoticeStep(decided, new FeedPosition(decided.Position.Value + 5), []))).ShouldBeFalse();
        await journal.Tell(decided.Position.Value + 5);
    }

    [Theory, EveryStore]
    [Trait("Rule", "N4")]
    public async Task An_import_adds_changes_and_leaves_out(Store store)
    {
        await using var journal = await Registered(store);
        await journal.Register(new AccountRow(1, Given.Account(8)));
        var rows = new RegistryRow[]
        {
            new SubscriptionRow(1, GivenNotices.Subscription()),
            new SubscriptionRow(2, GivenNotices.Subscription(serial: 8)),
            new SubscriptionRow(3, GivenNotices.Subscription(serial: 77)),
            new SubscriptionRow(4, GivenNotices.Subscription(serial: 8) with { ChildName = "Petya" }),
        };

        var first = await journal.Registry.Import(rows, default);
        var second = await journal.Registry.Import([rows[0], rows[3]], default);

        (first.Added, first.Changed, first.Unchanged).ShouldBe((2, 1, 0));
        first.Bad.ShouldHaveSingleItem().ShouldSatisfyAllConditions(bad => bad.Number.ShouldBe(3), bad => bad.Field.ShouldBe("account_number"));
        (second.Added, second.Changed, second.Unchanged).ShouldBe((0, 0, 2));
        (await journal.Subscriptions.List(Given.Number(8))).ShouldNotBeNull().ShouldHaveSingleItem().ChildName.ShouldBe("Petya");
    }

    private static async Task<FeedPosition> Since(TestJournal journal) =>
        (await journal.Subscriptions.Find([Child]))[Child].Subscriptions.ShouldHaveSingleItem().Since;

    private async Task<TestJournal> Registered(Store store)
    {
        var journal = await databases.Open(store);
        await journal.Register(new AccountRow(1, Given.Account()));
        await journal.Notices.Begin(await journal.Feed.FindEnd(default));
        return journal;
    }
}
