using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Zvonok.Grains.Journal;

namespace Zvonok.Api.Hosting;

/// <summary>What every operation passes on its way in: measuring, the limit on operations in progress, and the repeat after a stale activation.</summary>
internal sealed class Door
{
    private const int StaleRepeatsMax = 3;
    private const int BusyFromPerProcessor = 48;

    // Callers have an answer within two seconds, come what may. A silo that stops hands over in less; of one that died the others learn later, and
    // until then the caller repeats.
    private static readonly TimeSpan HandoverMax = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan HandoverRepeatDelay = TimeSpan.FromMilliseconds(50);

    private readonly TaskCompletionSource _serverStops = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly OperationMetrics _metrics;
    private readonly int _inProgressMax;
    private int _inProgress;

    public Door(IOptions<ApiOptions> options, IHostApplicationLifetime lifetime, OperationMetrics metrics)
    {
        _metrics = metrics;
        _inProgressMax = options.Value.OperationsInProgressMax;
        metrics.ObserveInProgress(() => Volatile.Read(ref _inProgress));
        lifetime.ApplicationStopping.Register(_serverStops.SetResult);
    }

    /// <summary>Whether so many operations are in progress that what can wait should. At a city's design load there are some 25, and 80 after a pause.</summary>
    public bool IsBusy => Volatile.Read(ref _inProgress) > BusyFromPerProcessor * Environment.ProcessorCount;

    /// <summary>Completes when the server begins to stop: streams are ended then, so that it need not wait for devices.</summary>
    public Task ServerStops => _serverStops.Task;

    /// <summary>
    /// Runs a command, from the look at its request's shape to its answer. A stale activation has written nothing and is gone when it says
    /// so; the same operation sent again finds the live one, so the caller need not know. Nor need it know that the card's, account's or
    /// building's silo is going: whether the command was done there or not, the same operation sent to its successor is done once.
    /// </summary>
    public ValueTask<TAnswer> Do<TRequest, TAnswer>(OperationKind kind, TRequest request, Func<TRequest, ValueTask<TAnswer>> run) =>
        Run(_metrics.Begin(kind), request, run);

    /// <summary>The same for what is not counted among the operations: reads, and settings that are replaced as a whole.</summary>
    public ValueTask<TAnswer> Ask<TRequest, TAnswer>(TRequest request, Func<TRequest, ValueTask<TAnswer>> run) => Run(default, request, run);

    private async ValueTask<TAnswer> Run<TRequest, TAnswer>(MeasuredOperation measured, TRequest request, Func<TRequest, ValueTask<TAnswer>> run)
    {
        var inProgress = Interlocked.Increment(ref _inProgress);
        try
        {
            if (inProgress > _inProgressMax)
                throw new JournalOverloadedException($"{_inProgressMax} operations are in progress already: repeat a little later.");

            long? handsOverSince = null;
            for (var repeat = 0; ; repeat++)
            {
                try
                {
                    var answer = await run(request);
                    measured.Answered(answer);
                    return answer;
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
        catch (Exception exception)
        {
            measured.Failed(exception);
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref _inProgress);
        }
    }

    private static bool IsShorterThanHandover(long since) => TimeProvider.System.GetElapsedTime(since) < HandoverMax;
}
