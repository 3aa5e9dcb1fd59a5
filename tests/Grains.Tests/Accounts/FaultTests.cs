using Zvonok.Grains.Tests.Clusters;

namespace Zvonok.Grains.Tests.Accounts;

/// <summary>The journal fails; the account never says what is not so.</summary>
[Collection(nameof(OneSilo))]
public sealed class FaultTests(OneSilo silo)
{
    private readonly TestCluster _cluster = silo.Cluster;

    public static TheoryData<CommandKind> Kinds => [.. Enum.GetValues<CommandKind>()];

    [Theory, MemberData(nameof(Kinds))]
    public async Task After_an_append_that_failed_the_truth_is_read_again(CommandKind kind)
    {
        var account = await AccountCase.Create(silo);
        var operation = _cluster.NextId();
        var loads = _cluster.Reads.Loads;
        _cluster.Script.FailNext();

        await Should.ThrowAsync<JournalUnavailableException>(async () => await account.Do(kind, operation));

        await _cluster.Gone(account.Grain);
        await account.ShouldBeUntouched();
        _cluster.Reads.Loads.ShouldBe(loads + 1);
        (await account.Do(kind, operation)).Seq.ShouldBe(AccountCase.NextSeq);
        (await account.Ledger()).Count.ShouldBe((int)AccountCase.NextSeq);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task After_an_answer_that_was_lost_the_repeat_gets_the_committed_one(CommandKind kind)
    {
        var account = await AccountCase.Create(silo);
        var operation = _cluster.NextId();
        var decidedAt = _cluster.Clock.GetCurrentInstant();
        _cluster.Script.LoseNextAnswer();

        await Should.ThrowAsync<JournalUnavailableException>(async () => await account.Do(kind, operation));
        _cluster.Clock.Advance(Duration.FromMinutes(1));
        var answer = await account.Do(kind, operation);

        answer.Seq.ShouldBe(AccountCase.NextSeq);
        answer.Meal.ShouldBe(AccountCase.MealAfter(kind));
        answer.EventAt.ShouldBe(decidedAt);
        (await account.View()).Meal.ShouldBe(AccountCase.MealAfter(kind));
        (await account.Ledger()).Count.ShouldBe((int)AccountCase.NextSeq);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Another_operation_after_a_lost_answer_stands_on_the_committed_entry(CommandKind kind)
    {
        var account = await AccountCase.Create(silo);
        _cluster.Script.LoseNextAnswer();
        await Should.ThrowAsync<JournalUnavailableException>(async () => await account.Do(kind, _cluster.NextId()));

        var answer = await account.Grain.Sell(Given.Sale(_cluster.NextId(), 500), CardRefusal.None);

        answer.Seq.ShouldBe(AccountCase.NextSeq + 1);
        answer.Meal.ShouldBe(AccountCase.MealAfter(kind) - new Money(500));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_fenced_activation_says_so_and_is_gone(CommandKind kind)
    {
        var account = await AccountCase.Create(silo);
        var operation = _cluster.NextId();
        _cluster.Script.FenceNext();

        await Should.ThrowAsync<StaleActivationException>(async () => await account.Do(kind, operation));

        await _cluster.Gone(account.Grain);
        await account.ShouldBeUntouched();
        (await account.Do(kind, operation)).Seq.ShouldBe(AccountCase.NextSeq);
    }

    [Theory, MemberData(nameof(Kinds))]
    [Trait("Rule", "D2")]
    public async Task An_overloaded_journal_has_written_nothing_so_the_activation_stays(CommandKind kind)
    {
        var account = await AccountCase.Create(silo);
        var operation = _cluster.NextId();
        var loads = _cluster.Reads.Loads;
        _cluster.Script.OverloadNext();

        await Should.ThrowAsync<JournalOverloadedException>(async () => await account.Do(kind, operation));

        await account.ShouldBeUntouched();
        (await account.Do(kind, operation)).Seq.ShouldBe(AccountCase.NextSeq);
        _cluster.Reads.Loads.ShouldBe(loads);
    }
}
