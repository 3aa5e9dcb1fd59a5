using Google.Protobuf;
using Google.Rpc;
using Zvonok.Domain.Accounts;
using Zvonok.Domain.Buildings;
using Zvonok.Domain.Operations;
using Zvonok.Terminals.Connection;
using Zvonok.Terminals.Decisions;
using Zvonok.Terminals.Lists;
using Zvonok.Terminals.Storage;
using Zvonok.Till.V1;

namespace Zvonok.Terminals;

/// <summary>
/// A terminal that takes money from purses, of a till or of a validator: with the core, and alone by the list while there is no connection (O2), within the allowance and only what is on the disk before the answer is given. All members
/// may be called at any time and from any thread. Dispose it when the program ends: what it keeps is in its file, and goes on there.
/// </summary>
public abstract class PurseTerminal : IAsyncDisposable, ITerminalOwner
{
    private readonly Terminal _terminal;
    private readonly ContraAccount _seller;
    private readonly SoldBook _sold = new();
    private readonly Unsettled _unsettled;

    private protected PurseTerminal(TerminalOptions options, DeviceKind kind, Action<StoreMoment>? watch)
    {
        options = options.Checked(kind);
        _terminal = new Terminal(options, kind, new TillCore(options.Devices[0], options.ListKeyId), this, watch);
        _seller = kind == DeviceKind.Validator ? ContraAccount.Carrier(options.Operator) : ContraAccount.Operator(options.Operator);
        _unsettled = new Unsettled(_terminal);
        foreach (var sold in _terminal.Keeper.Remembered.Sold) _sold.Add(sold);
    }

    /// <summary>How it is.</summary>
    public TerminalStatus Status => _terminal.Status(_terminal.Book.Index?.List.Terms.Mode ?? BuildingMode.Normal);

    /// <summary>Facts that the core has not taken as they are, oldest first: they are kept until <see cref="Forget"/>.</summary>
    public IReadOnlyList<NotTakenFact> NotTaken
    {
        get
        {
            lock (_terminal.Gate) return [.. _terminal.Keeper.NotTaken().Select(fact => NotTakenFacts.Of(fact, UploadFactsRequest.Parser))];
        }
    }

    IReadOnlyCollection<int> ITerminalOwner.FireInputs => [];

    private protected TerminalOptions Options => _terminal.Options;

    private protected int Device => _terminal.Options.Devices[0];

    private protected Google.Protobuf.WellKnownTypes.Timestamp Now => _terminal.Clock.Now.ToTimestamp();

    /// <summary>Somebody has seen to a fact of <see cref="NotTaken"/>.</summary>
    public void Forget(NotTakenFact fact)
    {
        lock (_terminal.Gate) _terminal.Keeper.ForgetNotTaken(fact.Position);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _terminal.DisposeAsync();
    }

    void ITerminalOwner.TurnTo(BuildingMode mode, bool isOpen)
    {
        // Modes are of gates.
    }

    void ITerminalOwner.ListChanged(ListIndex index)
    {
        if (_sold.KnownBefore(index.List.MadeAt) is not { Length: > 0 } known) return;
        foreach (var operation in known) _sold.Remove(operation);
        _terminal.Keeper.Note(store => store.Forget(known));
    }

    void ITerminalOwner.Acknowledging(Acknowledged acknowledged)
    {
        foreach (var fact in _terminal.Keeper.UpTo(acknowledged.Position)) _sold.Known(fact, _terminal.Clock.Now);
    }

    void ITerminalOwner.HeardLate(OperationId operation, Answer answer) => _unsettled.Heard(operation, answer);

    void ITerminalOwner.Connected() => _unsettled.Settle();

    private protected void Run() => _terminal.Start();

    private protected OperationId NewOperation(Guid? given) => _terminal.NewOperation(given);

    /// <summary>Asks the core, and decides alone when it does not answer.</summary>
    private protected async ValueTask<TillDecision> Do(OperationId operation, ReadOnlyMemory<byte> cardUid, TillRequest request)
    {
        var token = _terminal.TokenOf(cardUid);
        var (answer, wasSent) = await _terminal.Ask(operation, request.Message);
        lock (_terminal.Gate)
        {
            var (index, now) = (_terminal.Book.Index, _terminal.Clock.Now);
            var card = index?.Find(token);
            if (Heard(operation, answer) is not { } heard)
            {
                var alone = Alone(operation, request, index, card, now);
                // The core may have sold what the cashier was told is not sold: it is taken back as soon as that is known.
                if (wasSent && !alone.IsGranted && answer?.Error?.Code != (int)Code.ResourceExhausted) _unsettled.Add(operation, request.Message);
                return alone;
            }

            if (heard.IsGranted && card is not null) Remember(operation, request, index!, card, now);
            return heard;
        }
    }

    /// <summary>Asks the core for what only it decides.</summary>
    private protected async ValueTask<TillDecision> DoConnected(OperationId operation, IMessage request)
    {
        var (answer, _) = await _terminal.Ask(operation, request);
        return Heard(operation, answer) ?? NotNow(operation, NotNowReason.NeedsConnection);
    }

    private static TillDecision NotNow(OperationId operation, NotNowReason reason) => new() { OperationId = operation.ToGuid(), Outcome = TillOutcome.NotNow, NotNow = reason };

    private void Remember(OperationId operation, TillRequest request, ListIndex index, ListIndex.Found card, Instant now)
    {
        request.Granted(index, card, now, _seller);
        if (request.SoldTo(operation, card.Holder.Handle, TillRules.DayOf(index, now), now) is { } sold && _sold.Add(sold)) _terminal.Keeper.Note(store => store.Remember(sold));
    }

    private TillDecision Alone(OperationId operation, TillRequest request, ListIndex? index, ListIndex.Found? card, Instant now)
    {
        if (_terminal.Keeper.IsQueued(operation)) return Granted(operation, request);
        if (TillRules.CheckList(index, now) is var fault and not NotNowReason.None) return NotNow(operation, fault) with { IsAlone = true };
        var day = TillRules.DayOf(index!, now);
        var had = card is null ? Had.Nothing : _sold.Of(card.Holder.Handle, day);
        var verdict = request.Decide(index!, card, had, _seller, _terminal.Key, now);
        if (verdict.NotNow != NotNowReason.None) return NotNow(operation, verdict.NotNow) with { IsAlone = true };
        if (!verdict.IsGranted)
        {
            return new TillDecision
            {
                OperationId = operation.ToGuid(), Outcome = TillOutcome.Refused, Reason = (RefusalReason)verdict.Refusal, LineIndexes = [.. verdict.Lines.Indexes()], IsAlone = true,
            };
        }

        var sold = request.SoldTo(operation, card!.Holder.Handle, day, knownAt: null);
        if (!_terminal.Keeper.Append(operation, request.Fact(card.Holder.Handle).ToByteArray(), sold)) return NotNow(operation, NotNowReason.StoreBroken) with { IsAlone = true };
        if (sold is not null) _sold.Add(sold);
        _terminal.Queued();
        return Granted(operation, request);
    }

    private static TillDecision Granted(OperationId operation, TillRequest request) =>
        new() { OperationId = operation.ToGuid(), Outcome = TillOutcome.Granted, Lines = request.Served, IsAlone = true };

    // Null: the core has not decided, and the till has to.
    private static TillDecision? Heard(OperationId operation, Answer? answer) => answer switch
    {
        { Message: OperationGranted granted } => new TillDecision
        {
            OperationId = operation.ToGuid(), Outcome = TillOutcome.Granted, AccountNumber = granted.AccountNumber, EntryNumber = granted.EntryNumber, BalanceKopecks = granted.BalanceKopecks, Lines = granted.Lines,
        },
        { Message: OperationRefused refused } => new TillDecision
        {
            OperationId = operation.ToGuid(), Outcome = TillOutcome.Refused, Reason = refused.Reason, Message = refused.CashierMessage, LineIndexes = refused.LineIndexes,
        },
        { Error: { } error } when Refuses((Code)error.Code) => NotNow(operation, NotNowReason.NotTaken) with { Error = error.Message },
        _ => null,
    };

    // These say that the request is wrong, not that the core is away.
    private static bool Refuses(Code code) => code is Code.InvalidArgument or Code.NotFound or Code.AlreadyExists or Code.PermissionDenied or Code.Unauthenticated or Code.FailedPrecondition or Code.Unimplemented or Code.OutOfRange;
}
