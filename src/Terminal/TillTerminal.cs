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
using MealKind = Zvonok.Till.V1.MealKind;
using SaleLine = Zvonok.Till.V1.SaleLine;

namespace Zvonok.Terminals;

/// <summary>
/// A canteen's till, or a validator: sells with the core, and alone by the list while there is no connection (O2): within the allowance, meals and orders once, and only what is on the disk before the answer is given. All members
/// may be called at any time and from any thread. Dispose it when the program ends: what it keeps is in its file, and goes on there.
/// </summary>
public sealed class TillTerminal : IAsyncDisposable, ITerminalOwner
{
    private readonly Terminal _terminal;
    private readonly ContraAccount _seller;
    private readonly SoldBook _sold = new();
    private readonly Unsettled _unsettled;

    private TillTerminal(TerminalOptions options, Action<StoreMoment>? watch)
    {
        _terminal = new Terminal(options, DeviceKind.Till, new TillCore(options.Devices[0], options.ListKeyId), this, watch);
        _seller = ContraAccount.Operator(options.Operator);
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

    private int Device => _terminal.Options.Devices[0];

    /// <summary>Opens the file and begins to connect; sells at once, by what the file has. Throws <see cref="ArgumentException"/> for options that are wrong.</summary>
    public static TillTerminal Start(TerminalOptions options) => Start(options, watch: null);

    internal static TillTerminal Start(TerminalOptions options, Action<StoreMoment>? watch)
    {
        var terminal = new TillTerminal(options.Checked(isTill: true), watch);
        terminal._terminal.Start();
        return terminal;
    }

    /// <summary>Sells all lines or none (M1).</summary>
    /// <param name="cardUid">The radio number as read, 4 to 16 bytes. It is kept nowhere.</param>
    /// <param name="lines">1 to 50; <see cref="ArgumentException"/> for what the core would not take.</param>
    /// <param name="isConfirmed">The cashier has confirmed the lines that an earlier answer named with CONFIRMATION_NEEDED (M3).</param>
    /// <param name="employee">An employee answers for what the stop list forbids (M3); only with a connection.</param>
    /// <param name="operation">A UUIDv7 of the caller's own, so that it can ask again after its program died; null: one is made.</param>
    public ValueTask<TillDecision> Sell(ReadOnlyMemory<byte> cardUid, IReadOnlyCollection<SaleLine> lines, bool isConfirmed = false, StopListOverride? employee = null, Guid? operation = null)
    {
        var id = _terminal.NewOperation(operation);
        return Do(id, cardUid, new SaleRequest(new SellRequest
        {
            OperationId = id.ToBytes(), DeviceId = Device, CardUid = ByteString.CopyFrom(cardUid.Span), Lines = { lines }, TotalKopecks = TillLines.Total(lines), EventTime = _terminal.Clock.Now.ToTimestamp(),
            CashierConfirmed = isConfirmed, StopListOverride = employee,
        }));
    }

    /// <summary>Serves a meal at public cost (M5), once for each child, day and kind of meal. For the rest as <see cref="Sell"/>.</summary>
    public ValueTask<TillDecision> RedeemMeal(
        ReadOnlyMemory<byte> cardUid, MealKind meal, IReadOnlyCollection<SaleLine> lines, bool isConfirmed = false, StopListOverride? employee = null, Guid? operation = null)
    {
        var id = _terminal.NewOperation(operation);
        return Do(id, cardUid, new MealRequest(new RedeemMealRequest
        {
            OperationId = id.ToBytes(), DeviceId = Device, CardUid = ByteString.CopyFrom(cardUid.Span), MealKind = Checked(meal), Lines = { lines }, TotalKopecks = TillLines.Total(lines),
            EventTime = _terminal.Clock.Now.ToTimestamp(), CashierConfirmed = isConfirmed, StopListOverride = employee,
        }));
    }

    /// <summary>Serves the meal that was ordered and paid ahead for today (M6): the answer tells what it is. For the rest as <see cref="Sell"/>.</summary>
    public ValueTask<TillDecision> RedeemOrder(ReadOnlyMemory<byte> cardUid, MealKind meal, StopListOverride? employee = null, Guid? operation = null)
    {
        var id = _terminal.NewOperation(operation);
        return Do(id, cardUid, new OrderRequest(new RedeemOrderRequest
        {
            OperationId = id.ToBytes(), DeviceId = Device, CardUid = ByteString.CopyFrom(cardUid.Span), MealKind = Checked(meal), EventTime = _terminal.Clock.Now.ToTimestamp(), StopListOverride = employee,
        }));
    }

    /// <summary>Pays a ride from the transport purse (M10). Without a connection whoever has a listed card rides, up to <see cref="TerminalOptions.OfflineFareMost"/>.</summary>
    /// <param name="cardUid">As for <see cref="Sell"/>.</param>
    /// <param name="fareKopecks">1 to 10,000,000.</param>
    /// <param name="operation">As for <see cref="Sell"/>.</param>
    public ValueTask<TillDecision> PayRide(ReadOnlyMemory<byte> cardUid, long fareKopecks, Guid? operation = null)
    {
        if (fareKopecks is < 1 or > Limits.AmountMax) throw new ArgumentException($"A fare is 1 to {Limits.AmountMax} kopecks.", nameof(fareKopecks));
        var id = _terminal.NewOperation(operation);
        return Do(id, cardUid, new RideRequest(
            new PayRideRequest { OperationId = id.ToBytes(), DeviceId = Device, CardUid = ByteString.CopyFrom(cardUid.Span), FareKopecks = fareKopecks, EventTime = _terminal.Clock.Now.ToTimestamp() },
            new Money(_terminal.Options.OfflineFareMost)));
    }

    /// <summary>Takes a sale back (M8), by the account and entry number of its answer; only with a connection.</summary>
    /// <param name="accountNumber">From the answer of the sale.</param>
    /// <param name="entryNumber">From the answer of the sale.</param>
    /// <param name="lineIndexes">Which lines, by their index from 0; none: all that were not taken back before.</param>
    /// <param name="operation">As for <see cref="Sell"/>. Who is told that there is no connection asks again with the same.</param>
    public async ValueTask<TillDecision> ReverseSale(long accountNumber, long entryNumber, IReadOnlyCollection<int>? lineIndexes = null, Guid? operation = null)
    {
        var id = _terminal.NewOperation(operation);
        var (answer, _) = await _terminal.Ask(id, new ReverseSaleRequest
        {
            OperationId = id.ToBytes(), DeviceId = Device, AccountNumber = accountNumber, SaleEntryNumber = entryNumber, LineIndexes = { lineIndexes ?? [] }, EventTime = _terminal.Clock.Now.ToTimestamp(),
        });
        return Heard(id, answer) ?? NotNow(id, NotNowReason.NeedsConnection);
    }

    /// <summary>Somebody has seen to a fact of <see cref="NotTaken"/>.</summary>
    public void Forget(NotTakenFact fact)
    {
        lock (_terminal.Gate) _terminal.Keeper.ForgetNotTaken(fact.Position);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _terminal.DisposeAsync();

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

    private static MealKind Checked(MealKind meal) =>
        meal is >= MealKind.Breakfast and <= MealKind.Dinner ? meal : throw new ArgumentException("meal should be BREAKFAST, LUNCH, AFTERNOON_SNACK or DINNER.", nameof(meal));

    private static TillDecision NotNow(OperationId operation, NotNowReason reason) => new() { OperationId = operation.ToGuid(), Outcome = TillOutcome.NotNow, NotNow = reason };

    private async ValueTask<TillDecision> Do(OperationId operation, ReadOnlyMemory<byte> cardUid, TillRequest request)
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
