namespace Zvonok.Grains;

/// <summary>Something asked of a grain that gathers.</summary>
public abstract class Request
{
    /// <summary>The one that came after it.</summary>
    internal Request? Next { get; set; }

    /// <summary>Serves it, within the grain's turns. Who answers later, when it is written, keeps it until then.</summary>
    internal abstract ValueTask Serve();

    /// <summary>It comes to nothing.</summary>
    internal abstract void Fail(Exception exception);
}

/// <summary>A request and the promise of its answer. Who waits for it goes on in a turn of its own, not in the grain's.</summary>
/// <typeparam name="TAnswer">What is asked for.</typeparam>
internal abstract class Request<TAnswer> : Request
{
    private readonly TaskCompletionSource<TAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<TAnswer> Answered => _answer.Task;

    public void Answer(TAnswer answer) => _ = _answer.TrySetResult(answer);

    internal sealed override void Fail(Exception exception) => _ = _answer.TrySetException(exception);
}

/// <summary>A request that is answered as soon as it is served.</summary>
/// <param name="serve">Finds the answer.</param>
/// <typeparam name="TAnswer">What is asked for.</typeparam>
internal sealed class Question<TAnswer>(Func<ValueTask<TAnswer>> serve) : Request<TAnswer>
{
    internal override async ValueTask Serve() => Answer(await serve());
}
