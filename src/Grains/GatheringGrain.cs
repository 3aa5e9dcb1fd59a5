using Zvonok.Grains.Journal;

namespace Zvonok.Grains;

/// <summary>
/// A grain whose calls leave a request and wait for its answer. The requests are served in the grain's turns, in the order in which they came, and as many
/// together as came while those before them were served (docs/decisions/0012-gathering.md). So it may be called by any thread: by its silo as the
/// object that it is (<see cref="AtHand{TKey, TValue}"/>), and by message from everywhere. Its calls interleave: it keeps the order itself.
/// </summary>
/// <typeparam name="TGrain">Its interface.</typeparam>
/// <param name="atHand">Where its silo finds it.</param>
/// <param name="waitingMax">Requests that may wait; the next is refused at once.</param>
public abstract class GatheringGrain<TGrain>(AtHand<long, TGrain> atHand, int waitingMax) : Grain
    where TGrain : class, IGrainWithIntegerKey
{
    private readonly Lock _gate = new();
    private TaskScheduler _turns = TaskScheduler.Default;
    private Request? _oldest;
    private Request? _newest;
    private int _inProgress;
    private int _taken;
    private bool _isServing;
    private bool _hasEnded;
    private TaskCompletionSource? _served;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _turns = TaskScheduler.Current;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        LeaveHand();
        var ended = new StaleActivationException($"{this.GetGrainId()} leaves this silo's memory.");
        for (var request = End(); request is not null; request = request.Next) request.Fail(ended);
        if (_served is { } served) await served.Task.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private protected Task<TAnswer> Ask<TAnswer>(Request<TAnswer> request)
    {
        if (Add(request)) _ = Task.Factory.StartNew(ServeAll, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _turns);
        // In a turn of its own it was called by message: it lives, and this silo may know.
        if (TaskScheduler.Current == _turns) atHand.Put(this.GetPrimaryKeyLong(), (TGrain)(object)this);
        return request.Answered;
    }

    /// <summary>Asks when all that came before is written: nobody sees what is not durable.</summary>
    private protected Task<TAnswer> AskDurable<TAnswer>(Func<ValueTask<TAnswer>> serve) => Ask(new Question<TAnswer>(async () =>
    {
        await WriteGathered();
        return await serve();
    }));

    /// <summary>All that has gathered is served: what it left to be written together is written now. It does not throw.</summary>
    private protected virtual ValueTask WriteGathered() => default;

    /// <summary>It knows nothing any longer, or something false: it leaves the memory, and whoever calls meanwhile does it by message, to wherever it lives then.</summary>
    private protected void GiveUp()
    {
        LeaveHand();
        DeactivateOnIdle();
    }

    private void LeaveHand() => atHand.Remove(this.GetPrimaryKeyLong());

    /// <returns>True when nobody serves yet.</returns>
    private bool Add(Request request)
    {
        lock (_gate)
        {
            if (_hasEnded) throw new StaleActivationException($"{this.GetGrainId()} has left this silo's memory.");
            // One is served, the others wait.
            if (_inProgress > waitingMax) throw new LimitExceededException("waiting requests", _inProgress - 1, waitingMax, this.GetGrainId());
            _inProgress++;
            if (_newest is null) _oldest = request;
            else _newest.Next = request;
            _newest = request;
            if (_isServing) return false;
            return _isServing = true;
        }
    }

    private async Task ServeAll()
    {
        while (TakeAll() is { } gathered)
        {
            Exception? away = null;
            for (Request? request = gathered; request is not null; request = request.Next)
            {
                try
                {
                    if (away is null) await request.Serve();
                    else request.Fail(away);
                }
                catch (Exception exception)
                {
                    request.Fail(exception);
                    // Who finds the journal away once does not try again for each that waits.
                    if (exception is JournalUnavailableException) away = exception;
                }
            }

            await WriteGathered();
        }
    }

    private Request? TakeAll()
    {
        lock (_gate)
        {
            _inProgress -= _taken;
            _taken = _inProgress;
            if (Detach() is { } all) return all;
            _isServing = false;
            _served?.TrySetResult();
            return null;
        }
    }

    private Request? End()
    {
        lock (_gate)
        {
            _hasEnded = true;
            if (_isServing) _served = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return Detach();
        }
    }

    private Request? Detach()
    {
        var all = _oldest;
        (_oldest, _newest) = (null, null);
        return all;
    }
}
