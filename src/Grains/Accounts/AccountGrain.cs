using Microsoft.Extensions.Options;
using Orleans.Placement;
using Zvonok.Domain.Time;
using Zvonok.Grains.Journal;

namespace Zvonok.Grains.Accounts;

/// <inheritdoc cref="IAccountGrain"/>
[GrainType("account"), PreferLocalPlacement]
public sealed class AccountGrain(IJournal journal, IJournalReader reader, IClock clock, AtHand<long, IAccountGrain> atHand, IOptions<GrainsOptions> options)
    : GatheringGrain<IAccountGrain>(atHand, options.Value.QueueMax), IAccountGrain
{
    /// <summary>How many operations an account remembers: some days of a child's life.</summary>
    public const int RememberedMax = 64;

    private AccountState? _state;
    private RememberedOperations<AccountAnswer> _remembered = new(RememberedMax);

    /// <inheritdoc/>
    public ValueTask<AccountAnswer> Sell(Sale sale, CardRefusal card) => new(Ask(() => DoSell(sale, card)));

    /// <inheritdoc/>
    public ValueTask<AccountAnswer> Reverse(Reversal reversal) => new(Ask(() => DoReverse(reversal)));

    /// <inheritdoc/>
    public ValueTask<AccountAnswer> TopUp(TopUp topUp) => new(Ask(() => DoTopUp(topUp)));

    /// <inheritdoc/>
    public ValueTask<AccountAnswer> ChangeLimit(LimitChange change) => new(Ask(() => DoChangeLimit(change)));

    /// <inheritdoc/>
    public ValueTask<AccountView?> Get() => new(Ask(View));

    // Usually nothing has to be read first. Then the record alone is awaited, and no state machine holds the account meanwhile: half a kilobyte less garbage a sale.
    private ValueTask<AccountAnswer> DoSell(Sale sale, CardRefusal card) =>
        _state is not null && IsNew(sale) ? SellNew(sale, card) : SellAfterReading(sale, card);

    private async ValueTask<AccountAnswer> DoReverse(Reversal reversal)
    {
        if (await Ready() is not { } account) return Unknown();
        if (await Recall(reversal) is { } earlier) return earlier;
        var number = account.Profile.Number;
        var sale = await reader.ReadEntry(number, reversal.SaleSeq);
        var isReversed = sale is not null && await reader.IsReversed(number, sale.Seq);
        return await Settle(reversal, AccountRules.Decide(account, reversal, sale, isReversed, clock.GetCurrentInstant()));
    }

    private async ValueTask<AccountAnswer> DoTopUp(TopUp topUp)
    {
        if (await Ready() is not { } account) return Unknown();
        if (await Recall(topUp) is { } earlier) return earlier;
        if (await reader.FindTopUp(topUp.Reference) is { } paid) return SamePayment(account, topUp, paid);
        var decision = AccountRules.Decide(account, topUp, clock.GetCurrentInstant());
        return await Settle(topUp, decision, reference: topUp.Reference);
    }

    private async ValueTask<AccountAnswer> DoChangeLimit(LimitChange change)
    {
        if (await Ready() is not { } account) return Unknown();
        if (await Recall(change) is { } earlier) return earlier;
        var decision = AccountRules.Decide(account, change, clock.GetCurrentInstant());
        return await Settle(change, decision, AccountRules.ProfileAfter(account, change));
    }

    private async ValueTask<AccountView?> View()
    {
        if (await Ready() is not { } account)
        {
            GiveUp();
            return null;
        }

        var today = Calendars.DayOf(clock.GetCurrentInstant(), account.Profile.ZoneId);
        var spent = AccountRules.SpentOn(account, today) ?? await reader.ReadSpent(account.Profile.Number, today);
        return new AccountView(account.Profile, account.Meal, account.Transport, spent, account.Seq);
    }

    private async ValueTask<AccountAnswer> SellAfterReading(Sale sale, CardRefusal card)
    {
        if (await Ready() is null) return Unknown();
        return await Recall(sale) ?? await SellNew(sale, card);
    }

    private ValueTask<AccountAnswer> SellNew(Sale sale, CardRefusal card)
    {
        var account = _state!.Value;
        var now = clock.GetCurrentInstant();
        var day = AccountRules.LimitDayOf(account, sale, now);
        return AccountRules.SpentOn(account, day) is { } spent
            ? Settle(sale, AccountRules.Decide(account, sale, card, spent, now))
            : SellOn(day, sale, card, now);
    }

    private async ValueTask<AccountAnswer> SellOn(LocalDate earlierDay, Sale sale, CardRefusal card, Instant now)
    {
        var spent = await reader.ReadSpent(_state!.Value.Profile.Number, earlierDay);
        return await Settle(sale, AccountRules.Decide(_state!.Value, sale, card, spent, now));
    }

    private ValueTask<AccountState?> Ready() => _state is { } state ? new(state) : Load();

    private async ValueTask<AccountState?> Load()
    {
        if (!AccountNumber.TryFrom(this.GetPrimaryKeyLong(), out var number)) return null;
        if (await reader.LoadAccount(number) is not { } record) return null;

        _remembered = new(RememberedMax);
        foreach (var entry in record.Newest.Reverse())
            _remembered.Keep(entry.Operation, entry.Fingerprint, AccountAnswer.Granted(entry));
        if (record.Newest is [.., { Seq: > 1 } oldest])
            _remembered.ForgetUpTo(oldest.MadeUntil);
        return _state = AccountState.From(record.Profile, record.Newest is [var newest, ..] ? newest : null);
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
            Recollection.Remembered => answer.Refusal == AccountRefusal.None ? new(answer) : RefuseAgain(answer),
            Recollection.Reused => throw OperationGuard.Reused(command.Operation),
            _ => LookUp(command),
        };
    }

    private async ValueTask<AccountAnswer?> LookUp(AccountCommand command)
    {
        var entry = await reader.FindEntry(_state!.Value.Profile.Number, command.Operation);
        if (entry is null) return null;
        if (entry.Fingerprint != command.Fingerprint) throw OperationGuard.Reused(command.Operation);
        return AccountAnswer.Granted(entry);
    }

    private ValueTask<AccountAnswer> Settle(
        AccountCommand command, AccountDecision decision, AccountProfile? profile = null, BankReference? reference = null) =>
        decision.Entry is { } entry
            ? Record(new AccountAppend(entry) { Profile = profile, Reference = reference })
            : Refuse(command, decision.Refusal);

    private async ValueTask<AccountAnswer> Refuse(AccountCommand command, AccountRefusal refusal)
    {
        await ShutOutStale();
        var answer = AccountAnswer.Refused(refusal, _state!.Value.Profile.Number);
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

    // Durable before visible; doubt means reload.
    private async ValueTask<AccountAnswer> Record(AccountAppend append)
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

        var entry = append.Entries[^1];
        var after = AccountRules.Evolve(_state!.Value, entry);
        _state = append.Profile is { } profile ? after with { Profile = profile } : after;
        var answer = AccountAnswer.Granted(entry);
        _remembered.Keep(entry.Operation, entry.Fingerprint, answer);
        return answer;
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

    // The provider tells of one payment twice, under two operation ids: the first answer again.
    private static AccountAnswer SamePayment(AccountState account, TopUp topUp, Entry paid) =>
        paid.Account == account.Profile.Number && paid.Amount == topUp.Amount && paid.Purse == topUp.Purse
            ? AccountAnswer.Granted(paid)
            : throw new OperationReusedException(
                "bank_reference", "This provider's bank reference paid for another account, purse or amount before: send the reference of this payment.");
}
