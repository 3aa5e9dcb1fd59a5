namespace Zvonok.Grains.Buildings;

/// <summary>A tap, a change of mode, a gate's report, an admission by hand, or what a gate uploads.</summary>
/// <param name="operation">Its id.</param>
/// <param name="fingerprint">Of its content.</param>
/// <param name="decide">The rule.</param>
/// <param name="serve">Decides it in its turn; it is answered when its passage is durable.</param>
internal class BuildingCommand(
    OperationId operation, Fingerprint fingerprint, Func<BuildingState, Instant, Passage>? decide, Func<BuildingCommand, ValueTask> serve) : Request<BuildingAnswer>
{
    public OperationId Operation => operation;

    public Fingerprint Fingerprint => fingerprint;

    /// <summary>Reads what the rule has to know besides the building, just before it decides; null usually. All that was decided before it is durable then.</summary>
    public Func<BuildingState, Task>? Prepare { get; init; }

    /// <summary>True for what may not be forgotten when it was decided from memory (O5): it is recorded when the journal is back, whether its caller comes again or not.</summary>
    public bool IsRecordedLater { get; init; }

    public virtual Passage Decide(BuildingState building, Instant now) => decide!(building, now);

    /// <summary>True for a passage that is this very command's although its fingerprint is another: a tap that its gate has uploaded too (O3).</summary>
    public virtual bool Recognises(Passage recorded) => false;

    internal override ValueTask Serve() => serve(this);
}

/// <summary>A card is presented.</summary>
internal sealed class TapCommand(Tap tap, Card? card, Func<BuildingCommand, ValueTask> serve) : BuildingCommand(tap.Operation, tap.Fingerprint, null, serve)
{
    public override Passage Decide(BuildingState building, Instant now)
    {
        building.RollCall.Learn(card);
        return BuildingRules.Decide(building, tap, card, now);
    }

    public override bool Recognises(Passage recorded) => tap.IsUploaded(recorded, card);
}

/// <summary>A gate uploads what it decided by itself.</summary>
internal sealed class OfflinePassageCommand(OfflinePassage fact, Func<BuildingCommand, ValueTask> serve) : BuildingCommand(fact.Operation, fact.Fingerprint, null, serve)
{
    public override Passage Decide(BuildingState building, Instant now) => BuildingRules.Decide(building, fact, now);

    public override bool Recognises(Passage recorded) => fact.IsOf(recorded);
}
