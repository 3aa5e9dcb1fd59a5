using Microsoft.Extensions.Options;
using Orleans.Placement;
using Zvonok.Grains.Journal;
using Zvonok.Grains.Transfers;

namespace Zvonok.Grains.Accounts;

/// <inheritdoc cref="IAccountGrain"/>
[GrainType("account"), PreferLocalPlacement]
public sealed partial class AccountGrain(IJournal journal, IJournalReader reader, IClock clock, ITransferLog transfers, AtHand<long, IAccountGrain> atHand, IOptions<GrainsOptions> options)
    : GatheringGrain<IAccountGrain>(atHand, options.Value.QueueMax), IAccountGrain
{
    /// <summary>How many operations an account remembers: some days of a child's life.</summary>
    public const int RememberedMax = 64;

    private AccountState? _state;
    private RememberedOperations<AccountAnswer> _remembered = new(RememberedMax);

    // What has gathered and is decided: granted sales that are written together, and refusals that are told together.
    private SaleRequest? _granted;
    private SaleRequest? _refused;

    /// <inheritdoc/>
    public ValueTask<AccountAnswer> Sell(Sale sale, CardRefusal card) => new(Ask(new SaleRequest(this, sale, card)));

    /// <inheritdoc/>
    public ValueTask<AccountAnswer> Redeem(Redemption redemption, CardRefusal card) => new(AskDurable(() => DoRedeem(redemption, card)));

    /// <inheritdoc/>
    public ValueTask<AccountAnswer> Ride(Ride ride, CardRefusal card) => new(AskDurable(() => DoRide(ride, card)));

    /// <inheritdoc/>
    public ValueTask<AccountAnswer> Reverse(Reversal reversal) => new(AskDurable(() => DoReverse(reversal)));

    /// <inheritdoc/>
    public ValueTask<AccountAnswer> TopUp(TopUp topUp) => new(AskDurable(() => DoTopUp(topUp)));

    /// <inheritdoc/>
    public ValueTask<AccountAnswer> Change(ProfileChange change) => new(AskDurable(() => DoChange(change)));

    /// <inheritdoc/>
    public ValueTask<AccountAnswer> Transfer(Transfer transfer) => new(AskDurable(() => DoTransfer(transfer)));

    /// <inheritdoc/>
    public ValueTask<AccountAnswer> Receive(TransferReceipt receipt) => new(AskDurable(() => DoReceive(receipt)));

    /// <inheritdoc/>
    public ValueTask<AccountAnswer> TakeBack(TransferReturn back) => new(AskDurable(() => DoTakeBack(back)));

    /// <inheritdoc/>
    public ValueTask<AccountAnswer> ChangeOrders(OrderChange change) =>
        new(AskDurable(() => DoOrder(change, (account, now) => AccountRules.Decide(account, change, now))));

    /// <inheritdoc/>
    public ValueTask<AccountAnswer> RedeemOrder(OrderRedemption redemption, CardRefusal card) =>
        new(AskDurable(() => redemption.IsFact ? DoMerge(redemption, card) : DoOrder(redemption, (account, now) => AccountRules.Decide(account, redemption, card, now))));

    /// <inheritdoc/>
    public ValueTask<AccountAnswer> ExpireOrder(OrderExpiry expiry) =>
        new(AskDurable(() => DoOrder(expiry, (account, now) => AccountRules.Decide(account, expiry, now))));

    /// <inheritdoc/>
    public ValueTask<AccountAnswer> Charge(FeeCharge fee) => new(AskDurable(() => DoCharge(fee)));

    /// <inheritdoc/>
    public ValueTask<AccountAnswer> Close(Closing closing) => new(AskDurable(() => DoClose(closing)));

    /// <inheritdoc/>
    public ValueTask<OpenOrder[]?> ListOrders() => new(AskDurable(Orders));

    /// <inheritdoc/>
    public ValueTask<AccountView?> Get() => new(AskDurable(View));

    // Usually nothing has to be read first, and nothing is awaited before all that has gathered is written.
    internal ValueTask Serve(SaleRequest request) =>
        _state is { } account && IsNew(request.Sale) && !IsDecided(request.Sale.Operation) ? SellNew(AfterGranted(account), request) : SellAfterReading(request);

    private async ValueTask SellAfterReading(SaleRequest request)
    {
        // The same sale may be among them.
        await WriteGathered();
        if (await Ready() is not { } account) request.Answer(Unknown());
        else if (await Recall(request.Sale) is { } earlier) request.Answer(earlier);
        else await SellNew(account, request);
    }

    private ValueTask SellNew(in AccountState account, SaleRequest request)
    {
        var now = clock.GetCurrentInstant();
        var day = AccountRules.LimitDayOf(account, request.Sale, now);
        if (AccountRules.SpentOn(account, day) is not { } spent) return SellOn(day, request, now);
        Settle(account, request, spent, now);
        return default;
    }

    private async ValueTask SellOn(LocalDate earlierDay, SaleRequest request, Instant now)
    {
        // What was spent is read from the journal: first all has to be there.
        if (_granted is not null)
        {
            await WriteGathered();
            await Serve(request);
            return;
        }

        var spent = await reader.ReadSpent(_state!.Value.Profile.Number, earlierDay);
        Settle(_state!.Value, request, spent, now);
    }

    private void Settle(in AccountState account, SaleRequest request, DaySpending spentThatDay, Instant now)
    {
        var decision = AccountRules.Decide(account, request.Sale, request.Card, spentThatDay, now);
        request.Decision = decision;
        ref var decided = ref decision.Entry is null ? ref _refused : ref _granted;
        request.DecidedBefore = decided;
        decided = request;
    }

    private ValueTask<AccountState?> Ready() => _state is { } state ? new(state) : Load();

    private async ValueTask<AccountState?> Load()
    {
        if (!AccountNumber.TryFrom(this.GetPrimaryKeyLong(), out var number)) return null;
        if (await reader.LoadAccount(number) is not { } record) return null;

        _remembered = new(RememberedMax);
        Remember([.. record.Newest.Reverse()]);
        if (record.Newest is [.., { Seq: > 1 } oldest])
            _remembered.ForgetUpTo(oldest.MadeUntil);
        return _state = AccountState.From(record.Profile, record.Newest is [var newest, ..] ? newest : null) with { Orders = record.Orders };
    }

    private bool IsNew(AccountCommand command)
    {
        OperationGuard.RefuseFuture(command.Operation, clock);
        return _remembered.Recall(command.Operation, command.Fingerprint, out _) == Recollection.New;
    }

    // Usually synchronous: only an operation old enough to have been forgotten is looked up.
    private ValueTask<AccountAnswer?> Recall(AccountCommand command)
    {
        OperationGuard.RefuseFuture(command.Operation, clock);
        return _remembered.Recall(command.Operation, command.Fingerprint, out var answer) switch
        {
            Recollection.New => default,
            Recollection.Remembered when answer.Refusal == AccountRefusal.None => new(answer),
            // It was refused, and has happened all the same: the terminal never heard the answer.
            Recollection.Remembered when command.IsFact => default,
            Recollection.Remembered => RefuseAgain(answer),
            Recollection.Reused => throw OperationGuard.Reused(command.Operation),
            _ => LookUp(command),
        };
    }

    private async ValueTask<AccountAnswer?> LookUp(AccountCommand command)
    {
        var entry = await reader.FindEntry(_state!.Value.Profile.Number, command.Operation);
        if (entry is null) return null;
        if (entry.Fingerprint != command.Fingerprint) throw OperationGuard.Reused(command.Operation);
        // Some operations are several entries, and the last is their answer.
        while (await reader.ReadEntry(entry.Account, entry.Seq + 1) is { } next && next.Operation == command.Operation) entry = next;
        return AccountAnswer.Of(entry);
    }

    // The last of an operation's entries is its answer.
    private void Remember(Entry[] entries)
    {
        for (var i = 0; i < entries.Length; i++)
            if (i == entries.Length - 1 || entries[i + 1].Operation != entries[i].Operation)
                _remembered.Keep(entries[i].Operation, entries[i].Fingerprint, AccountAnswer.Of(entries[i]));
    }

    private ValueTask<AccountAnswer> Settle(
        AccountCommand command, AccountDecision decision, AccountProfile? profile = null, BankReference? reference = null) =>
        decision.Entry is { } entry
            ? Record(new AccountAppend(entry) { Profile = profile, Reference = reference })
            : Refuse(command, decision);

    private async ValueTask<AccountAnswer> Refuse(AccountCommand command, AccountDecision refused)
    {
        await ShutOutStale();
        return KeepRefused(command, refused);
    }

    private AccountAnswer KeepRefused(AccountCommand command, AccountDecision refused)
    {
        var answer = AccountAnswer.Refused(refused.Refusal, _state!.Value.Profile.Number, refused.Lines);
        _remembered.Keep(command.Operation, command.Fingerprint, answer);
        return answer;
    }

    private async ValueTask<AccountAnswer?> RefuseAgain(AccountAnswer refused)
    {
        await ShutOutStale();
        return refused;
    }

    // The fence shuts out a stale activation that writes. A refusal writes nothing, and a stale one could refuse what is
    // granted in the journal already: so it is told, for the first time or again, only when nobody has written since.
    private async ValueTask ShutOutStale()
    {
        var account = _state!.Value;
        if (await reader.ReadEntry(account.Profile.Number, account.Seq + 1) is not null) throw Stale(account.Profile.Number);
    }

    private protected override ValueTask WriteGathered() => _granted is null && _refused is null ? default : Finish(granted: _granted, refused: _refused);

    // When the sales are written, nobody else has written since they were decided: the refusals among them are as true, and need no look of their own.
    private async ValueTask Finish(SaleRequest? granted, SaleRequest? refused)
    {
        (_granted, _refused) = (null, null);
        try
        {
            if (granted is not null) await Record(granted.Append());
            else await ShutOutStale();
        }
        catch (Exception exception)
        {
            granted?.FailAll(exception);
            refused?.FailAll(exception);
            return;
        }

        for (; granted is not null; granted = granted.DecidedBefore) granted.Answer(AccountAnswer.Of(granted.Decision.Entry!));
        for (; refused is not null; refused = refused.DecidedBefore) refused.Answer(KeepRefused(refused.Sale, refused.Decision));
    }

    private AccountState AfterGranted(in AccountState account) => _granted is { } newest ? AccountRules.Evolve(account, newest.Decision.Entry!) : account;

    private bool IsDecided(OperationId operation) => _granted?.Knows(operation) == true || _refused?.Knows(operation) == true;

    // Durable before visible; doubt means reload.
    private async ValueTask<AccountAnswer> Record(AccountAppend append, OpenOrder[]? orders = null)
    {
        AppendOutcome outcome;
        try
        {
            outcome = await journal.Append(append);
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

        if (outcome != AppendOutcome.Committed) throw Stale(append.Entries[0].Account);

        var newest = append.Entries[^1];
        var after = AccountRules.Evolve(_state!.Value, newest);
        _state = after with { Profile = append.Profile ?? after.Profile, Orders = orders ?? after.Orders };
        Remember(append.Entries);
        return AccountAnswer.Of(newest);
    }

    private StaleActivationException Stale(AccountNumber number)
    {
        Forget();
        return new StaleActivationException($"Account {number} was written by another activation.");
    }

    private void Forget()
    {
        _state = null;
        GiveUp();
    }

    private AccountAnswer Unknown()
    {
        GiveUp();
        return AccountAnswer.Refused(AccountRefusal.AccountUnknown);
    }
}
