using Zvonok.Grains.Tests.Clusters;
using Zvonok.Grains.Transfers;

namespace Zvonok.Grains.Tests.Accounts;

[Collection(nameof(OneSilo))]
[Trait("Rule", "M12")]
public sealed class ClosingTests(OneSilo silo)
{
    private readonly TestCluster _cluster = silo.Cluster;

    private AccountCloser Closer => _cluster.Part<AccountCloser>();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_left_is_paid_out_once_and_the_repeat_gets_the_last_entry(bool isForgotten)
    {
        var number = await Rich();
        var closing = Given.Closing(_cluster.NextId(), bank: 3);

        var answer = await Closer.Close(number, closing, heir: null);
        if (isForgotten) await _cluster.Deactivate(_cluster.Account(number));

        (answer.Refusal, answer.Seq, answer.Meal, answer.Transport).ShouldBe((AccountRefusal.None, 5, Money.Zero, Money.Zero));
        (await Closer.Close(number, closing, heir: null)).ShouldBe(answer);
        (await _cluster.Ledger(number)).Skip(2).Select(entry => (entry.Kind, entry.Amount.Kopecks)).ShouldBe([(EntryKind.Payout, -50_000), (EntryKind.Payout, -700), (EntryKind.Closing, 0)]);
        (await _cluster.Account(number).Get())!.Profile.IsClosed.ShouldBeTrue();
        (await _cluster.Account(number).Sell(Given.Sale(_cluster.NextId()), CardRefusal.None)).Refusal.ShouldBe(AccountRefusal.AccountClosed);
        await _cluster.Audit();
    }

    [Fact]
    public async Task An_answer_that_was_lost_is_found_among_the_entries_however_old_the_operation_is()
    {
        var number = await Rich();
        var closing = Given.Closing(_cluster.NextId(), bank: 3);
        _cluster.Script.LoseNextAnswer();
        await Should.ThrowAsync<JournalUnavailableException>(() => Closer.Close(number, closing, heir: null));

        (await Closer.Close(number, closing, heir: null)).Seq.ShouldBe(5);

        (await _cluster.Ledger(number)).Count.ShouldBe(5);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task What_is_left_goes_to_an_heir_whatever_step_breaks(int brokenStep)
    {
        var (number, heir) = (await Rich(), await silo.NewAccount());
        var closing = Given.Closing(_cluster.NextId());
        for (var good = 0; good < brokenStep; good++) _cluster.Script.HoldNext().Release();
        _cluster.Script.LoseNextAnswer();
        await Should.ThrowAsync<JournalUnavailableException>(() => Closer.Close(number, closing, heir));

        var answer = await Closer.Close(number, closing, heir);

        (answer.Refusal, answer.Seq).ShouldBe((AccountRefusal.None, 5));
        (await Closer.Close(number, closing, heir)).ShouldBe(answer);
        (await _cluster.Account(heir).Get())!.ShouldSatisfyAllConditions(view => view.Meal.ShouldBe(new Money(50_000)), view => view.Transport.ShouldBe(new Money(700)));
        (await _cluster.Account(number).Get())!.ShouldSatisfyAllConditions(view => view.Profile.IsClosed.ShouldBeTrue(), view => (view.Meal + view.Transport).ShouldBe(Money.Zero));
    }

    [Fact]
    public async Task Nothing_is_closed_while_money_is_on_its_way_or_left_over_or_the_heir_cannot_take_it()
    {
        var (number, full) = (await Rich(), await silo.NewAccount(meal: Limits.BalanceMax));
        var left = await _cluster.Account(number).Transfer(Given.Transfer(_cluster.NextId(), full, 1_000));
        (await Close(bank: 3)).ShouldBe(AccountRefusal.MoneyInTransit);
        (await _cluster.Part<TransferDriver>().Finish(new EntryKey(number, left.Seq))).ShouldBeFalse();

        (await Close()).ShouldBe(AccountRefusal.PurseNotEmpty);
        (await Close(heir: full)).ShouldBe(AccountRefusal.TransferDeclined);
        (await Close(heir: Given.Number(silo.Next()))).ShouldBe(AccountRefusal.ReceiverUnknown);

        (await _cluster.Account(number).Get())!.ShouldSatisfyAllConditions(view => view.Profile.IsClosed.ShouldBeFalse(), view => view.Meal.ShouldBe(new Money(50_000)));
        async Task<AccountRefusal> Close(int? bank = null, AccountNumber? heir = null) => (await Closer.Close(number, Given.Closing(_cluster.NextId(), bank), heir)).Refusal;
    }

    private async Task<AccountNumber> Rich()
    {
        var number = await silo.NewAccount(meal: 50_000);
        await _cluster.Account(number).TopUp(Given.TopUp(_cluster.NextId(), 700, $"RIDES-{number}", Purse.Transport));
        return number;
    }
}
