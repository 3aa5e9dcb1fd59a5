using Zvonok.Domain.Notices;
using Zvonok.Grains.Feed;
using Zvonok.Grains.Notices;
using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.Notices;

/// <summary>Subscriptions and notices of a child, nobody's.</summary>
internal static class GivenNotices
{
    public static readonly int Partition = NoticePartitions.Of(Given.Number());

    public static Subscription Subscription(string address = "guardian@example.org", string guardian = "subject-17", long serial = 4_021_337, params NoticeKind[] kinds) => new()
    {
        Account = Given.Number(serial),
        Guardian = guardian,
        Channel = new Channel(ChannelKind.Email, address),
        Kinds = kinds.Length == 0 ? NoticeKindSet.All : NoticeKindSet.Of(kinds),
        Language = NoticeLanguage.Russian,
        LowBalanceBelow = new Money(10_000),
        ChildName = "Маша",
    };

    public static Notice Notice() => NoticeRules.Tell(Given.Entry(), Subscription(), Given.Zone).First();

    public static NoticeRow Row(long seq = 1, NoticeState state = NoticeState.Due, Instant? at = null, long serial = 4_021_337) => new()
    {
        Key = new NoticeKey(FactKey.Of(Given.Number(serial), seq), NoticeKind.ToppedUp, Subscription().Receiver),
        State = state,
        At = at ?? Given.Morning,
        Notice = Notice(),
        Tries = state == NoticeState.Due ? 0 : 1,
        Trouble = state == NoticeState.Delivered ? null : "HTTP 503",
    };

    /// <summary>Tells everything in the feed, as the partitions do.</summary>
    /// <returns>What was told.</returns>
    public static async Task<IReadOnlyList<NoticeKey>> TellAll(this TestJournal journal)
    {
        var page = await journal.Feed.Read(FeedPosition.Start, 10_000, default);
        var accounts = page.Facts.Select(fact => fact.Account).OfType<AccountNumber>().Distinct().ToList();
        var told = NoticePlan.Of(page.Facts, await journal.Subscriptions.Find(accounts)).ToList();
        foreach (var place in await journal.Notices.Begin(FeedPosition.Start))
        {
            var rows = told.Where(notice => NoticePartitions.Of(notice.Notice.Account) == place.Partition).Select(notice => Row(1, NoticeState.Delivered) with { Key = notice.Key });
            (await journal.Notices.Advance(new NoticeStep(place, page.Next, [.. rows]))).ShouldBeTrue();
        }

        return [.. told.Select(notice => notice.Key)];
    }

    /// <summary>Takes a step from where the partition stands.</summary>
    public static async Task Tell(this TestJournal journal, long to, params NoticeRow[] rows) =>
        (await journal.Notices.Advance(new NoticeStep(await journal.Notices.ReadPlace(Partition), new FeedPosition(to), rows))).ShouldBeTrue();
}
