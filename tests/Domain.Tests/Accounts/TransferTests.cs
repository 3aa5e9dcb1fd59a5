using Zvonok.Domain.Accounts;
using Zvonok.Domain.Operations;

namespace Zvonok.Domain.Tests.Accounts;

[Trait("Rule", "M11")]
public sealed class TransferTests
{
    private static readonly Instant Now = Given.Morning;
    private static readonly AccountNumber Sister = AccountNumber.FromSerial(77);

    [Fact]
    public void Money_leaves_for_the_contra_account_of_money_on_its_way()
    {
        var entry = Granted(AccountRules.Decide(Given.Account(meal: 50_000), Given.Transfer(20_000), mayChangePurse: false, Now));

        (entry.Kind, entry.Purse, entry.Amount, entry.Contra).ShouldBe((EntryKind.TransferOut, Purse.Meal, new Money(-20_000), ContraAccount.Transit));
        entry.MealAfter.ShouldBe(new Money(30_000));
        entry.Counterpart.ShouldBe(new EntryKey(Sister, 0));
        entry.SpentAfter.ShouldBe(Money.Zero, "it is not spent");
    }

    [Fact]
    public void Without_an_amount_the_whole_purse_leaves() =>
        Granted(AccountRules.Decide(Given.Account(meal: 50_000, transport: 700), Given.Transfer(null), mayChangePurse: false, Now)).MealAfter.ShouldBe(Money.Zero);

    [Theory]
    [InlineData(50_000, 50_000L, false, true, AccountRefusal.None)]
    [InlineData(50_000, 50_001L, false, true, AccountRefusal.InsufficientFunds)]
    [InlineData(0, null, false, true, AccountRefusal.InsufficientFunds)]
    [InlineData(-100, null, false, true, AccountRefusal.InsufficientFunds)]
    [InlineData(0, 1L, true, true, AccountRefusal.AccountClosed)]
    [InlineData(0, 1L, true, false, AccountRefusal.AccountClosed)]
    public void Only_what_is_there_can_leave_and_nothing_leaves_a_closed_account(long meal, long? amount, bool isClosed, bool mayChangePurse, AccountRefusal expected) =>
        AccountRules.Decide(Given.Account(meal: meal, isClosed: isClosed), Given.Transfer(amount), mayChangePurse, Now).Refusal.ShouldBe(expected);

    [Fact]
    public void Money_changes_its_purpose_only_where_that_is_allowed()
    {
        var toRides = Given.Transfer(1) with { ToPurse = Purse.Transport };

        AccountRules.Decide(Given.Account(meal: 0), toRides, mayChangePurse: false, Now).Refusal.ShouldBe(AccountRefusal.PurseTransferNotAllowed);
        AccountRules.Decide(Given.Account(meal: 0), toRides, mayChangePurse: true, Now).Refusal.ShouldBe(AccountRefusal.InsufficientFunds);
        AccountRules.Decide(Given.Account(meal: 1), toRides, mayChangePurse: true, Now).Refusal.ShouldBe(AccountRefusal.None);
    }

    [Fact]
    public void Between_two_purses_it_leaves_and_arrives_and_both_entries_name_each_other()
    {
        var account = Given.Account(meal: 50_000, transport: 700);
        var transfer = Given.Transfer(20_000, to: Given.Number) with { ToPurse = Purse.Transport };

        var left = Granted(AccountRules.Decide(account, transfer, mayChangePurse: true, Now));
        var arrived = AccountRules.Arrival(AccountRules.Evolve(account, left), transfer, left, Now);

        (left.MealAfter, left.TransportAfter).ShouldBe((new Money(30_000), new Money(700)));
        (arrived.MealAfter, arrived.TransportAfter).ShouldBe((new Money(30_000), new Money(20_700)));
        (arrived.Kind, arrived.Purse, arrived.Contra, arrived.Seq).ShouldBe((EntryKind.TransferIn, Purse.Transport, ContraAccount.Transit, left.Seq + 1));
        (left.Counterpart, arrived.Counterpart).ShouldBe((new EntryKey(Given.Number, arrived.Seq), new EntryKey(Given.Number, left.Seq)));
        (left.Operation, left.Fingerprint).ShouldBe((arrived.Operation, arrived.Fingerprint), "they are one operation");
    }

    [Theory]
    [InlineData(Limits.BalanceMax - 20_000, AccountRefusal.None)]
    [InlineData(Limits.BalanceMax - 19_999, AccountRefusal.PurseFull)]
    public void The_other_purse_may_not_overflow(long transport, AccountRefusal expected) =>
        AccountRules.Decide(Given.Account(meal: 20_000, transport: transport), Given.Transfer(20_000, to: Given.Number) with { ToPurse = Purse.Transport }, mayChangePurse: true, Now)
            .Refusal.ShouldBe(expected);

    [Fact]
    public void What_another_account_receives_is_an_entry_that_names_the_one_with_which_it_left()
    {
        var (sent, open) = Sent(20_000);

        var entry = Granted(AccountRules.Decide(Given.Account(meal: 5), open.Receipt(), Now));

        (entry.Kind, entry.Purse, entry.Amount, entry.Contra).ShouldBe((EntryKind.TransferIn, Purse.Meal, new Money(20_000), ContraAccount.Transit));
        entry.Counterpart.ShouldBe(new EntryKey(sent.Account, sent.Seq));
        entry.EventAt.ShouldBe(sent.EventAt);
        AccountAnswer.Of(entry).Refusal.ShouldBe(AccountRefusal.None);
    }

    [Theory]
    [InlineData(Limits.BalanceMax - 20_000, false, EntryKind.TransferIn)]
    [InlineData(Limits.BalanceMax - 19_999, false, EntryKind.TransferDeclined)]
    [InlineData(0, true, EntryKind.TransferDeclined)]
    public void What_cannot_be_taken_is_declined_by_an_entry_since_a_refusal_would_be_forgotten(long meal, bool isClosed, EntryKind expected)
    {
        var (_, open) = Sent(20_000);

        var entry = Granted(AccountRules.Decide(Given.Account(meal: meal, isClosed: isClosed), open.Receipt(), Now));

        entry.Kind.ShouldBe(expected);
        if (expected == EntryKind.TransferIn) return;
        (entry.Amount, entry.Contra, entry.MealAfter).ShouldBe((Money.Zero, ContraAccount.None, new Money(meal)));
        AccountAnswer.Of(entry).ShouldSatisfyAllConditions(answer => answer.Refusal.ShouldBe(AccountRefusal.TransferDeclined), answer => answer.Seq.ShouldBe(entry.Seq));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(Limits.BalanceMax, false)]
    [InlineData(0, true)]
    public void What_was_declined_comes_back_whatever_has_become_of_the_account(long meal, bool isClosed)
    {
        var (sent, open) = Sent(20_000);

        var entry = Granted(AccountRules.Decide(Given.Account(meal: meal, isClosed: isClosed) with { Seq = 9 }, open.Return(declinedSeq: 4), sent, Now));

        (entry.Kind, entry.Purse, entry.Amount, entry.Contra).ShouldBe((EntryKind.TransferReturn, Purse.Meal, new Money(20_000), ContraAccount.Transit));
        (entry.ReversedSeq, entry.Counterpart).ShouldBe((sent.Seq, new EntryKey(Sister, 4)));
        entry.MealAfter.ShouldBe(new Money(meal + 20_000));
    }

    [Fact]
    public void The_later_steps_have_operations_of_their_own_that_no_client_can_make()
    {
        var (sent, open) = Sent(20_000);
        OperationId[] steps = [sent.Operation, open.Receipt().Operation, open.Return(4).Operation, (open with { Left = open.Left with { Seq = 9 } }).Receipt().Operation, (open with { Left = open.Left with { Account = Sister } }).Receipt().Operation];

        steps.ShouldBeUnique();
        open.Receipt().ShouldBe(open.Receipt(), "every driver says the same");
        steps.ShouldAllBe(step => step.MadeAt == sent.Operation.MadeAt);
        Span<byte> bytes = stackalloc byte[OperationId.Length];
        foreach (var step in steps.Skip(1))
        {
            step.Write(bytes);
            OperationId.TryRead(bytes, out _).ShouldBeFalse();
            (step.ToGuid().Version, step.ToGuid().Variant & 0b1100).ShouldBe((8, 0b1000));
        }
    }

    [Fact]
    public void Every_part_of_a_transfer_changes_its_fingerprint()
    {
        var (_, open) = Sent(20_000);
        AccountCommand[] all =
        [
            Given.Transfer(20_000), Given.Transfer(20_001), Given.Transfer(null), Given.Transfer(20_000, to: Given.Number),
            Given.Transfer(20_000) with { From = Purse.Transport }, Given.Transfer(20_000) with { ToPurse = Purse.Transport },
            open.Receipt(), open.Receipt() with { Purse = Purse.Transport }, open.Receipt() with { Amount = new Money(1) }, open.Receipt() with { From = new EntryKey(Sister, 1) }, open.Receipt() with { From = open.Left with { Seq = 7 } },
            open.Return(4), open.Return(5), open.Return(4) with { LeftWith = 7 }, open.Return(4) with { DeclinedWith = new EntryKey(Given.Number, 4) },
        ];
        all.Select(command => command.Fingerprint).ShouldBeUnique();
    }

    [Fact]
    public void A_transfers_fingerprint_is_a_stored_format() => Given.Transfer(20_000).Fingerprint.Value.ShouldBe(-2487300148271327155L);

    [Fact]
    [Trait("Rule", "M14")]
    public void Whatever_is_moved_among_a_family_nothing_is_lost_and_what_is_on_its_way_is_known() => Gen.Select(
        Gen.Int[0, 2], Gen.Int[0, 2], Gen.Bool, Gen.Bool, Gen.Frequency((4, Gen.Int[1, 20_000].Select(n => (int?)n)), (1, Gen.Const((int?)null))), Gen.Bool).Array[1, 30].Sample(steps =>
    {
        var family = Enumerable.Range(1, 3).Select(serial => new Ledger(Of(serial, meal: serial == 3 ? Limits.BalanceMax - 10_000 : 30_000))).ToArray();
        var before = family.Sum(Total);
        var onItsWay = new List<OpenTransfer>();
        foreach (var (from, to, isFromRides, isToRides, amount, isHeld) in steps)
        {
            var transfer = new Transfer
            {
                Operation = OperationId.Create(Now, 1, (ulong)(onItsWay.Count + family.Sum(one => one.Entries.Count))),
                From = isFromRides ? Purse.Transport : Purse.Meal,
                To = family[to].Account.Profile.Number,
                ToPurse = isToRides ? Purse.Transport : Purse.Meal,
                Amount = amount is { } kopecks ? new Money(kopecks) : null,
            };
            if (from == to && isFromRides == isToRides) continue;
            if (family[from].Do(transfer, Now) is not { Entry: { } left } || from == to) continue;
            onItsWay.Add(OpenTransfer.Of(left, transfer));
            if (!isHeld) Finish(family, onItsWay);
            (family.Sum(Total) + onItsWay.Sum(open => open.Amount.Kopecks)).ShouldBe(before);
        }

        Finish(family, onItsWay);
        family.Sum(Total).ShouldBe(before);
        family.SelectMany(one => one.Entries).Where(entry => entry.Contra == ContraAccount.Transit).Sum(entry => entry.Amount.Kopecks).ShouldBe(0);
    }, iter: 2_000);

    // The youngest first, so that none can lean on the order.
    private static void Finish(Ledger[] family, List<OpenTransfer> onItsWay)
    {
        for (var i = onItsWay.Count - 1; i >= 0; i--)
        {
            var open = onItsWay[i];
            var decided = family.Single(one => one.Account.Profile.Number == open.To).Do(open.Receipt(), Now).Entry!;
            if (decided.Kind == EntryKind.TransferDeclined) family.Single(one => one.Account.Profile.Number == open.Left.Account).Do(open.Return(decided.Seq), Now);
        }

        onItsWay.Clear();
    }

    private static long Total(Ledger ledger) => ledger.Account.Meal.Kopecks + ledger.Account.Transport.Kopecks;

    private static AccountState Of(int serial, long meal)
    {
        var account = Given.Account(meal: meal);
        return account with { Profile = account.Profile with { Number = AccountNumber.FromSerial(serial) } };
    }

    private static (Entry Sent, OpenTransfer Open) Sent(long amount)
    {
        var transfer = Given.Transfer(amount);
        var sent = Granted(AccountRules.Decide(Given.Account(meal: amount), transfer, mayChangePurse: false, Now));
        return (sent, OpenTransfer.Of(sent, transfer));
    }

    private static Entry Granted(AccountDecision decision) => decision.Entry.ShouldNotBeNull();
}
