using static Zvonok.Domain.Accounts.AccountRefusal;

namespace Zvonok.Grains.Tests.Model.Naive;

/// <summary>Children of one family, and what is between them: money on its way (M11), and payments by the banks' references (M9, M13).</summary>
internal sealed class NaiveFamily(NaiveAccount[] children)
{
    private readonly Dictionary<BankReference, (NaiveAccount Child, AccountCommand Command, AccountAnswer Answer)> _payments = [];

    public NaiveAccount[] Children => children;

    public IReadOnlyCollection<BankReference> Payments => _payments.Keys;

    /// <summary>Money that has left and not arrived.</summary>
    public (NaiveAccount From, Transfer Transfer, NaiveAnswer Left)? OnItsWay { get; private set; }

    /// <summary>A command from beginning to end.</summary>
    public NaiveAnswer Do(NaiveAccount child, AccountCommand command, CardRefusal card, Instant now) => command switch
    {
        Sale sale => child.Do(sale, card, now),
        Redemption redemption => child.Do(redemption, card, now),
        Ride ride => child.Do(ride, card, now),
        Reversal reversal => child.Do(reversal, now),
        ProfileChange change => child.Do(change, now),
        TopUp topUp => DoOnce(child, topUp, topUp.Reference, () => child.Do(topUp, now)),
        FeeCharge { Reference: { } reference } fee => DoOnce(child, fee, reference, () => child.Do(fee, now)),
        FeeCharge fee => child.Do(fee, now),
        OrderChange change => child.Do(change, now),
        OrderRedemption redemption => child.Do(redemption, card, now),
        Closing closing => child.Do(closing, OnItsWay?.From == child, now),
        Transfer transfer => Move(child, transfer, now),
        _ => throw new InvalidOperationException($"Nothing is known of {command}."),
    };

    /// <summary>The first step of a transfer to another child, and nobody drives it on.</summary>
    public NaiveAnswer Leave(NaiveAccount from, Transfer transfer, Instant now)
    {
        var left = from.Do(transfer, now);
        if (!left.IsRefused) OnItsWay = (from, transfer, left);
        return left;
    }

    /// <summary>What is on its way arrives, or comes back.</summary>
    public NaiveAnswer Arrive(Instant now)
    {
        var (from, transfer, left) = OnItsWay!.Value;
        OnItsWay = null;
        return Arrive(from, transfer, left, now);
    }

    private NaiveAnswer Move(NaiveAccount from, Transfer transfer, Instant now)
    {
        if (children.All(child => child.Number != transfer.To)) return new NaiveAnswer(AccountAnswer.Refused(ReceiverUnknown, from.Number), 0);
        var left = from.Do(transfer, now);
        return left.IsRefused || transfer.To == from.Number ? left : Arrive(from, transfer, left, now);
    }

    private NaiveAnswer Arrive(NaiveAccount from, Transfer transfer, NaiveAnswer left, Instant now)
    {
        var to = children.Single(child => child.Number == transfer.To);
        var key = new EntryKey(from.Number, left.Answer.Seq);
        var amount = -from.Facts[(int)key.Seq - 1].Amount;
        var answer = to.Do(new TransferReceipt { Operation = default, EventTime = left.Answer.EventAt, From = key, Purse = transfer.ToPurse, Amount = new Money(amount) }, now);
        if (!answer.IsRefused) return left;
        from.Do(new TransferReturn { Operation = default, LeftWith = key.Seq, DeclinedWith = new EntryKey(to.Number, to.Facts.Count) }, now);
        return new NaiveAnswer(AccountAnswer.Refused(TransferDeclined, from.Number), 2);
    }

    // A payment of that name is known: the first answer again, or an error when it was for something else.
    private NaiveAnswer DoOnce(NaiveAccount child, AccountCommand command, BankReference reference, Func<NaiveAnswer> first)
    {
        if (_payments.TryGetValue(reference, out var paid)) return new NaiveAnswer(paid.Answer, 0, paid.Child == child && IsSame(paid.Command, command) ? null : "bank_reference");
        var answer = first();
        if (!answer.IsRefused) _payments[reference] = (child, command, answer.Answer);
        return answer;
    }

    private static bool IsSame(AccountCommand one, AccountCommand other) => (one, other) switch
    {
        (TopUp a, TopUp b) => a.Purse == b.Purse && a.Amount == b.Amount,
        // What a fee costs is the policy's to say, and may have changed.
        (FeeCharge a, FeeCharge b) => a.Kind == b.Kind,
        _ => false,
    };
}
