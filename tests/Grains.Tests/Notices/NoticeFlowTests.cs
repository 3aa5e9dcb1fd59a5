using Microsoft.Extensions.Time.Testing;
using Zvonok.Grains.Feed;
using Zvonok.Grains.Notices;

namespace Zvonok.Grains.Tests.Notices;

[Trait("Rule", "A6")]
public sealed class NoticeFlowTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly NoticeFlow _flow;

    public NoticeFlowTests() => _flow = new NoticeFlow(new FeedPosition(5), _clock);

    [Fact]
    public void What_partitions_have_decided_is_no_longer_under_way()
    {
        _flow.Sent(new FeedPosition(10), 3);
        _flow.Sent(new FeedPosition(20), 4);
        _flow.UnderWay.ShouldBe(7);

        _flow.Reached(new FeedPosition(19));
        _flow.UnderWay.ShouldBe(4);

        _flow.Reached(new FeedPosition(20));
        _flow.UnderWay.ShouldBe(0);
    }

    [Fact]
    public void A_page_has_arrived_when_it_is_old_enough_or_decided()
    {
        _flow.Sent(new FeedPosition(10), 1);
        _clock.Advance(NoticeFlow.OnTheWayMax / 2);
        _flow.Sent(new FeedPosition(20), 1);
        _flow.Arrived.ShouldBe(new FeedPosition(5));

        _clock.Advance(NoticeFlow.OnTheWayMax / 2);
        _flow.Arrived.ShouldBe(new FeedPosition(10));

        _flow.Reached(new FeedPosition(20));
        _flow.Arrived.ShouldBe(new FeedPosition(20));
    }

    [Fact]
    public void A_partition_that_is_far_back_takes_nothing_back()
    {
        _flow.Sent(new FeedPosition(10), 1);
        _flow.Reached(new FeedPosition(10));

        _flow.Reached(FeedPosition.Start);

        _flow.UnderWay.ShouldBe(0);
        _flow.Arrived.ShouldBe(new FeedPosition(10));
    }

    [Fact]
    public void Partitions_that_are_ahead_make_nothing_arrive_that_was_not_sent()
    {
        _flow.Sent(new FeedPosition(10), 1);

        _flow.Reached(new FeedPosition(1_000));
        _flow.Arrived.ShouldBe(new FeedPosition(10));

        _flow.Sent(new FeedPosition(20), 1);
        _flow.Arrived.ShouldBe(new FeedPosition(10));
        _flow.UnderWay.ShouldBe(1);
    }
}
