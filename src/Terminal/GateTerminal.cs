using Google.Protobuf;
using Zvonok.Domain.Buildings;
using Zvonok.Domain.Operations;
using Zvonok.Gate.V1;
using Zvonok.Terminals.Connection;
using Zvonok.Terminals.Lists;
using Zvonok.Terminals.Decisions;
using Zvonok.Terminals.Storage;
using Direction = Zvonok.Gate.V1.Direction;
using GateEventKind = Zvonok.Gate.V1.GateEventKind;
using DomainDirection = Zvonok.Domain.Buildings.Direction;

namespace Zvonok.Terminals;

/// <summary>
/// A turnstile, a door, or a controller of several: decides every tap, with the core or alone (O2), keeps what the core has not heard, and opens when it must (S1). All members may be called at any time and from any thread.
/// Dispose it when the program ends: what it keeps is in its file, and goes on there.
/// </summary>
public sealed class GateTerminal : IAsyncDisposable, ITerminalOwner
{
    private readonly Terminal _terminal;
    private readonly GateBook _book;
    private readonly Dictionary<int, Instant?> _moves = [];
    private readonly SortedSet<int> _fireInputs;
    private readonly Lock _opening = new();
    private readonly Lock _telling = new();
    private volatile int[] _fires;
    private Instant _modeAt;
    private bool _isToldOpen;
    private bool _isOpen;
    private bool _isTold;

    private GateTerminal(TerminalOptions options, Action<StoreMoment>? watch)
    {
        _terminal = new Terminal(options, DeviceKind.Gate, new GateCore(options.Devices, options.ListKeyId), this, watch);
        _book = new GateBook(_terminal.Building);
        var remembered = _terminal.Keeper.Remembered;
        _fireInputs = [.. remembered.FireInputs.Intersect(options.Devices)];
        _fires = [.. _fireInputs];
        if (_terminal.Book.Index is { } index) _book.Use(index.List.Terms);
        foreach (var (handle, since) in remembered.Inside) _book.Saw(handle, DomainDirection.In, since);
        if (_terminal.Book.Index is { } list) TakeMode(list);
        if (remembered.Mode is { } mode && mode.At >= _modeAt)
        {
            _book.TurnTo((BuildingMode)mode.Mode, mode.At);
            _modeAt = mode.At;
        }

        _isTold = _isOpen = MustBeOpen;
    }

    /// <summary>The gates open and stay open, or may be shut again: true is open. Called from any thread, one call after the other; it must not block.</summary>
    public event Action<bool>? OpenChanged;

    /// <summary>True: the gates stand open, for an evacuation or a fire input (S1). Whoever taps is admitted, and recorded.</summary>
    public bool IsOpen
    {
        get
        {
            lock (_opening) return _isOpen;
        }
    }

    /// <summary>How it is.</summary>
    public TerminalStatus Status => _terminal.Status(_book.Mode);

    /// <summary>Facts that the core has not taken as they are, oldest first: they are kept until <see cref="Forget"/>.</summary>
    public IReadOnlyList<NotTakenFact> NotTaken
    {
        get
        {
            lock (_terminal.Gate) return [.. _terminal.Keeper.NotTaken().Select(fact => NotTakenFacts.Of(fact, UploadFactsRequest.Parser))];
        }
    }

    IReadOnlyCollection<int> ITerminalOwner.FireInputs => _fires;

    /// <summary>Opens the file and begins to connect; decides at once, from what the file has. Throws <see cref="ArgumentException"/> for options that are wrong.</summary>
    public static GateTerminal Start(TerminalOptions options) => Start(options, watch: null);

    internal static GateTerminal Start(TerminalOptions options, Action<StoreMoment>? watch)
    {
        var terminal = new GateTerminal(options.Checked(DeviceKind.Gate), watch);
        terminal._terminal.Start();
        return terminal;
    }

    /// <summary>A card was presented. Never takes longer than <see cref="TerminalOptions.AnswerWithin"/> and a write to the file.</summary>
    /// <param name="cardUid">The radio number as read, 4 to 16 bytes; <see cref="ArgumentException"/> for anything else. It is kept nowhere.</param>
    /// <param name="direction">Where the reader leads; TOGGLE for one that does not know.</param>
    /// <param name="device">Which gate of a controller; null: the first.</param>
    public async ValueTask<GateDecision> Tap(ReadOnlyMemory<byte> cardUid, Direction direction, int? device = null)
    {
        if (direction is not (Direction.In or Direction.Out or Direction.Toggle)) throw new ArgumentException("direction should be IN, OUT or TOGGLE.", nameof(direction));
        var (gate, token, operation, at) = (Gate(device), _terminal.TokenOf(cardUid), _terminal.NewOperation(null), _terminal.Clock.Now);
        var (answer, _) = await _terminal.Ask(operation, new TapRequest
        {
            OperationId = operation.ToBytes(), DeviceId = gate, CardUid = ByteString.CopyFrom(cardUid.Span), Direction = direction, EventTime = at.ToTimestamp(),
        });
        lock (_terminal.Gate)
        {
            var card = _terminal.Book.Index?.Find(token);
            // Whoever stands before an open gate has passed, whatever the core says.
            return answer?.Message is TapResponse response && !(IsOpen && response.Outcome == Outcome.Refused)
                ? Heard(operation, gate, card, response)
                : Alone(operation, gate, card, direction, at);
        }
    }

    /// <summary>Nobody walked through after a decision that admitted somebody (P5). Done when it is recorded or in the queue.</summary>
    public Task ReportNotPassed(GateDecision decision)
    {
        if (!decision.IsAdmitted) throw new ArgumentException("The decision admitted nobody.", nameof(decision));
        if (decision.Moved is { } moved) TakeBack(decision.Direction, moved.Handle, moved.SinceBefore);
        return Report(new ReportGateEventRequest
        {
            DeviceId = decision.Device,
            Kind = GateEventKind.NotPassed,
            PassageNumber = decision.PassageNumber,
            PassageOperationId = OperationId.FromGuid(decision.OperationId).ToBytes(),
        });
    }

    /// <summary>Somebody passed whom nobody had admitted (P5, S4).</summary>
    /// <param name="direction">IN or OUT when the sensor can tell; null: it cannot.</param>
    /// <param name="device">Which gate of a controller; null: the first.</param>
    public Task ReportForced(Direction? direction = null, int? device = null) =>
        Report(new ReportGateEventRequest { DeviceId = Gate(device), Kind = GateEventKind.Forced, Direction = direction ?? Direction.Unspecified });

    /// <summary>The gate was kept open for longer than a passage takes (P5).</summary>
    public Task ReportHeldOpen(int? device = null) => Report(new ReportGateEventRequest { DeviceId = Gate(device), Kind = GateEventKind.HeldOpen });

    /// <summary>Somebody has opened, moved or unplugged the gate's devices (P5, S4).</summary>
    public Task ReportTampered(int? device = null) => Report(new ReportGateEventRequest { DeviceId = Gate(device), Kind = GateEventKind.Tampered });

    /// <summary>
    /// The fire input went on or off (S1). On: the gates open at once, and the core hears of it at once. Off: they stay open as long as the building is being evacuated, which only an authorised person ends.
    /// </summary>
    public void SetFireInput(bool isOn, int? device = null)
    {
        var gate = Gate(device);
        lock (_opening)
        {
            if (!(isOn ? _fireInputs.Add(gate) : _fireInputs.Remove(gate))) return;
            _fires = [.. _fireInputs];
            _isOpen = MustBeOpen;
        }

        Tell();
        _terminal.BeatNow();
        var fires = _fires;
        lock (_terminal.Gate) _terminal.Keeper.Note(store => store.PutFireInputs(fires));
    }

    /// <summary>Somebody has seen to a fact of <see cref="NotTaken"/>.</summary>
    public void Forget(NotTakenFact fact)
    {
        lock (_terminal.Gate) _terminal.Keeper.ForgetNotTaken(fact.Position);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        KeepMoves();
        await _terminal.DisposeAsync();
    }

    void ITerminalOwner.TurnTo(BuildingMode mode, bool isOpen)
    {
        Instant at;
        lock (_opening)
        {
            _modeAt = _terminal.Clock.Now;
            _isToldOpen = isOpen;
            _book.TurnTo(mode, _modeAt);
            _isOpen = MustBeOpen;
            at = _modeAt;
        }

        // The door comes first, the disk after it.
        Tell();
        Task.Run(() =>
        {
            lock (_terminal.Gate) _terminal.Keeper.Note(store => store.PutMode((int)mode, at));
        });
    }

    void ITerminalOwner.ListChanged(ListIndex index)
    {
        lock (_opening)
        {
            _book.Use(index.List.Terms);
            TakeMode(index);
            _isOpen = MustBeOpen;
        }

        // Whoever hears of it may ask the terminal, whose lock is held here.
        Task.Run(Tell);
    }

    void ITerminalOwner.Acknowledging(Acknowledged acknowledged)
    {
    }

    void ITerminalOwner.HeardLate(OperationId operation, Answer answer)
    {
        // What the gate did counts, and is in the queue under the same operation.
    }

    void ITerminalOwner.Connected()
    {
    }

    private bool MustBeOpen => _fireInputs.Count > 0 || _isToldOpen || _book.Mode == BuildingMode.Evacuation;

    // A list knows the mode of when it was made: what a connection has told since counts.
    private void TakeMode(ListIndex index)
    {
        if (_terminal.IsConnected || index.List.MadeAt <= _modeAt) return;
        (_modeAt, _isToldOpen) = (index.List.MadeAt, false);
        _book.TurnTo(index.List.Terms.Mode, _modeAt);
    }

    private void Tell()
    {
        lock (_telling)
        {
            while (IsOpen is var isOpen && isOpen != _isTold)
            {
                _isTold = isOpen;
                OpenChanged?.Invoke(isOpen);
            }
        }
    }

    private int Gate(int? device) => device is not { } gate ? _terminal.Options.Devices[0]
        : _terminal.Options.Devices.Contains(gate) ? gate : throw new ArgumentException($"Gate {gate} is not among the terminal's devices.", nameof(device));

    private GateDecision Heard(OperationId operation, int gate, ListIndex.Found? card, TapResponse response)
    {
        var at = response.EventTime?.ToInstant() ?? _terminal.Clock.Now;
        var moved = response.Outcome == Outcome.Refused ? null : Move(card, (DomainDirection)response.Direction, at);
        var isDurable = !response.Unrecorded || Keep(operation, new PassageFact
        {
            OperationId = operation.ToBytes(), DeviceId = gate, Direction = response.Direction, Outcome = response.Outcome, Flag = response.Flag, RefusalReason = response.RefusalReason, EventTime = at.ToTimestamp(),
        }, card);
        return new GateDecision
        {
            OperationId = operation.ToGuid(), Device = gate, Outcome = response.Outcome, Direction = response.Direction, Flag = response.Flag, Reason = response.RefusalReason, EventTime = at.ToDateTimeOffset(),
            IsAlone = false, IsDurable = isDurable, PassageNumber = response.PassageNumber, AccountNumber = response.AccountNumber, Moved = moved,
        };
    }

    private GateDecision Alone(OperationId operation, int gate, ListIndex.Found? card, Direction direction, Instant at)
    {
        Passage passage;
        lock (_opening) passage = _book.Decide(card, (DomainDirection)direction, _isOpen, at);
        var (outcome, led, flag, reason) = ((Outcome)passage.Outcome, (Direction)passage.Direction!.Value, (Flag)passage.Flag, (RefusalReason)passage.Refusal);
        var moved = passage.Outcome == PassageOutcome.Refused ? null : Move(card, passage.Direction.Value, at);
        var isDurable = Keep(operation, new PassageFact
        {
            OperationId = operation.ToBytes(), DeviceId = gate, Direction = led, Outcome = outcome, Flag = flag, RefusalReason = reason, EventTime = at.ToTimestamp(),
        }, card);
        return new GateDecision
        {
            OperationId = operation.ToGuid(), Device = gate, Outcome = outcome, Direction = led, Flag = flag, Reason = reason, EventTime = at.ToDateTimeOffset(),
            IsAlone = true, IsDurable = isDurable, Moved = moved,
        };
    }

    private bool Keep(OperationId operation, PassageFact fact, ListIndex.Found? card)
    {
        if (card is not null) fact.Holder = card.Holder.Handle;
        return Keep(operation, new UploadFactsRequest { Passage = fact });
    }

    private bool Keep(OperationId operation, UploadFactsRequest fact)
    {
        var isDurable = _terminal.Keeper.AppendOrHold(operation, fact.ToByteArray(), TakeMoves());
        _terminal.Queued();
        return isDurable;
    }

    private (int Handle, Instant? SinceBefore)? Move(ListIndex.Found? card, DomainDirection direction, Instant at)
    {
        if (card is null) return null;
        lock (_opening)
        {
            var before = _book.InsideSince(card.Holder.Handle);
            _book.Saw(card.Holder.Handle, direction, at);
            _moves[card.Holder.Handle] = direction == DomainDirection.In ? at : null;
            return (card.Holder.Handle, before);
        }
    }

    private void TakeBack(Direction direction, int handle, Instant? before)
    {
        lock (_terminal.Gate)
            lock (_opening)
            {
                if (before is not null == (direction == Direction.In)) return;
                _book.Saw(handle, before is null ? DomainDirection.Out : DomainDirection.In, _terminal.Clock.Now);
                _moves[handle] = before;
            }
    }

    private (int, Instant?)[] TakeMoves()
    {
        if (_moves.Count == 0) return [];
        (int, Instant?)[] moves = [.. _moves.Select(move => (move.Key, move.Value))];
        _moves.Clear();
        return moves;
    }

    private void KeepMoves()
    {
        lock (_terminal.Gate)
            if (TakeMoves() is { Length: > 0 } moves) _terminal.Keeper.Note(store => store.Remember(moves));
    }

    private async Task Report(ReportGateEventRequest report)
    {
        var operation = _terminal.NewOperation(null);
        (report.OperationId, report.EventTime) = (operation.ToBytes(), _terminal.Clock.Now.ToTimestamp());
        var (answer, _) = await _terminal.Ask(operation, report);
        if (answer?.Message is ReportGateEventResponse { Unrecorded: false }) return;
        lock (_terminal.Gate) Keep(operation, new UploadFactsRequest { Report = report });
    }
}
