using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Zvonok.Grains.Notices;

/// <summary>Keeps the publisher alive: every silo calls it every few seconds, so that it comes back soon wherever it died.</summary>
internal sealed class NoticeKeeper(IGrainFactory grains, IOptions<NoticeOptions> options, IChannelRules channels, ILogger<NoticeKeeper> logger) : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stop = new();
    private Task _work = Task.CompletedTask;

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(nameof(NoticeKeeper), ServiceLifecycleStage.Active, Start, Stop);

    private Task Start(CancellationToken starting)
    {
        if (options.Value.Enabled && channels.IsAnySetUp) _work = Task.Run(Keep, CancellationToken.None);
        return Task.CompletedTask;
    }

    private async Task Stop(CancellationToken stopping)
    {
        await _stop.CancelAsync();
        await _work;
    }

    public void Dispose() => _stop.Dispose();

    private async Task Keep()
    {
        var publisher = grains.GetGrain<INoticePublisherGrain>(0);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await publisher.KeepAlive();
            }
            catch (Exception exception) when (exception is OrleansException or TimeoutException)
            {
                Log.PublisherDoesNotAnswer(logger, exception.Message);
            }

            await Task.Delay(Interval, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
