using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Zvonok.Grains.Journal;

namespace Zvonok.Api.Hosting;

/// <summary>What every command passes on its way in: the limit on operations in progress, and the repeat after a stale activation.</summary>
internal sealed class Door
{
    private const int StaleRepeatsMax = 3;

    // Callers have an answer within two seconds, come what may. A silo that stops hands over in less; of one that died the others learn later, and
    // until then the caller repeats.
    private static readonly TimeSpan HandoverMax = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan HandoverRepeatDelay = TimeSpan.FromMilliseconds(50);

    private readonly TaskCompletionSource _serverStops = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _inProgressMax;
    private int _inProgress;

    public Door(IOptions<ApiOptions> options, IHostApplicationLifetime lifetime, OperationMetrics metrics)
    {
        _inProgressMax = options.Value.OperationsInProgressMax;
        metrics.ObserveInProgress(() => Volatile.Read(ref _inProgress));
        lifetime.ApplicationStopping.Register(_serverStops.SetResult);
    }

    /// <summary>Completes when the server begins to stop: streams are ended then, so that it need not wait for devices.</summary>
    public Task ServerStops => _serverStops.Task;

    /// <summary>
    /// Runs a command. A stale activation has written nothing and is gone when it says so; the same operation sent again
    /// finds the live one, so the caller need not know. Nor need it know that the card's, account's or building's silo is going: whether
    /// the command was done there or not, the same operation sent to its successor is done once.
    /// </summary>
    public async ValueTask<TAnswer> Run<TCommand, TAnswer>(TCommand command, Func<TCommand, ValueTask<TAnswer>> run)
    {
        if (Interlocked.Increment(ref _inProgress) > _inProgressMax)
        {
            Interlocked.Decrement(ref _inProgress);
            throw new JournalOverloadedException($"{_inProgressMax} operations are in progress already: repeat a little later.");
        }

        try
        {
            long? handsOverSince = null;
            for (var repeat = 0; ; repeat++)
            {
                try
                {
                    return await run(command);
                }
                catch (StaleActivationException) when (repeat < StaleRepeatsMax)
                {
                    // The next call reaches a fresh activation.
                }
                catch (OrleansMessageRejectionException) when (IsShorterThanHandover(handsOverSince ??= TimeProvider.System.GetTimestamp()))
                {
                    await Task.Delay(HandoverRepeatDelay);
                }
            }
        }
        finally
        {
            Interlocked.Decrement(ref _inProgress);
        }
    }

    private static bool IsShorterThanHandover(long since) => TimeProvider.System.GetElapsedTime(since) < HandoverMax;
}
