using Zvonok.Domain.Notices;
using Zvonok.Grains.Feed;
using Zvonok.Grains.Notices;
using Zvonok.Journal.Notices;
using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.Notices;

[Collection(OnEveryStore.Name)]
[Trait("Rule", "A6")]
public sealed class NoticeLogTests(Databases databases)
{
    private static readonly Duration Second = Duration.FromSeconds(1);

    [Theory, EveryStore]
    public async Task Partitions_begin_at_the_end_of_the_feed_and_only_once(Store store)
    {
        await using var journal = await databases.Open(store);

        var first = await journal.Notices.Begin(new FeedPosition(7));
        var second = await journal.Notices.Begin(new FeedPosition(9));

        first.Select(place => place.Partition).ShouldBe(NoticePartitions.All);
        first.ShouldAllBe(place => place.Position == new FeedPosition(7));
        second.ShouldBe(first);
        (await journal.Notices.ReadPlace(63)).ShouldBe(first[63]);
    }

    [Theory, EveryStore]
    public async Task A_step_writes_its_rows_and_the_place_together(Store store)
    {
        await using var journal = await Begun(store);
        var (due, dead) = (GivenNotices.Row(2, at: Given.Morning + Second), GivenNotices.Row(3, NoticeState.Dead));

        await journal.Tell(10, GivenNotices.Row(1, NoticeState.Delivered), due, dead);

        (await journal.Notices.ReadPlace(GivenNotices.Partition)).Position.ShouldBe(new FeedPosition(10));
        Same(await journal.Notices.ReadDue(GivenNotices.Partition, Given.Morning + Second, 10), due);
        Same(await journal.Notices.ListDead(null, 10), dead);
        (await journal.Number("select count(*) from notice where state = 2 and content is null and trouble is null")).ShouldBe(1);
    }

    [Theory, EveryStore]
    public async Task Who_was_overtaken_writes_nothing_and_does_not_hold_up_the_others(Store store)
    {
        await using var journal = await Begun(store);
        var stale = await journal.Notices.ReadPlace(GivenNotices.Partition);
        await journal.Tell(10);
        var others = NoticePartitions.All.Where(partition => partition != GivenNotices.Partition).ToList();

        var step = new NoticeStep(stale, new FeedPosition(9), [GivenNotices.Row()]);
        var told = await Task.WhenAll(others.Select(async partition => await journal.Notices.Advance(
            new NoticeStep(await journal.Notices.ReadPlace(partition), new FeedPosition(5), []))).Append(journal.Notices.Advance(step)));

        told[..^1].ShouldAllBe(moved => moved);
        told[^1].ShouldBeFalse();
        (await journal.Number("select count(*) from notice")).ShouldBe(0);
        (await journal.Notices.ReadPlace(GivenNotices.Partition)).Position.ShouldBe(new FeedPosition(10));
    }

    [Theory, EveryStore]
    public async Task Of_two_activations_at_the_same_place_one_goes_on(Store store)
    {
        await using var journal = await Begun(store);
        var place = await journal.Notices.ReadPlace(GivenNotices.Partition);

        var moved = await Task.WhenAll(Enumerable.Range(1, 8).Select(i => journal.Notices.Advance(new NoticeStep(place, new FeedPosition(5 + i), [GivenNotices.Row(i)]))));

        moved.Count(one => one).ShouldBe(1);
        (await journal.Number("select count(*) from notice")).ShouldBe(1);
    }

    [Theory, EveryStore]
    public async Task What_is_settled_is_due_no_more_and_stays_as_it_is(Store store)
    {
        await using var journal = await Begun(store);
        await journal.Tell(10, GivenNotices.Row(1), GivenNotices.Row(2), GivenNotices.Row(3));

        await journal.Notices.Settle([GivenNotices.Row(1, NoticeState.Delivered), GivenNotices.Row(2, at: Given.Morning + Second) with { Tries = 4 }]);
        await journal.Notices.Settle([GivenNotices.Row(1, NoticeState.Dead)]);

        (await journal.Notices.ListDead(null, 10)).ShouldBeEmpty();
        (await journal.Notices.ReadDue(GivenNotices.Partition, Given.Morning, 10)).ShouldHaveSingleItem().Key.Fact.Seq.ShouldBe(3);
        (await journal.Notices.ReadDue(GivenNotices.Partition, Given.Morning + Second, 10)).Select(row => (row.Key.Fact.Seq, row.Tries)).ShouldBe([(3, 0), (2, 4)]);
        (await journal.Notices.ReadDue(GivenNotices.Partition, Given.Morning + Second, 1)).Count.ShouldBe(1);
    }

    [Theory, EveryStore]
    public async Task The_next_due_notice_is_found(Store store)
    {
        await using var journal = await Begun(store);
        (await journal.Notices.FindNextDue(GivenNotices.Partition)).ShouldBeNull();

        await journal.Tell(10, GivenNotices.Row(1, at: Given.Morning + Second * 2), GivenNotices.Row(2, at: Given.Morning + Second), GivenNotices.Row(3, NoticeState.Dead));

        (await journal.Notices.FindNextDue(GivenNotices.Partition)).ShouldBe(Given.Morning + Second);
        (await journal.Notices.FindNextDue((GivenNotices.Partition + 1) % NoticePartitions.Count)).ShouldBeNull();
    }

    [Theory, EveryStore]
    [Trait("Rule", "N3")]
    public async Task Dead_notices_are_listed_page_by_page_and_sent_again(Store store)
    {
        await using var journal = await Begun(store);
        // Some died in the same millisecond.
        var dead = Enumerable.Range(1, 7).Select(seq => GivenNotices.Row(seq, NoticeState.Dead, Given.Morning + Second * (seq / 3))).ToList();
        await journal.Tell(10, [.. dead]);

        var listed = new List<NoticeRow>();
        while (await journal.Notices.ListDead(listed.Count == 0 ? null : new DeadNotice(listed[^1].At, listed[^1].Key), 2) is { Count: > 0 } page) listed.AddRange(page);
        listed.Select(row => row.Key.Fact.Seq).ShouldBe([1, 2, 3, 4, 5, 6, 7]);

        var now = Given.Morning + Duration.FromHours(1);
        (await journal.Notices.SendAgain([dead[4].Key, dead[4].Key, GivenNotices.Row(99).Key], now, 10)).ShouldBe([GivenNotices.Partition]);
        (await journal.Notices.SendAgain(null, now, 2)).Count.ShouldBe(2);
        (await journal.Notices.ListDead(null, 10)).Select(row => row.Key.Fact.Seq).ShouldBe([3, 4, 6, 7]);
        var due = await journal.Notices.ReadDue(GivenNotices.Partition, now, 10);
        due.Select(row => row.Key.Fact.Seq).ShouldBe([1, 2, 5], ignoreOrder: true);
        due.ShouldAllBe(row => row.Tries == 0 && row.At == now);
    }

    [Fact]
    public void Whatever_a_notice_says_comes_back_from_the_log() => Gen.Select(
        Any.Entry, Any.Passage, Gen.String[Gen.Char[' ', 'ӿ'], 0, 40], Gen.Enum<NoticeLanguage>(), Gen.Enum<ChannelKind>()).Sample((entry, passage, name, language, channel) =>
    {
        var subscription = GivenNotices.Subscription() with { ChildName = name, Language = language, Channel = new Channel(channel, "https://example.org/?a=\"b\"") };
        var notices = NoticeRules.Tell(entry with { Kind = EntryKind.Sale, Amount = new Money(-5) }, subscription, Given.Zone)
            .Append(NoticeRules.Tell(passage with { Kind = PassageKind.Tap, Account = Given.Number(), Outcome = PassageOutcome.Admitted, Direction = Direction.In }, subscription, Given.Zone)!)
            .Append(NoticeRules.Tell(passage with { Kind = PassageKind.HandOver, Account = Given.Number(), Outcome = PassageOutcome.Refused }, subscription, Given.Zone)!);
        foreach (var notice in notices)
        {
            var back = NoticeCodec.Decode(NoticeCodec.Encode(notice));
            back.Lines.ShouldBe(notice.Lines);
            (back with { Lines = notice.Lines }).ShouldBe(notice);
        }
    }, iter: 200);

    private async Task<TestJournal> Begun(Store store)
    {
        var journal = await databases.Open(store);
        await journal.Notices.Begin(FeedPosition.Start);
        return journal;
    }

    private static void Same(IReadOnlyList<NoticeRow> found, NoticeRow expected)
    {
        var row = found.ShouldHaveSingleItem();
        row.Notice.ShouldNotBeNull().Lines.ShouldBe(expected.Notice!.Lines);
        (row with { Notice = row.Notice with { Lines = expected.Notice.Lines } }).ShouldBe(expected);
    }
}
