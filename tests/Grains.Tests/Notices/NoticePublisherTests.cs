using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using Zvonok.Grains.Feed;
using Zvonok.Grains.Notices;
using Zvonok.Grains.Tests.Clusters;

namespace Zvonok.Grains.Tests.Notices;

[Trait("Rule", "A6")]
public sealed class NoticePublisherTests : INoticePartitionLinks
{
    private const int Slowest = 9;
    private const int PerSecondMax = 3_000;

    private readonly Stage _stage = new();
    private readonly long[] _given = new long[NoticePartitions.Count];
    private readonly ConcurrentQueue<NoticeBatch> _streamed = new();
    private readonly ConcurrentQueue<(int Partition, NoticeBatch Batch)> _followed = new();
    private readonly ConcurrentQueue<(NoticeBatch Batch, bool IsStreamed)> _all = new();

    // A partition decides at once what it is given, but no further than this.
    private long _decidedMax = long.MaxValue;
    private long _decidedBySlowestMax = long.MaxValue;

    public Func<NoticeBatch, Task>? Stream { get; set; }

    Task INoticePartitionLinks.Stream(int partition, NoticeBatch batch)
    {
        if (batch.To.Value > Volatile.Read(ref _given[partition])) Volatile.Write(ref _given[partition], batch.To.Value);
        if (partition != _stage.Partition)
        {
            batch.Facts.ShouldBeEmpty();
            return Task.CompletedTask;
        }

        _streamed.Enqueue(batch);
        _all.Enqueue((batch, true));
        return Stream?.Invoke(batch) ?? Task.CompletedTask;
    }

    Task<FeedPosition> INoticePartitionLinks.Follow(int partition, NoticeBatch batch)
    {
        _followed.Enqueue((partition, batch));
        _all.Enqueue((batch, false));
        var max = partition == Slowest ? Math.Min(Volatile.Read(ref _decidedMax), Volatile.Read(ref _decidedBySlowestMax)) : Volatile.Read(ref _decidedMax);
        return Task.FromResult(new FeedPosition(Math.Min(Volatile.Read(ref _given[partition]), max)));
    }

    [Fact]
    public async Task Batches_join_on_and_hold_every_fact_also_when_one_does_not_go_out()
    {
        var lost = 0;
        Stream = _ => Interlocked.Increment(ref lost) == 2 ? Task.FromException(new TimeoutException("Played.")) : Task.CompletedTask;
        using var stop = new CancellationTokenSource();
        var publishing = new NoticePublisher(_stage, this, Places(FeedPosition.Start), PerSecondMax, TimeProvider.System).Run(stop.Token);
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
        var publishing = new NoticePublisher(_stage, this, places, PerSecondMax, TimeProvider.System).Run(stop.Token);

        await Tasks.Until(() => !_streamed.IsEmpty);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(publishing);

        var batch = _streamed.First();
        (batch.From, batch.To).ShouldBe((new FeedPosition(30), new FeedPosition(60)));
        batch.Facts.Select(fact => fact.Key.Seq).ShouldBe([4, 5, 6]);
        _followed.Select(follow => follow.Partition).Distinct().Count().ShouldBe(NoticePartitions.Count);
    }

    [Fact]
    public async Task It_waits_for_partitions_that_have_enough_to_tell_and_announces_nothing_that_is_on_its_way()
    {
        const int Backlog = 10_000;
        Volatile.Write(ref _decidedMax, 0);
        _stage.Happen(Backlog);
        using var stop = new CancellationTokenSource();
        var publishing = new NoticePublisher(_stage, this, Places(FeedPosition.Start), PerSecondMax, new FakeTimeProvider()).Run(stop.Token);
        await Followed(3);

        Streamed().ShouldBeInRange(4_000, 6_000);
        _followed.ShouldAllBe(follow => follow.Batch.To == FeedPosition.Start);

        Volatile.Write(ref _decidedMax, long.MaxValue);
        await Tasks.Until(() => Streamed() == Backlog);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(publishing);
    }

    [Fact]
    public async Task One_that_starts_over_behind_the_partitions_announces_no_more_than_it_has_sent()
    {
        Array.Fill(_given, long.MaxValue);
        Volatile.Write(ref _given[Slowest], 0);
        Volatile.Write(ref _decidedBySlowestMax, 0);
        var time = new FakeTimeProvider();
        _stage.Happen(20_000);
        using var stop = new CancellationTokenSource();
        var publishing = new NoticePublisher(_stage, this, Places(FeedPosition.Start), PerSecondMax, time).Run(stop.Token);
        await Followed(2);

        time.Advance(TimeSpan.FromSeconds(32));
        await Tasks.Until(() => Streamed() == 20_000);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(publishing);

        var sent = FeedPosition.Start;
        foreach (var (batch, isStreamed) in _all)
        {
            if (isStreamed) sent = batch.To;
            else batch.To.ShouldBeLessThanOrEqualTo(sent);
        }
    }

    [Fact]
    public async Task A_partition_that_stands_still_holds_the_others_up_for_a_while_only_and_is_waited_for_again_when_it_has_caught_up()
    {
        const int Backlog = 10_000;
        var time = new FakeTimeProvider();
        Volatile.Write(ref _decidedBySlowestMax, 0);
        _stage.Happen(Backlog);
        using var stop = new CancellationTokenSource();
        var publishing = new NoticePublisher(_stage, this, Places(FeedPosition.Start), PerSecondMax, time).Run(stop.Token);
        await Followed(3);
        Streamed().ShouldBeInRange(4_000, 6_000);

        time.Advance(TimeSpan.FromSeconds(32));
        await Tasks.Until(() => Streamed() == Backlog);

        Volatile.Write(ref _decidedBySlowestMax, 10 * Backlog);
        time.Advance(TimeSpan.FromSeconds(6));
        await Followed(1);
        _stage.Happen(Backlog);
        await Tasks.Until(() => Streamed() > Backlog);
        await Followed(3);
        Streamed().ShouldBeInRange(Backlog + 4_000, Backlog + 6_000);

        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(publishing);
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

    private int Streamed() => _streamed.Sum(batch => batch.Facts.Length);

    // From now on.
    private Task Followed(int rounds)
    {
        var enough = _followed.Count + rounds * NoticePartitions.Count;
        return Tasks.Until(() => _followed.Count >= enough);
    }

    private static NoticePlace[] Places(FeedPosition position) => [.. NoticePartitions.All.Select(partition => new NoticePlace(partition, position, 0))];
}
