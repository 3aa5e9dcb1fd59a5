namespace Zvonok.Grains.Buildings;

/// <summary>A tap, a change of mode, a gate's report or an admission by hand.</summary>
/// <param name="operation">Its id.</param>
/// <param name="fingerprint">Of its content.</param>
/// <param name="decide">The rule.</param>
/// <param name="serve">Decides it in its turn; it is answered when its passage is durable.</param>
internal sealed class BuildingCommand(
    OperationId operation, Fingerprint fingerprint, Func<BuildingState, Instant, Passage> decide, Func<BuildingCommand, ValueTask> serve) : Request<BuildingAnswer>
{
    public OperationId Operation => operation;

    public Fingerprint Fingerprint => fingerprint;

    /// <summary>Reads what the rule has to know besides the building, just before it decides; null usually.</summary>
    public Func<BuildingState, Task>? Prepare { get; init; }

    public Passage Decide(BuildingState building, Instant now) => decide(building, now);

    internal override ValueTask Serve() => serve(this);
}
