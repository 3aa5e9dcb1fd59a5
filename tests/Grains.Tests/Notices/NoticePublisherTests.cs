using System.Collections.Concurrent;
using Zvonok.Grains.Feed;
using Zvonok.Grains.Notices;
using Zvonok.Grains.Tests.Clusters;

namespace Zvonok.Grains.Tests.Notices;

[Trait("Rule", "A6")]
public sealed class NoticePublisherTests : INoticePartitionLinks
{
    private readonly Stage _stage = new();
    private readonly ConcurrentQueue<NoticeBatch> _streamed = new();
    private readonly ConcurrentQueue<(int Partition, NoticeBatch Batch)> _followed = new();

    public Func<NoticeBatch, Task>? Stream { get; set; }

    Task INoticePartitionLinks.Stream(int partition, NoticeBatch batch)
    {
        partition.ShouldBe(_stage.Partition);
        _streamed.Enqueue(batch);
        return Stream?.Invoke(batch) ?? Task.CompletedTask;
    }

    Task<FeedPosition> INoticePartitionLinks.Follow(int partition, NoticeBatch batch)
    {
        _followed.Enqueue((partition, batch));
        return Task.FromResult(new FeedPosition(long.MaxValue));
    }

    [Fact]
    public async Task Batches_join_on_and_hold_every_fact_also_when_one_does_not_go_out()
    {
        var lost = 0;
        Stream = _ => Interlocked.Increment(ref lost) == 2 ? Task.FromException(new TimeoutException("Played.")) : Task.CompletedTask;
        using var stop = new CancellationTokenSource();
        var publishing = new NoticePublisher(_stage, this).Run(Places(FeedPosition.Start), stop.Token);
        for (var i = 1; i <= 4; i++)
        {
            _stage.Happen(2);
            await Tasks.Until(() => _streamed.Sum(batch => batch.Facts.Length) == 2 * i);
        }

        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(publishing);

        var batches = _streamed.ToList();
        batches[0].From.ShouldBe(FeedPosition.Start);
        for (var i = 1; i < batches.Count; i++) batches[i].From.ShouldBe(batches[i - 1].To);
        batches.SelectMany(batch => batch.Facts).Select(fact => fact.Key.Seq).ShouldBe(Enumerable.Range(1, 8).Select(seq => (long)seq));
    }

    [Fact]
    public async Task It_starts_at_the_place_furthest_back_and_wakes_every_partition()
    {
        _stage.Happen(6);
        var places = Places(new FeedPosition(50));
        places[7] = places[7] with { Position = new FeedPosition(30) };
        using var stop = new CancellationTokenSource();
        var publishing = new NoticePublisher(_stage, this).Run(places, stop.Token);

        await Tasks.Until(() => !_streamed.IsEmpty);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(publishing);

        var batch = _streamed.First();
        (batch.From, batch.To).ShouldBe((new FeedPosition(30), new FeedPosition(60)));
        batch.Facts.Select(fact => fact.Key.Seq).ShouldBe([4, 5, 6]);
        _followed.Select(follow => follow.Partition).Distinct().Count().ShouldBe(NoticePartitions.Count);
    }

    [Fact]
    public void Accounts_are_dealt_out_evenly_and_always_alike()
    {
        var counts = new int[NoticePartitions.Count];
        for (var serial = 1; serial <= 64_000; serial++) counts[NoticePartitions.Of(AccountNumber.FromSerial(serial))]++;

        counts.ShouldAllBe(count => count > 800 && count < 1_200);
        // Stored with every subscription and notice.
        new[] { 1L, 2, 4_021_337 }.Select(serial => NoticePartitions.Of(AccountNumber.FromSerial(serial))).ShouldBe([2, 62, 26]);
    }

    private static NoticePlace[] Places(FeedPosition position) => [.. NoticePartitions.All.Select(partition => new NoticePlace(partition, position, 0))];
}
