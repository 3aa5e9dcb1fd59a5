using Microsoft.Extensions.Options;
using Orleans.Placement;
using Zvonok.Grains.Buildings.Watching;
using Zvonok.Grains.Journal;

namespace Zvonok.Grains.Buildings;

/// <inheritdoc cref="IBuildingGrain"/>
[GrainType("building"), PreferLocalPlacement]
public sealed partial class BuildingGrain(IJournal journal, IJournalReader reader, IClock clock, AtHand<long, IBuildingGrain> atHand, IOptions<GrainsOptions> options)
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
    private BuildingWatchers? _watchers;

    /// <inheritdoc/>
    public ValueTask<BuildingAnswer> Pass(Tap tap, Card? card) =>
        new(Ask(new TapCommand(tap, card, Decide)));

    /// <inheritdoc/>
    public ValueTask<BuildingAnswer> Report(GateEvent report)
    {
        if (report.Passage is not { } named) return Command(report.Operation, report.Fingerprint, (building, now) => BuildingRules.Decide(building, report, [], now));
        IReadOnlyList<Passage> known = [];
        return new(Ask(new BuildingCommand(report.Operation, report.Fingerprint, DecideReport, Decide) { Prepare = async building => known = await KnownOf(building, named) }));

        Passage DecideReport(BuildingState building, Instant now) => _isAway
            ? BuildingRules.DecideFromMemory(building, report, RememberedOf(named), now)
            : BuildingRules.Decide(building, report, known, now);
    }

    /// <inheritdoc/>
    public ValueTask<BuildingAnswer> Merge(OfflinePassage fact) => new(Ask(new OfflinePassageCommand(fact, Decide)));

    /// <inheritdoc/>
    public ValueTask<BuildingAnswer> AdmitManually(ManualAdmission admission) =>
        LookingUp(Command(admission.Operation, admission.Fingerprint, (building, now) => BuildingRules.Decide(building, admission, now)));

    /// <inheritdoc/>
    public ValueTask<BuildingAnswer> HandOver(HandOver handOver, Card? card) =>
        LookingUp(Command(handOver.Operation, handOver.Fingerprint, (building, now) => BuildingRules.Decide(building, handOver, card, now)));

    /// <inheritdoc/>
    public async ValueTask<BuildingAnswer> ChangeMode(ModeChange change)
    {
        var answer = await Ask(new BuildingCommand(change.Operation, change.Fingerprint, (building, now) => BuildingRules.Decide(building, change, now), Decide) { IsRecordedLater = true });
        await Watchers.Told();
        return answer;
    }

    /// <inheritdoc/>
    public ValueTask<BuildingAnswer> Note(DeviceNews news) =>
        Command(news.Operation, news.Fingerprint, (building, now) => BuildingRules.Decide(building, news, now));

    /// <inheritdoc/>
    public Task CardsChanged() => Watchers.CardsChanged();

    /// <inheritdoc/>
    public ValueTask<ModeSeen> Watch(IBuildingWatcher watcher) => new(AskDurable(async () =>
        await Ready() is { } building ? Watchers.Add(watcher, Seen(building)) : throw NotRegistered()));

    /// <inheritdoc/>
    public ValueTask<BuildingView?> Get() => new(AskDurable(View));

    /// <inheritdoc/>
    public Task Reload() => AskDurable(() =>
    {
        // Otherwise it is read again as soon as it can be.
        if (!_isAway) _state = null;
        return new ValueTask<bool>(true);
    });

    private BuildingWatchers Watchers => LazyInitializer.EnsureInitialized(ref _watchers, () => new BuildingWatchers(new BuildingId((int)this.GetPrimaryKeyLong()), clock));

    // Decided since the last append, and not in the journal yet.
    private IEnumerable<Passage> Undurable => _decided.Where(static decided => !decided.IsRepeat).Select(static decided => decided.Passage);

    private ValueTask<BuildingAnswer> Command(OperationId operation, Fingerprint fingerprint, Func<BuildingState, Instant, Passage> decide) =>
        new(Ask(new BuildingCommand(operation, fingerprint, decide, Decide)));

    private async ValueTask Decide(BuildingCommand command)
    {
        // What it reads has to have all that was decided before it.
        if (command.Prepare is not null) await WriteGathered();
        if (await Ready() is not { } building) throw NotRegistered();
        if (await Recall(command) is { } earlier)
        {
            command.Answer(earlier);
            return;
        }

        if (_decided.Count > 0 && DecidedBefore(command.Operation) is { } same)
        {
            Join(command, same);
            return;
        }

        // Nothing is written meanwhile: this grain is the building's only writer, and serves one after the other.
        if (command.Prepare is { } prepare) await PrepareAndBuild(building, command, prepare);
        else Build(building, command);
    }

    // A method of its own: what it compares with is put on the heap only where somebody gathered.
    private Decided? DecidedBefore(OperationId operation) => _decided.Find(other => other.Command.Operation == operation);

    // The same operation is here twice: both hear of the one passage.
    private void Join(BuildingCommand command, Decided same)
    {
        if (same.Command.Fingerprint != command.Fingerprint && !command.Recognises(same.Passage)) throw OperationGuard.Reused(command.Operation);
        _decided.Add(same with { Command = command, IsRepeat = true });
    }

    // The newest passage has not happened until it is durable, or until another builds on it: alone, it leaves the building as it was when the journal refuses it.
    private void Build(BuildingState building, BuildingCommand command)
    {
        if (_decided.FindLast(static decided => !decided.IsRepeat) is { } newest) BuildingRules.Evolve(building, newest.Passage);
        var passage = command.Decide(building, clock.GetCurrentInstant());
        if (!_isAway) _checkpoint ??= CheckpointBefore(building, passage);
        _decided.Add(new Decided(command, passage, IsRepeat: false));
    }

    private async ValueTask<BuildingView?> View()
    {
        if (await Ready() is not { } building)
        {
            GiveUp();
            return null;
        }

        return new BuildingView(building.Profile, building.Mode, [.. building.Presence.Inside.Select(person => person.Key)], building.Seq) { InMode = building.InMode };
    }

    private ValueTask<BuildingState?> Ready() => _isAway ? ComeBack() : _state is { } state ? new(state) : Load();

    private async Task<IReadOnlyList<Passage>> KnownOf(BuildingState building, PassageName named)
    {
        var seq = named.IsNumberUnknown ? (await reader.FindPassage(building.Profile.Id, named.Operation))?.Seq ?? 0 : named.Seq;
        return seq == 0 ? [] : await reader.ReadPassages(building.Profile.Id, seq, BuildingRules.CountsSince(building));
    }

    private async ValueTask<BuildingState?> Load()
    {
        if (await reader.LoadBuilding(new BuildingId((int)this.GetPrimaryKeyLong())) is not { } record) return null;

        var checkpoint = record.Checkpoint;
        var state = checkpoint is null
            ? new BuildingState(record.Profile)
            : BuildingState.From(record.Profile, checkpoint.Seq, checkpoint.Today, checkpoint.Presence);
        state.RollCall.Restore(checkpoint?.RollCall ?? [], state.Presence);
        foreach (var passage in record.SinceLastMode)
            if (passage.Seq <= state.Seq) BuildingRules.Recall(state, passage);
        _remembered = new(RememberedMax);
        if (record.Passages is [{ Seq: > 1 } oldest, ..])
            _remembered.ForgetUpTo(oldest.MadeUntil);
        foreach (var passage in record.Passages)
        {
            if (passage.Seq > state.Seq) BuildingRules.Evolve(state, passage);
            _remembered.Keep(passage.Operation, passage.Fingerprint, BuildingAnswer.From(passage));
        }

        LookUpGroupsSoon();
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
            Recollection.Reused when _isAway => throw NotToldApart(command),
            _ => LookUp(command),
        };
    }

    // Whether a fact is of the tap that was answered from memory is told by what is recorded of it: nothing is yet.
    private static Exception NotToldApart(BuildingCommand command) => command is OfflinePassageCommand
        ? new JournalUnavailableException("The journal's database does not answer: repeat the same operation later.")
        : OperationGuard.Reused(command.Operation);

    private async ValueTask<BuildingAnswer?> LookUp(BuildingCommand command)
    {
        if (_isAway || await Find(command.Operation) is not { } passage) return null;
        if (passage.Fingerprint != command.Fingerprint && !command.Recognises(passage)) throw OperationGuard.Reused(command.Operation);
        return BuildingAnswer.From(passage);
    }

    // Durable before visible; doubt means reload, as soon as the journal answers.
    private protected override async ValueTask WriteGathered()
    {
        if (_decided.Count == 0) return;
        if (_isAway)
        {
            AnswerFromMemory();
            return;
        }

        try
        {
            Passage[] passages = [.. Undurable];
            if (await journal.Append(new BuildingAppend(passages) { Checkpoint = _checkpoint }) != AppendOutcome.Committed)
                throw new StaleActivationException($"Building {passages[0].Building} was written by another activation.");
            BuildingRules.Evolve(_state!, passages[^1]);
            Watchers.Look(Seen(_state!));
            foreach (var (command, passage, isRepeat) in _decided)
            {
                var answer = BuildingAnswer.From(passage);
                if (!isRepeat) _remembered.Keep(passage.Operation, passage.Fingerprint, answer);
                command.Answer(answer);
            }
        }
        catch (JournalUnavailableException)
        {
            GoOnFromMemory();
            AnswerFromMemory();
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
        ? new PresenceCheckpoint(passage.Building, passage.Seq - 1, building.Today, building.Presence.Snapshot()) { RollCall = building.RollCall.Note(building.Presence) }
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
