namespace Zvonok.Grains.Buildings;

/// <summary>Something asked of a building, and the promise of an answer.</summary>
internal abstract class BuildingRequest
{
    /// <summary>It comes to nothing.</summary>
    public abstract void Fail(Exception exception);
}

/// <summary>A tap or a change of mode.</summary>
/// <param name="operation">Its id.</param>
/// <param name="fingerprint">Of its content.</param>
/// <param name="decide">The rule.</param>
internal sealed class BuildingCommand(OperationId operation, Fingerprint fingerprint, Func<BuildingState, Instant, Passage> decide) : BuildingRequest
{
    private readonly TaskCompletionSource<BuildingAnswer> _answer = new();

    public OperationId Operation => operation;

    public Fingerprint Fingerprint => fingerprint;

    public Task<BuildingAnswer> Answered => _answer.Task;

    public Passage Decide(BuildingState building, Instant now) => decide(building, now);

    public void Answer(BuildingAnswer answer) => _ = _answer.TrySetResult(answer);

    public override void Fail(Exception exception) => _ = _answer.TrySetException(exception);
}

/// <summary>A question, or whatever else needs a building with no passage on its way.</summary>
/// <param name="ask">Asks it.</param>
/// <typeparam name="TAnswer">What is asked for.</typeparam>
internal sealed class BuildingQuestion<TAnswer>(Func<ValueTask<TAnswer>> ask) : BuildingQuestion
{
    private readonly TaskCompletionSource<TAnswer> _answer = new();

    public Task<TAnswer> Answered => _answer.Task;

    public override async Task Ask() => _ = _answer.TrySetResult(await ask());

    public override void Fail(Exception exception) => _ = _answer.TrySetException(exception);
}

/// <inheritdoc cref="BuildingQuestion{TAnswer}"/>
internal abstract class BuildingQuestion : BuildingRequest
{
    /// <summary>Asks it and answers; what is thrown is told by <see cref="BuildingRequest.Fail"/>.</summary>
    public abstract Task Ask();
}
