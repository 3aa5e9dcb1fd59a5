using Zvonok.Grains.Tests.Clusters;
using Zvonok.Grains.Transfers;

namespace Zvonok.Grains.Tests.Accounts;

/// <summary>Both sides happen or neither does, whatever breaks in between (M11).</summary>
[Collection(nameof(OneSilo))]
[Trait("Rule", "M11")]
public sealed class TransferTests(OneSilo silo)
{
    private readonly TestCluster _cluster = silo.Cluster;

    private TransferDriver Driver => _cluster.Part<TransferDriver>();

    private ITransferLog Log => _cluster.Part<ITransferLog>();

    /// <summary>What happens to each of the steps that are written: leaving, then arriving or being declined, then coming back.</summary>
    public enum Accident
    {
        NothingWritten,
        AnswerLost,
        Fenced,
    }

    [Fact]
    public async Task Money_arrives_in_the_other_account_and_the_answer_tells_of_the_one_that_it_left()
    {
        var (child, sister) = (await silo.NewAccount(meal: 50_000), await silo.NewAccount(meal: 1_000));
        var transfer = To(sister, 20_000);

        var answer = await Driver.Transfer(child, transfer);

        (answer.Refusal, answer.Seq, answer.Meal).ShouldBe((AccountRefusal.None, 2, new Money(30_000)));
        (await MealOf(sister)).ShouldBe(21_000);
        (await Driver.Transfer(child, transfer)).ShouldBe(answer);
        (await MealOf(child), await MealOf(sister)).ShouldBe((30_000, 21_000));
        await NothingIsLeftOver(child);
    }

    [Fact]
    public async Task What_cannot_be_taken_comes_back_and_stays_declined()
    {
        var (child, sister) = (await silo.NewAccount(meal: 50_000), await silo.NewAccount(meal: Limits.BalanceMax));
        var transfer = To(sister, 20_000);

        (await Driver.Transfer(child, transfer)).Refusal.ShouldBe(AccountRefusal.TransferDeclined);
        (await _cluster.Account(sister).Sell(Given.Sale(_cluster.NextId(), 30_000), CardRefusal.None)).Refusal.ShouldBe(AccountRefusal.None);

        // There is room now, but the operation has its answer; another operation finds the room.
        (await Driver.Transfer(child, transfer)).Refusal.ShouldBe(AccountRefusal.TransferDeclined);
        (await MealOf(child)).ShouldBe(50_000);
        (await Driver.Transfer(child, To(sister, 20_000))).Refusal.ShouldBe(AccountRefusal.None);
        (await MealOf(child), await MealOf(sister)).ShouldBe((30_000, Limits.BalanceMax - 10_000));
        await NothingIsLeftOver(child);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(20)]
    public async Task Between_purses_of_one_account_a_repeat_gets_the_first_answer_however_long_ago(int salesAfter)
    {
        var child = await silo.NewAccount(meal: 50_000);
        var account = _cluster.Account(child);
        var transfer = To(child, 20_000) with { ToPurse = Purse.Transport };

        var answer = await Driver.Transfer(child, transfer);
        for (var i = 0; i < salesAfter; i++) await account.Sell(Given.Sale(_cluster.NextId(), 100), CardRefusal.None);
        await _cluster.Deactivate(account);

        (answer.Seq, answer.Meal, answer.Transport).ShouldBe((3, new Money(30_000), new Money(20_000)));
        (await Driver.Transfer(child, transfer)).ShouldBe(answer);
        (await _cluster.Ledger(child)).Count.ShouldBe(3 + salesAfter);
        await NothingIsLeftOver(child);
    }

    [Fact]
    public async Task Nothing_leaves_for_an_account_that_nobody_registered()
    {
        var child = await silo.NewAccount(meal: 50_000);

        (await Driver.Transfer(child, To(Given.Number(silo.Next()), 20_000))).Refusal.ShouldBe(AccountRefusal.ReceiverUnknown);

        (await MealOf(child)).ShouldBe(50_000);
    }

    public static TheoryData<int, Accident, bool> EveryStep()
    {
        var all = new TheoryData<int, Accident, bool>();
        foreach (var accident in Enum.GetValues<Accident>())
        {
            for (var step = 1; step <= 2; step++) all.Add(step, accident, false);
            for (var step = 1; step <= 3; step++) all.Add(step, accident, true);
        }

        return all;
    }

    [Theory, MemberData(nameof(EveryStep))]
    public async Task Whatever_step_breaks_the_same_operation_finishes_it_once(int step, Accident accident, bool isDeclined)
    {
        var (child, sister) = (await silo.NewAccount(meal: 50_000), await silo.NewAccount(meal: isDeclined ? Limits.BalanceMax : 1_000));
        var transfer = To(sister, 20_000);
        var before = await MealOf(sister);
        for (var good = 1; good < step; good++) PassNext();
        Break(accident);

        await Should.ThrowAsync<Exception>(() => Driver.Transfer(child, transfer));

        (await Driver.Transfer(child, transfer)).Refusal.ShouldBe(isDeclined ? AccountRefusal.TransferDeclined : AccountRefusal.None);
        (await MealOf(child), await MealOf(sister)).ShouldBe(isDeclined ? (50_000, before) : (30_000, before + 20_000));
        await NothingIsLeftOver(child);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_left_half_done_is_listed_and_finished_by_whoever_comes_first(bool isDeclined)
    {
        var (child, sister) = (await silo.NewAccount(meal: 50_000), await silo.NewAccount(meal: isDeclined ? Limits.BalanceMax : 0));
        var left = await _cluster.Account(child).Transfer(To(sister, 20_000));
        var open = (await Log.Find(new EntryKey(child, left.Seq))).ShouldNotBeNull();

        (open.To, open.Purse, open.Amount).ShouldBe((sister, Purse.Meal, new Money(20_000)));
        (await Log.List(200)).Oldest.ShouldContain(open);

        var ends = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => i % 2 == 0 ? Driver.Finish(open) : Driver.Finish(open.Left)));

        ends.ShouldAllBe(hasArrived => hasArrived == !isDeclined);
        (await MealOf(child), await MealOf(sister)).ShouldBe(isDeclined ? (50_000, Limits.BalanceMax) : (30_000, 20_000));
        // A driver that slept through it all does no harm.
        (await Driver.Finish(open)).ShouldBe(!isDeclined);
        await NothingIsLeftOver(child);
    }

    [Fact]
    public async Task Families_that_move_money_all_at_once_lose_none()
    {
        var family = new List<AccountNumber>();
        for (var i = 0; i < 4; i++) family.Add(await silo.NewAccount(meal: 10_000));
        var transfers = (
            from round in Enumerable.Range(0, 10)
            from giver in family
            from taker in family
            where giver != taker
            select (From: giver, Transfer: To(taker, 500 + round))).ToList();

        var answers = await Task.WhenAll(transfers.Select(one => Driver.Transfer(one.From, one.Transfer)));

        answers.Count(answer => answer.Refusal == AccountRefusal.None).ShouldBeGreaterThan(40);
        var total = 0L;
        foreach (var one in family) total += await MealOf(one);
        total.ShouldBe(40_000);
        await NothingIsLeftOver([.. family]);
        await _cluster.Audit();
    }

    private Transfer To(AccountNumber to, long amount) => Given.Transfer(_cluster.NextId(), to, amount);

    private async Task<long> MealOf(AccountNumber number) => (await _cluster.Account(number).Get()).ShouldNotBeNull().Meal.Kopecks;

    private async Task NothingIsLeftOver(params AccountNumber[] from) => (await Log.List(200)).Oldest.Where(open => from.Contains(open.Left.Account)).ShouldBeEmpty();

    private void PassNext() => _cluster.Script.HoldNext().Release();

    private void Break(Accident accident)
    {
        switch (accident)
        {
            case Accident.NothingWritten:
                _cluster.Script.FailNext();
                break;
            case Accident.AnswerLost:
                _cluster.Script.LoseNextAnswer();
                break;
            default:
                _cluster.Script.FenceNext();
                break;
        }
    }
}
