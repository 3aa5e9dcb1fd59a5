using Microsoft.Extensions.Logging;

namespace Zvonok.Grains;

/// <summary>Keeps a grain alive of which the cluster needs one: every silo calls it every few seconds, so that it comes back soon wherever it died.</summary>
/// <param name="grains">Where the grain is found.</param>
/// <param name="isNeeded">False when this installation can do without it.</param>
/// <param name="logger">Tells when it does not answer.</param>
internal sealed class Keeper<TGrain>(IGrainFactory grains, Func<bool> isNeeded, ILogger<TGrain> logger) : ILifecycleParticipant<ISiloLifecycle>, IDisposable
    where TGrain : IKeptGrain
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stop = new();
    private Task _work = Task.CompletedTask;

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe($"Keeper of {typeof(TGrain).Name}", ServiceLifecycleStage.Active, Start, Stop);

    private Task Start(CancellationToken starting)
    {
        if (isNeeded()) _work = Task.Run(Keep, CancellationToken.None);
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
        var grain = grains.GetGrain<TGrain>(0);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await grain.KeepAlive();
            }
            catch (Exception exception) when (exception is OrleansException or TimeoutException)
            {
                Log.DoesNotAnswer(logger, typeof(TGrain).Name, exception.Message);
            }

            await Task.Delay(Interval, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}

/// <summary>What keepers say; events 1500–1599.</summary>
internal static partial class Log
{
    [LoggerMessage(1500, LogLevel.Information, "{Grain} does not answer: {Reason}. It is called again in a moment")]
    public static partial void DoesNotAnswer(ILogger logger, string grain, string reason);
}
