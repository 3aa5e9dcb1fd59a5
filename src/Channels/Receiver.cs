using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Zvonok.Channels;

/// <summary>
/// One receiver: the mail server, or a webhook's host. A try has a time limit and one quick repeat; a receiver that fails half of its tries is left alone
/// for a while; and it takes only so many at the same time, so that a slow one does not hold up the others.
/// </summary>
internal sealed class Receiver : IDisposable
{
    private static readonly SendResult KnownToBeDown = new(SendOutcome.NotTried, "The receiver is known to be down.");
    private static readonly SendResult Overrun = new(SendOutcome.NotTried, "The receiver takes no more at the same time.");

    private readonly ResiliencePipeline<SendResult> _pipeline;
    private readonly SemaphoreSlim _slots;
    private readonly TimeSpan _slotWaitMax;

    public Receiver(int slots, TimeSpan timeout, ReceiverOptions options, TimeProvider time)
    {
        _slots = new SemaphoreSlim(slots, slots);
        _slotWaitMax = timeout;
        _pipeline = new ResiliencePipelineBuilder<SendResult> { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<SendResult>
            {
                ShouldHandle = Failed,
                FailureRatio = 0.5,
                MinimumThroughput = 4,
                SamplingDuration = TimeSpan.FromSeconds(10),
                BreakDuration = TimeSpan.FromMilliseconds(options.BreakMilliseconds),
            })
            .AddRetry(new RetryStrategyOptions<SendResult>
            {
                ShouldHandle = Failed,
                MaxRetryAttempts = 1,
                Delay = TimeSpan.FromMilliseconds(50),
                UseJitter = true,
                BackoffType = DelayBackoffType.Exponential,
            })
            .AddTimeout(timeout)
            .Build();
    }

    /// <summary>Tries.</summary>
    public async Task<SendResult> Send(Func<CancellationToken, ValueTask<SendResult>> send, CancellationToken stop)
    {
        if (!await _slots.WaitAsync(_slotWaitMax, stop)) return Overrun;
        try
        {
            return await _pipeline.ExecuteAsync(send, stop);
        }
        catch (BrokenCircuitException)
        {
            return KnownToBeDown;
        }
        catch (TimeoutRejectedException exception)
        {
            return new SendResult(SendOutcome.Failed, exception.Message);
        }
        finally
        {
            _slots.Release();
        }
    }

    public void Dispose() => _slots.Dispose();

    private static ValueTask<bool> Failed(CircuitBreakerPredicateArguments<SendResult> args) => new(IsFailed(args.Outcome));

    private static ValueTask<bool> Failed(RetryPredicateArguments<SendResult> args) => new(IsFailed(args.Outcome));

    private static bool IsFailed(Outcome<SendResult> outcome) => outcome.Exception is TimeoutRejectedException || outcome is { Exception: null, Result.Outcome: SendOutcome.Failed };
}
