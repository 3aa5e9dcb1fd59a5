using Microsoft.Extensions.Options;
using Zvonok.Grains.Journal;

namespace Zvonok.Api.Hosting;

/// <summary>What every command passes on its way in: the limit on operations in progress, and the repeat after a stale activation.</summary>
internal sealed class Door(IOptions<ApiOptions> options)
{
    private const int StaleRepeatsMax = 3;

    private readonly int _inProgressMax = options.Value.OperationsInProgressMax;
    private int _inProgress;

    /// <summary>
    /// Runs a command. A stale activation has written nothing and is gone when it says so; the same operation sent again
    /// finds the live one, so the caller need not know.
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
            }
        }
        finally
        {
            Interlocked.Decrement(ref _inProgress);
        }
    }
}
