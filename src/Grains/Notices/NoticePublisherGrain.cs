using Microsoft.Extensions.Logging;
using Orleans.Streams;
using Zvonok.Grains.Feed;

namespace Zvonok.Grains.Notices;

/// <inheritdoc cref="INoticePublisherGrain"/>
[GrainType("notice-publisher")]
public sealed class NoticePublisherGrain(IFeed feed, INoticeLog log, NoticeOptions options, ILogger<NoticePublisherGrain> logger) : Grain, INoticePublisherGrain, IDisposable
{
    private static readonly TimeSpan RestAfterTrouble = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _stop = new();
    private Task _work = Task.CompletedTask;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _work = Run();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _work;
    }

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    /// <inheritdoc/>
    public Task KeepAlive() => Task.CompletedTask;

    private async Task Run()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var partitions = new Partitions(this.GetStreamProvider(NoticeStreams.Provider), GrainFactory);
                var places = await log.Begin(await feed.FindEnd(_stop.Token));
                var publisher = new NoticePublisher(feed, partitions, places, options.PerSecondMax, TimeProvider.System);
                await publisher.Run(_stop.Token);
            }
            catch (Exception exception)
            {
                // It starts over from what the partitions have written down.
                if (_stop.IsCancellationRequested) return;
                Log.PublisherStartsOver(logger, exception);
                await Task.Delay(RestAfterTrouble, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            }
        }
    }

    private sealed class Partitions(IStreamProvider streams, IGrainFactory grains) : INoticePartitionLinks
    {
        private readonly IAsyncStream<NoticeBatch>[] _streams = [.. NoticePartitions.All.Select(partition => NoticeStreams.Of(streams, partition))];
        private readonly INoticeGrain[] _grains = [.. NoticePartitions.All.Select(partition => grains.GetGrain<INoticeGrain>(partition))];

        public Task Stream(int partition, NoticeBatch batch) => _streams[partition].OnNextAsync(batch);

        public Task<FeedPosition> Follow(int partition, NoticeBatch batch) => _grains[partition].Follow(batch);
    }
}
