using Zvonok.Grains.Days;
using Zvonok.Grains.Tests.Clusters;

namespace Zvonok.Grains.Tests.Accounts;

[Collection(nameof(OneSilo))]
[Trait("Rule", "M6")]
public sealed class OrderTests(OneSilo silo)
{
    private static readonly Duration ADay = Duration.FromHours(24);

    private readonly TestCluster _cluster = silo.Cluster;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_week_is_ordered_in_one_operation_and_what_is_open_survives_a_deactivation(bool isAnswerLost)
    {
        var account = _cluster.Account(await silo.NewAccount(meal: 100_000));
        var week = Given.OrderChange(_cluster.NextId(), placed: [.. Enumerable.Range(1, 5).Select(days => Given.Order(days: days))]);
        if (isAnswerLost)
        {
            _cluster.Script.LoseNextAnswer();
            await Should.ThrowAsync<JournalUnavailableException>(async () => await account.ChangeOrders(week));
        }

        var answer = await account.ChangeOrders(week);
        await _cluster.Deactivate(account);

        (answer.Refusal, answer.Seq, answer.Meal).ShouldBe((AccountRefusal.None, 6, new Money(50_000)));
        (await account.ChangeOrders(week)).ShouldBe(answer);
        var open = (await account.ListOrders())!;
        open.Select(order => order.Order).ShouldBe(week.Placed, ignoreOrder: true);
        open.Select(order => order.Seq).ShouldBe([2, 3, 4, 5, 6], ignoreOrder: true);
        open.ShouldAllBe(order => order.Operation == week.Operation);
    }

    [Fact]
    public async Task A_week_that_does_not_fit_is_not_ordered_at_all()
    {
        var account = _cluster.Account(await silo.NewAccount(meal: 49_999));

        (await account.ChangeOrders(Given.OrderChange(_cluster.NextId(), placed: [.. Enumerable.Range(1, 5).Select(days => Given.Order(days: days))])))
            .ShouldSatisfyAllConditions(answer => answer.Refusal.ShouldBe(AccountRefusal.InsufficientFunds), answer => answer.Lines.ShouldBe(LineSet.Of(4)));

        (await account.Get())!.Seq.ShouldBe(1);
        (await account.ListOrders())!.ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_many_tills_that_ask_at_the_same_time_one_hands_it_out()
    {
        var account = _cluster.Account(await silo.NewAccount(meal: 10_000));
        (await account.ChangeOrders(Given.OrderChange(_cluster.NextId(), placed: Given.Order()))).Refusal.ShouldBe(AccountRefusal.None);
        _cluster.Clock.Advance(ADay);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => account.RedeemOrder(Given.OrderRedemption(_cluster.NextId()), CardRefusal.None).AsTask()));

        answers.Count(answer => answer.Refusal == AccountRefusal.None).ShouldBe(1);
        answers.Count(answer => answer.Refusal == AccountRefusal.NotOrdered).ShouldBe(19);
        await _cluster.Deactivate(account);
        (await account.ListOrders())!.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_fetched_at_the_moment_when_its_day_is_closed_is_fetched_or_ended_and_never_both()
    {
        var numbers = new List<AccountNumber>();
        var school = await silo.NewBuilding();
        for (var i = 0; i < 10; i++) numbers.Add(await silo.NewAccount(meal: 10_000));
        foreach (var number in numbers) await _cluster.Account(number).ChangeOrders(Given.OrderChange(_cluster.NextId(), placed: Given.Order(building: school)));
        _cluster.Clock.Advance(ADay);
        var open = await _cluster.Part<IDayLog>().ListOrders(school, new LocalDate(2026, 9, 2), 100);
        open.Select(order => order.Account).ShouldBe(numbers, ignoreOrder: true);

        var redemptions = numbers.Select(number => _cluster.Account(number).RedeemOrder(Given.OrderRedemption(_cluster.NextId()), CardRefusal.None).AsTask()).ToList();
        var expiries = open.Select(order => _cluster.Account(order.Account).ExpireOrder(order.Order.Expiry(order.Account)).AsTask()).ToList();
        var (fetched, ended) = (await Task.WhenAll(redemptions), await Task.WhenAll(expiries));

        fetched.Concat(ended).Count(answer => answer.Refusal == AccountRefusal.None).ShouldBe(10);
        (await _cluster.Part<IDayLog>().ListOrders(school, new LocalDate(2026, 9, 2), 100)).ShouldBeEmpty();
        await _cluster.Audit();
    }

    [Fact]
    public async Task An_activation_that_another_has_overtaken_serves_nothing_twice()
    {
        var number = await silo.NewAccount(meal: 10_000);
        var account = _cluster.Account(number);
        await account.ChangeOrders(Given.OrderChange(_cluster.NextId(), placed: Given.Order()));
        _cluster.Clock.Advance(ADay);
        _cluster.Script.FenceNext();

        await Should.ThrowAsync<StaleActivationException>(async () => await account.RedeemOrder(Given.OrderRedemption(_cluster.NextId()), CardRefusal.None));

        (await account.RedeemOrder(Given.OrderRedemption(_cluster.NextId()), CardRefusal.None)).Refusal.ShouldBe(AccountRefusal.None);
        (await account.RedeemOrder(Given.OrderRedemption(_cluster.NextId()), CardRefusal.None)).Refusal.ShouldBe(AccountRefusal.NotOrdered);
    }
}
