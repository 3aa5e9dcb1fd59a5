using Zvonok.Grains.Feed;
using Zvonok.Grains.Notices;

namespace Zvonok.Grains.Tests.Notices;

[Trait("Rule", "A6")]
public sealed class NoticeInboxTests
{
    private readonly Stage _stage = new();
    private readonly NoticeInbox _inbox = new(batchesMax: 4);

    public NoticeInboxTests() => _inbox.Begin(FeedPosition.Start);

    [Fact]
    public void Batches_that_overlap_give_each_fact_once()
    {
        var facts = _stage.Happen(3);
        _inbox.Offer(Stage.Batch([facts[0], facts[1]]));
        _inbox.Offer(Stage.Batch([facts[1], facts[2]]));

        var taken = _inbox.TryTake(FeedPosition.Start, 100).ShouldNotBeNull();

        taken.Facts.ShouldBe(facts);
        taken.To.ShouldBe(facts[2].Position);
    }

    [Fact]
    public void What_came_while_the_feed_was_read_further_does_not_lead_back()
    {
        var facts = _stage.Happen(3);
        _inbox.Offer(Stage.Batch([facts[0]]));
        _inbox.SkipTo(facts[1].Position);

        _inbox.TryTake(facts[1].Position, 100).ShouldBeNull();

        _inbox.Offer(Stage.Batch([facts[2]]));
        _inbox.TryTake(facts[1].Position, 100).ShouldNotBeNull().Facts.ShouldBe([facts[2]]);
    }

    [Fact]
    public void A_gap_is_left_to_the_feed()
    {
        var facts = _stage.Happen(3);

        _inbox.Offer(Stage.Batch([facts[2]]));

        _inbox.TryTake(FeedPosition.Start, 100).ShouldBeNull();
        _inbox.IsBehind.ShouldBeTrue();
    }
}
