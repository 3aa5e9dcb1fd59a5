using Orleans.Placement;
using Zvonok.Grains.Journal;

namespace Zvonok.Grains.Buildings;

/// <inheritdoc cref="IBuildingGrain"/>
[GrainType("building"), PreferLocalPlacement]
public sealed class BuildingGrain(IJournal journal, IJournalReader reader, IClock clock) : Grain, IBuildingGrain
{
    /// <summary>How many operations a building remembers: about half a minute of its busiest gates' repeats.</summary>
    public const int RememberedMax = 512;

    /// <summary>A presence checkpoint is written with every so many passages, which bounds what activation reads.</summary>
    public const int CheckpointInterval = 256;

    private BuildingState? _state;
    private RememberedOperations<BuildingAnswer> _remembered = new(RememberedMax);

    /// <inheritdoc/>
    public async ValueTask<BuildingAnswer> Pass(Tap tap, Card? card)
    {
        if (await Ready() is not { } building) throw NotRegistered();
        if (await Recall(tap.Operation, tap.Fingerprint) is { } earlier) return earlier;
        return await Record(BuildingRules.Decide(building, tap, card, clock.GetCurrentInstant()));
    }

    /// <inheritdoc/>
    public async ValueTask<BuildingAnswer> ChangeMode(ModeChange change)
    {
        if (await Ready() is not { } building) throw NotRegistered();
        if (await Recall(change.Operation, change.Fingerprint) is { } earlier) return earlier;
        return await Record(BuildingRules.Decide(building, change, clock.GetCurrentInstant()));
    }

    /// <inheritdoc/>
    public async ValueTask<BuildingView?> Get()
    {
        if (await Ready() is not { } building)
        {
            DeactivateOnIdle();
            return null;
        }

        return new BuildingView(building.Profile, building.Mode, [.. building.Presence.Inside.Select(person => person.Key)], building.Seq);
    }

    /// <inheritdoc/>
    public Task Reload()
    {
        _state = null;
        return Task.CompletedTask;
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
    private ValueTask<BuildingAnswer?> Recall(OperationId operation, Fingerprint fingerprint)
    {
        OperationGuard.RefuseFuture(operation, clock);
        return _remembered.Recall(operation, fingerprint, out var answer) switch
        {
            Recollection.New => default,
            Recollection.Remembered => new(answer),
            Recollection.Reused => throw OperationGuard.Reused(operation),
            _ => LookUp(operation, fingerprint),
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
    private async ValueTask<BuildingAnswer> Record(Passage passage)
    {
        AppendOutcome outcome;
        try
        {
            outcome = await journal.Append(new BuildingAppend(passage, CheckpointBefore(passage)));
        }
        catch (JournalOverloadedException)
        {
            throw;
        }
        catch
        {
            // The commit may have landed although we saw a failure. The journal knows; we do not.
            Forget();
            throw;
        }

        if (outcome != AppendOutcome.Committed)
        {
            Forget();
            throw new StaleActivationException($"Building {passage.Building} was written by another activation.");
        }

        BuildingRules.Evolve(_state!, passage);
        var answer = BuildingAnswer.From(passage);
        _remembered.Keep(passage.Operation, passage.Fingerprint, answer);
        return answer;
    }

    private PresenceCheckpoint? CheckpointBefore(Passage passage) => passage.Seq % CheckpointInterval == 0
        ? new PresenceCheckpoint(passage.Building, passage.Seq - 1, _state!.Today, [.. _state.Presence.Inside])
        : null;

    private void Forget()
    {
        _state = null;
        DeactivateOnIdle();
    }

    private BuildingUnknownException NotRegistered()
    {
        DeactivateOnIdle();
        return new BuildingUnknownException($"Building {this.GetPrimaryKeyLong()} is not registered: import it first.");
    }
}

/// <summary>A device stands in a building that nobody registered.</summary>
[GenerateSerializer, Alias("zvonok.BuildingUnknown")]
public sealed class BuildingUnknownException(string message) : Exception(message);
