using Zvonok.Grains.Buildings.Watching;
using Zvonok.Grains.Journal;

namespace Zvonok.Grains.Buildings;

/// <summary>
/// While the journal is away a building goes on from memory (O5, docs/decisions/0019-presence-by-event-time.md): it decides on what it knows, says that nothing of it is recorded, and lets it change the
/// memory, so that people come and go by turns and the roll call is right as far as anybody can know. When the journal is back the memory is read again: what is recorded counts, and the gates tell of the rest.
/// </summary>
public sealed partial class BuildingGrain
{
    /// <summary>What is to be recorded later is changes of mode: so many in one outage are a broken device, and the newest count.</summary>
    private const int UnrecordedMax = 64;

    private static readonly TimeSpan ComesBackInterval = TimeSpan.FromSeconds(1);

    private readonly List<BuildingCommand> _unrecorded = [];
    private IGrainTimer? _comesBack;
    private bool _isAway;
    private long _recordedSeq;

    // Numbers given meanwhile are given again: whoever watches goes by what is recorded, and would take what comes afterwards for old.
    private ModeSeen Seen(BuildingState building) => new(building.Mode, _isAway ? _recordedSeq : building.Seq);

    private void GoOnFromMemory()
    {
        if (!_isAway) _recordedSeq = _decided.Count > 0 ? _decided[0].Passage.Seq - 1 : _state!.Seq;
        _isAway = true;
        _checkpoint = null;
        // Nobody may come for an hour, and what is to be recorded waits for nobody.
        _comesBack ??= this.RegisterGrainTimer(
            () => Ask(new Question<bool>(async () => await Ready() is not null)), new GrainTimerCreationOptions(ComesBackInterval, ComesBackInterval) { Interleave = true, KeepAlive = true });
    }

    // Once for all that has gathered: while the journal is known to be away, the answer is there at once. Never among what is decided already, which would be of two states.
    private async ValueTask<BuildingState?> ComeBack()
    {
        if (_decided.Count > 0) return _state;
        try
        {
            if (await Load() is null) _state = null;
        }
        catch (JournalUnavailableException)
        {
            return _state;
        }

        _isAway = false;
        _comesBack?.Dispose();
        _comesBack = null;
        await Record([.. _unrecorded]);
        return _state;
    }

    // With what has gathered; what fails is kept again.
    private async ValueTask Record(BuildingCommand[] unrecorded)
    {
        _unrecorded.Clear();
        foreach (var command in unrecorded)
        {
            try
            {
                await Decide(command);
            }
            catch (OperationReusedException reused)
            {
                command.Fail(reused);
            }
        }
    }

    private void AnswerFromMemory()
    {
        BuildingRules.Evolve(_state!, Undurable.Last());
        Watchers.Look(Seen(_state!));
        foreach (var (command, passage, isRepeat) in _decided)
        {
            var answer = BuildingAnswer.FromMemory(passage);
            if (!isRepeat)
            {
                _remembered.Keep(passage.Operation, passage.Fingerprint, answer);
                if (command.IsRecordedLater) RecordLater(command, passage);
            }

            command.Answer(answer);
        }

        _decided.Clear();
    }

    private void RecordLater(BuildingCommand command, Passage passage)
    {
        if (_unrecorded.Count == UnrecordedMax) _unrecorded.RemoveAt(0);
        _unrecorded.Add(new BuildingCommand(command.Operation, command.Fingerprint, (building, now) => command.Decide(building, now) with { EventAt = passage.EventAt }, Decide) { IsRecordedLater = true });
    }

    private async ValueTask PrepareAndBuild(BuildingState building, BuildingCommand command, Func<BuildingState, Task> prepare)
    {
        try
        {
            if (!_isAway) await prepare(building);
        }
        catch (JournalUnavailableException)
        {
            GoOnFromMemory();
        }

        try
        {
            Build(building, command);
        }
        catch (JournalUnavailableException exception)
        {
            // It alone cannot be decided: others can.
            command.Fail(exception);
        }
    }

    private async ValueTask<Passage?> Find(OperationId operation)
    {
        try
        {
            return await reader.FindPassage(_state!.Profile.Id, operation);
        }
        catch (JournalUnavailableException)
        {
            GoOnFromMemory();
            return null;
        }
    }

    private BuildingAnswer RememberedOf(PassageName named) => _remembered.TryFind(named.Operation, out var answer)
        ? answer
        : throw new JournalUnavailableException("The journal's database does not answer, and the passage is not remembered: repeat the same operation later.");
}
