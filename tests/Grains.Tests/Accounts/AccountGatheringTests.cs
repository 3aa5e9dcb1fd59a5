using Zvonok.Grains.Tests.Clusters;

namespace Zvonok.Grains.Tests.Accounts;

/// <summary>Sales that come while one is on its way to the journal: decided one after the other, written together, answered when they are durable.</summary>
[Collection(nameof(OneSilo))]
public sealed class AccountGatheringTests(OneSilo silo)
{
    private const int Sales = 20;

    // AccountCase has 80,000 in the purse; the one that is held takes the first thousand.
    private const long Rest = 79_000;
    private const long FirstSeq = AccountCase.NextSeq + 1;
    private readonly TestCluster _cluster = silo.Cluster;

    public static TheoryData<string> Failures => Gathered.Failures;

    [Fact]
    [Trait("Rule", "M1")]
    public async Task What_comes_meanwhile_goes_together()
    {
        var account = await AccountCase.Create(silo);
        var before = _cluster.Script.Appends;

        var answers = await Gather(account, () => Enumerable.Range(0, Sales).Select(_ => Sell(account, 1_000)));

        var told = (await Task.WhenAll(answers)).OrderBy(answer => answer.Seq).ToList();
        told.Select(answer => answer.Seq).ShouldBe(Enumerable.Range((int)FirstSeq, Sales).Select(seq => (long)seq));
        told.Select(answer => answer.Meal.Kopecks).ShouldBe(Enumerable.Range(1, Sales).Select(sold => Rest - (1_000 * sold)));
        // One by one it would be an append for each.
        (_cluster.Script.Appends - before).ShouldBeLessThan(Sales / 2);
        await IsAsRead(account, FirstSeq + Sales - 1);
    }

    [Fact]
    [Trait("Rule", "M1")]
    public async Task No_more_is_sold_than_the_purse_holds_and_what_is_refused_is_refused_again()
    {
        var account = await AccountCase.Create(silo);
        var operations = Operations();

        var answers = await Task.WhenAll(await Gather(account, () => operations.Select(operation => Sell(account, 10_000, operation))));
        var repeats = await Task.WhenAll(operations.Select(operation => Sell(account, 10_000, operation)));

        answers.Count(answer => answer.Refusal == AccountRefusal.None).ShouldBe(7);
        answers.Count(answer => answer.Refusal == AccountRefusal.InsufficientFunds).ShouldBe(Sales - 7);
        repeats.ShouldBe(answers);
        await IsAsRead(account, FirstSeq + 6);
    }

    [Fact]
    [Trait("Rule", "M2")]
    public async Task A_limit_that_is_set_holds_for_those_behind_it()
    {
        var account = await AccountCase.Create(silo);

        Task<AccountAnswer> change = null!;
        var answers = await Gather(account, () =>
        {
            List<Task<AccountAnswer>> before = [.. Enumerable.Range(0, 8).Select(_ => Sell(account, 1_000))];
            change = account.Grain.Change(Given.LimitChange(_cluster.NextId(), 0)).AsTask();
            return [.. before, .. Enumerable.Range(0, 8).Select(_ => Sell(account, 1_000))];
        });

        // Messages may overtake each other on their way; what counts is the order in which they were served.
        var limited = (await change).Seq;
        var told = await Task.WhenAll(answers);
        var granted = told.Where(answer => answer.Refusal == AccountRefusal.None).ToList();
        granted.Select(answer => answer.Seq).Order().ShouldBe(Enumerable.Range((int)FirstSeq, granted.Count).Select(seq => (long)seq));
        limited.ShouldBe(FirstSeq + granted.Count);
        told.Except(granted).ShouldAllBe(answer => answer.Refusal == AccountRefusal.DailyLimit);
    }

    [Fact]
    [Trait("Rule", "D2")]
    public async Task The_same_operation_twice_is_one_entry_and_other_content_under_its_id_an_error()
    {
        var account = await AccountCase.Create(silo);
        var operation = _cluster.NextId();

        var answers = await Gather(account, () => Enumerable.Range(0, 5).Select(_ => Sell(account, 1_000, operation)).Append(Sell(account, 1_001, operation)));

        await Tasks.AllEnded(answers);
        answers.Count(answer => answer.IsFaulted).ShouldBeOneOf(1, 5);
        answers.Where(answer => answer.IsFaulted).ShouldAllBe(answer => answer.Exception!.InnerException is OperationReusedException);
        answers.Where(answer => answer.IsCompletedSuccessfully).Select(answer => answer.Result).Distinct().ShouldHaveSingleItem().Seq.ShouldBe(FirstSeq);
        await IsAsRead(account, FirstSeq);
    }

    [Fact]
    [Trait("Rule", "M2")]
    public async Task A_sale_of_yesterday_counts_on_all_that_gathered_before_it()
    {
        var account = await AccountCase.Create(silo);
        (await account.Grain.Change(Given.LimitChange(_cluster.NextId(), 26_000))).Refusal.ShouldBe(AccountRefusal.None);
        var (evening, night) = (Given.Morning + Duration.FromHours(14), Given.Morning + Duration.FromHours(16));
        var zone = DateTimeZoneProviders.Tzdb[Given.Zone];
        night.InZone(zone).Date.ShouldBe(evening.InZone(zone).Date.PlusDays(1));

        // 20,000 and what is held were spent on the day before; of what follows, by turns of today and of then, 5 more fit into that.
        var answers = await Task.WhenAll(await Gather(
            account,
            () => Enumerable.Range(0, 16).Select(i => account.Grain.Sell(Given.Sale(_cluster.NextId(), 1_000, i % 2 == 0 ? null : evening), CardRefusal.None).AsTask()),
            next: () => _cluster.Clock.Set(night),
            at: evening));

        var (today, then) = (answers.Where((_, i) => i % 2 == 0), answers.Where((_, i) => i % 2 == 1));
        today.ShouldAllBe(answer => answer.Refusal == AccountRefusal.None);
        then.Count(answer => answer.Refusal == AccountRefusal.None).ShouldBe(5);
        then.Count(answer => answer.Refusal == AccountRefusal.DailyLimit).ShouldBe(3);
    }

    [Theory, MemberData(nameof(Failures))]
    public async Task When_the_journal_fails_them_all_fail_and_their_repeats_are_each_one_entry(string how)
    {
        var account = await AccountCase.Create(silo);
        var operations = Operations();

        var answers = await Gather(account, () => operations.Select(operation => Sell(account, 1_000, operation)), () => _cluster.Script.Play(how));
        await Tasks.AllEnded(answers);
        var repeats = await Task.WhenAll(operations.Select(operation => Sell(account, 1_000, operation)));

        answers.Count(answer => answer.IsFaulted).ShouldBeGreaterThan(1);
        repeats.Select(answer => answer.Seq).Order().ShouldBe(Enumerable.Range((int)FirstSeq, Sales).Select(seq => (long)seq));
        await IsAsRead(account, FirstSeq + Sales - 1);
    }

    [Fact]
    public async Task What_was_refused_on_sales_that_failed_is_no_answer()
    {
        var account = await AccountCase.Create(silo);
        var (large, small) = (_cluster.NextId(), _cluster.NextId());

        var answers = await Gather(account, () => [Sell(account, Rest, large), Sell(account, 1_000, small)], () => _cluster.Script.Play("fails"));
        await Tasks.AllEnded(answers);

        // The large one was never written, so the small one may be had.
        answers.ShouldAllBe(answer => answer.IsFaulted);
        (await Sell(account, 1_000, small)).Seq.ShouldBe(FirstSeq);
        (await Sell(account, Rest, large)).Refusal.ShouldBe(AccountRefusal.InsufficientFunds);
        await IsAsRead(account, FirstSeq);
    }

    [Fact]
    public async Task A_question_hears_of_nothing_that_is_not_durable()
    {
        var account = await AccountCase.Create(silo);
        Task<AccountView> view = null!;

        var answers = await Gather(
            account,
            SalesAndThenAQuestion,
            () => _cluster.Script.Play("fails"));
        await Tasks.AllEnded(answers);

        (await view).Meal.ShouldBe(new Money(Rest));
        (await account.Ledger()).Count.ShouldBe((int)FirstSeq - 1);

        IEnumerable<Task<AccountAnswer>> SalesAndThenAQuestion()
        {
            for (var n = 0; n < 4; n++) yield return Sell(account, 1_000);
            view = account.View();
        }
    }

    private List<OperationId> Operations() => [.. Enumerable.Range(0, Sales).Select(_ => _cluster.NextId())];

    private Task<AccountAnswer> Sell(AccountCase account, long total, OperationId? operation = null) =>
        account.Grain.Sell(Given.Sale(operation ?? _cluster.NextId(), total), CardRefusal.None).AsTask();

    /// <summary>A sale of 1,000 is held, and the calls gather behind it.</summary>
    private async Task<Task<AccountAnswer>[]> Gather(AccountCase account, Func<IEnumerable<Task<AccountAnswer>>> calls, Action? next = null, Instant? at = null)
    {
        await account.View();
        var first = Given.Sale(_cluster.NextId(), 1_000, at);
        return await Gathered.Behind(
            _cluster, account.Grain, async () => (await account.Grain.Sell(first, CardRefusal.None)).Refusal.ShouldBe(AccountRefusal.None), calls, next);
    }

    /// <summary>What the account thinks is what another activation reads.</summary>
    private async Task IsAsRead(AccountCase account, long entries)
    {
        var thought = await account.View();
        await _cluster.Deactivate(account.Grain);
        thought.Seq.ShouldBe(entries);
        (await account.View()).ShouldBe(thought);
    }
}
