using Microsoft.Extensions.Options;
using Orleans.Placement;
using Zvonok.Grains.Journal;

namespace Zvonok.Grains.Buildings;

/// <inheritdoc cref="IBuildingGrain"/>
[GrainType("building"), PreferLocalPlacement]
public sealed class BuildingGrain(IJournal journal, IJournalReader reader, IClock clock, AtHand<long, IBuildingGrain> atHand, IOptions<GrainsOptions> options)
    : GatheringGrain<IBuildingGrain>(atHand, options.Value.QueueMax), IBuildingGrain
{
    /// <summary>How many operations a building remembers: about half a minute of its busiest gates' repeats.</summary>
    public const int RememberedMax = 512;

    /// <summary>A presence checkpoint is written with every so many passages, which bounds what activation reads.</summary>
    public const int CheckpointInterval = 256;

    private readonly List<Decided> _decided = [];
    private PresenceCheckpoint? _checkpoint;
    private BuildingState? _state;
    private RememberedOperations<BuildingAnswer> _remembered = new(RememberedMax);

    /// <inheritdoc/>
    public ValueTask<BuildingAnswer> Pass(Tap tap, Card? card) =>
        Command(tap.Operation, tap.Fingerprint, (building, now) => BuildingRules.Decide(building, tap, card, now));

    /// <inheritdoc/>
    public ValueTask<BuildingAnswer> Report(GateEvent report)
    {
        if (report.Passage is not { } named) return Command(report.Operation, report.Fingerprint, (building, now) => BuildingRules.Decide(building, report, [], now));
        IReadOnlyList<Passage> durable = [];
        return new(Ask(new BuildingCommand(report.Operation, report.Fingerprint, (building, now) => BuildingRules.Decide(building, report, [.. durable, .. Undurable], now), Decide)
        {
            Prepare = async building => durable = await reader.ReadPassages(building.Profile.Id, named.Seq, BuildingRules.CountsSince(building)),
        }));
    }

    /// <inheritdoc/>
    public ValueTask<BuildingAnswer> AdmitManually(ManualAdmission admission) =>
        Command(admission.Operation, admission.Fingerprint, (building, now) => BuildingRules.Decide(building, admission, now));

    /// <inheritdoc/>
    public ValueTask<BuildingAnswer> HandOver(HandOver handOver, Card? card) =>
        Command(handOver.Operation, handOver.Fingerprint, (building, now) => BuildingRules.Decide(building, handOver, card, now));

    /// <inheritdoc/>
    public ValueTask<BuildingAnswer> ChangeMode(ModeChange change) =>
        Command(change.Operation, change.Fingerprint, (building, now) => BuildingRules.Decide(building, change, now));

    /// <inheritdoc/>
    public ValueTask<BuildingView?> Get() => new(AskDurable(View));

    /// <inheritdoc/>
    public Task Reload() => AskDurable(() =>
    {
        _state = null;
        return new ValueTask<bool>(true);
    });

    // Decided since the last append, and not in the journal yet.
    private IEnumerable<Passage> Undurable => _decided.Where(static decided => !decided.IsRepeat).Select(static decided => decided.Passage);

    private ValueTask<BuildingAnswer> Command(OperationId operation, Fingerprint fingerprint, Func<BuildingState, Instant, Passage> decide) =>
        new(Ask(new BuildingCommand(operation, fingerprint, decide, Decide)));

    private async ValueTask Decide(BuildingCommand command)
    {
        if (await Ready() is not { } building) throw NotRegistered();
        if (await Recall(command) is { } earlier)
        {
            command.Answer(earlier);
            return;
        }

        if (_decided.Find(other => other.Command.Operation == command.Operation) is { } same)
        {
            Join(command, same);
            return;
        }

        // Nothing is written meanwhile: this grain is the building's only writer, and serves one after the other.
        if (command.Prepare is { } prepare) await prepare(building);
        Build(building, command);
    }

    // The same operation is here twice: both hear of the one passage.
    private void Join(BuildingCommand command, Decided same)
    {
        if (same.Command.Fingerprint != command.Fingerprint) throw OperationGuard.Reused(command.Operation);
        _decided.Add(same with { Command = command, IsRepeat = true });
    }

    // The newest passage has not happened until it is durable, or until another builds on it: alone, it leaves the building as it was when the journal refuses it.
    private void Build(BuildingState building, BuildingCommand command)
    {
        if (_decided.FindLast(static decided => !decided.IsRepeat) is { } newest) BuildingRules.Evolve(building, newest.Passage);
        var passage = command.Decide(building, clock.GetCurrentInstant());
        _checkpoint ??= CheckpointBefore(building, passage);
        _decided.Add(new Decided(command, passage, IsRepeat: false));
    }

    private async ValueTask<BuildingView?> View()
    {
        if (await Ready() is not { } building)
        {
            GiveUp();
            return null;
        }

        return new BuildingView(building.Profile, building.Mode, [.. building.Presence.Inside.Select(person => person.Key)], building.Seq);
    }

    private ValueTask<BuildingState?> Ready() => _state is { } state ? new(state) : Load();

    private async ValueTask<BuildingState?> Load()
    {
        if (await reader.LoadBuilding(new BuildingId((int)this.GetPrimaryKeyLong())) is not { } record) return null;

        var checkpoint = record.Checkpoint;
        var state = checkpoint is null
            ? new BuildingState(record.Profile)
            : BuildingState.From(record.Profile, checkpoint.Seq, checkpoint.Today, checkpoint.Inside);
        _remembered = new(RememberedMax);
        if (record.Passages is [{ Seq: > 1 } oldest, ..])
            _remembered.ForgetUpTo(oldest.MadeUntil);
        foreach (var passage in record.Passages)
        {
            if (passage.Seq > state.Seq) BuildingRules.Evolve(state, passage);
            _remembered.Keep(passage.Operation, passage.Fingerprint, BuildingAnswer.From(passage));
        }

        return _state = state;
    }

    // Usually synchronous: only an operation old enough to have been forgotten is looked up.
    private ValueTask<BuildingAnswer?> Recall(BuildingCommand command)
    {
        OperationGuard.RefuseFuture(command.Operation, clock);
        return _remembered.Recall(command.Operation, command.Fingerprint, out var answer) switch
        {
            Recollection.New => default,
            Recollection.Remembered => new(answer),
            Recollection.Reused => throw OperationGuard.Reused(command.Operation),
            _ => LookUp(command.Operation, command.Fingerprint),
        };
    }

    private async ValueTask<BuildingAnswer?> LookUp(OperationId operation, Fingerprint fingerprint)
    {
        var passage = await reader.FindPassage(_state!.Profile.Id, operation);
        if (passage is null) return null;
        if (passage.Fingerprint != fingerprint) throw OperationGuard.Reused(operation);
        return BuildingAnswer.From(passage);
    }

    // Durable before visible; doubt means reload.
    private protected override async ValueTask WriteGathered()
    {
        if (_decided.Count == 0) return;
        try
        {
            Passage[] passages = [.. Undurable];
            if (await journal.Append(new BuildingAppend(passages) { Checkpoint = _checkpoint }) != AppendOutcome.Committed)
                throw new StaleActivationException($"Building {passages[0].Building} was written by another activation.");
            BuildingRules.Evolve(_state!, passages[^1]);
            foreach (var (command, passage, isRepeat) in _decided)
            {
                var answer = BuildingAnswer.From(passage);
                if (!isRepeat) _remembered.Keep(passage.Operation, passage.Fingerprint, answer);
                command.Answer(answer);
            }
        }
        catch (Exception exception)
        {
            Forget(exception);
            foreach (var decided in _decided) decided.Command.Fail(exception);
        }
        finally
        {
            _decided.Clear();
            _checkpoint = null;
        }
    }

    private static PresenceCheckpoint? CheckpointBefore(BuildingState building, Passage passage) => passage.Seq % CheckpointInterval == 0
        ? new PresenceCheckpoint(passage.Building, passage.Seq - 1, building.Today, [.. building.Presence.Inside])
        : null;

    private void Forget(Exception reason)
    {
        // Unless the journal was overloaded, which writes nothing, the commit may have landed although we saw a failure. The journal knows; we do not.
        var isInDoubt = reason is not JournalOverloadedException;
        var isBuiltOn = _state!.Seq >= _decided[0].Passage.Seq;
        if (isInDoubt || isBuiltOn) _state = null;
        if (isInDoubt) GiveUp();
    }

    private BuildingUnknownException NotRegistered()
    {
        GiveUp();
        return new BuildingUnknownException($"Building {this.GetPrimaryKeyLong()} is not registered: import it first.");
    }

    /// <summary>A command and the passage that it makes, or that a repeat of it has made.</summary>
    private sealed record Decided(BuildingCommand Command, Passage Passage, bool IsRepeat);
}

/// <summary>A device stands in a building that nobody registered.</summary>
[GenerateSerializer, Alias("zvonok.BuildingUnknown")]
public sealed class BuildingUnknownException(string message) : Exception(message);
