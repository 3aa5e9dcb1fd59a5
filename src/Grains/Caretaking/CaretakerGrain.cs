using Microsoft.Extensions.Logging;

namespace Zvonok.Grains.Caretaking;

/// <inheritdoc cref="ICaretakerGrain"/>
[GrainType("caretaker")]
public sealed class CaretakerGrain(IEnumerable<IChore> chores, ILogger<CaretakerGrain> logger) : Grain, ICaretakerGrain, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stop = new();
    private Task _work = Task.CompletedTask;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _work = Task.WhenAll(chores.Select(Run));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _work.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    /// <inheritdoc/>
    public Task KeepAlive() => Task.CompletedTask;

    private async Task Run(IChore chore)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await chore.Do(_stop.Token);
            }
            catch (Exception exception) when (!_stop.IsCancellationRequested)
            {
                Log.ChoreFailed(logger, chore.GetType().Name, exception.Message);
            }
            catch (Exception)
            {
                // Somebody else goes on.
                return;
            }

            await Task.Delay(Interval, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }
}

/// <summary>What the caretaker says; events 1400–1499.</summary>
internal static partial class Log
{
    [LoggerMessage(1400, LogLevel.Warning, "{Chore} failed and is tried again in a moment: {Reason}")]
    public static partial void ChoreFailed(ILogger logger, string chore, string reason);
}
