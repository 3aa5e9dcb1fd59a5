using Zvonok.Grains.Tests.Clusters;

namespace Zvonok.Grains.Tests.Accounts;

/// <summary>Every command has one shape: remembered? decide, record, answer.</summary>
[Collection(nameof(OneSilo))]
public sealed class CommandTests(OneSilo silo)
{
    private readonly TestCluster _cluster = silo.Cluster;

    public static TheoryData<CommandKind> Kinds => [.. Enum.GetValues<CommandKind>()];

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_granted_command_is_one_entry_and_the_answer_tells_it(CommandKind kind)
    {
        var account = await AccountCase.Create(silo);
        var operation = _cluster.NextId();

        var answer = await account.Do(kind, operation);

        answer.ShouldBe(new AccountAnswer
        {
            Refusal = AccountRefusal.None,
            Account = account.Number,
            Seq = AccountCase.NextSeq,
            Meal = AccountCase.MealAfter(kind),
            Transport = AccountCase.TransportAfter(kind),
            EventAt = _cluster.Clock.GetCurrentInstant(),
        });
        var entry = (await account.Ledger())[^1];
        entry.Operation.ShouldBe(operation);
        AccountAnswer.Of(entry).ShouldBe(answer);
        (await account.View()).ShouldSatisfyAllConditions(
            view => view.Seq.ShouldBe(AccountCase.NextSeq),
            view => view.Meal.ShouldBe(AccountCase.MealAfter(kind)),
            view => view.Profile.DailyLimit.ShouldBe(kind == CommandKind.LimitChange ? new Money(90_000) : null));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_repeat_gets_the_first_answer_and_writes_nothing(CommandKind kind)
    {
        var account = await AccountCase.Create(silo);
        var operation = _cluster.NextId();
        var first = await account.Do(kind, operation);
        var appends = _cluster.Script.Appends;
        _cluster.Clock.Advance(Duration.FromMinutes(5));

        var again = await account.Do(kind, operation);

        again.ShouldBe(first);
        _cluster.Script.Appends.ShouldBe(appends);
        (await account.Ledger()).Count.ShouldBe((int)AccountCase.NextSeq);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Repeats_that_come_at_the_same_time_are_one_entry(CommandKind kind)
    {
        var account = await AccountCase.Create(silo);
        var operation = _cluster.NextId();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => account.Do(kind, operation).AsTask()));

        answers.Distinct().ShouldHaveSingleItem().Seq.ShouldBe(AccountCase.NextSeq);
        (await account.Ledger()).Count.ShouldBe((int)AccountCase.NextSeq);
    }

    [Theory, MemberData(nameof(Kinds))]
    [Trait("Rule", "D2")]
    public async Task An_id_used_again_for_other_content_is_an_error_and_changes_nothing(CommandKind kind)
    {
        var account = await AccountCase.Create(silo);
        var operation = _cluster.NextId();
        await account.Do(kind, operation);
        var before = await account.View();

        var fault = await Should.ThrowAsync<OperationReusedException>(async () => await account.Do(kind, operation, version: 1));

        fault.Field.ShouldBe("operation_id");
        fault.Message.ShouldContain(operation.ToString());
        (await account.View()).ShouldBe(before);
        (await account.Ledger()).Count.ShouldBe((int)AccountCase.NextSeq);
    }

    [Theory, MemberData(nameof(Kinds))]
    [Trait("Rule", "D2")]
    public async Task An_id_of_one_command_is_not_another_commands(CommandKind kind)
    {
        var account = await AccountCase.Create(silo);
        var operation = _cluster.NextId();
        await account.Do(kind, operation);

        foreach (var other in Enum.GetValues<CommandKind>().Where(other => other != kind))
            await Should.ThrowAsync<OperationReusedException>(async () => await account.Do(other, operation));

        (await account.Ledger()).Count.ShouldBe((int)AccountCase.NextSeq);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task An_id_from_the_future_is_an_error_and_changes_nothing(CommandKind kind)
    {
        var account = await AccountCase.Create(silo);
        var ahead = OperationId.Create(_cluster.Clock.GetCurrentInstant() + OperationRules.FutureSkewMax + Duration.FromMilliseconds(1), new Random(1));

        var fault = await Should.ThrowAsync<OperationFromFutureException>(async () => await account.Do(kind, ahead));

        fault.Message.ShouldContain("clock");
        await account.ShouldBeUntouched();
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task An_id_as_far_ahead_as_an_honest_clock_may_be_is_taken(CommandKind kind)
    {
        var account = await AccountCase.Create(silo);
        var ahead = OperationId.Create(_cluster.Clock.GetCurrentInstant() + OperationRules.FutureSkewMax, new Random(1));

        (await account.Do(kind, ahead)).Seq.ShouldBe(AccountCase.NextSeq);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task State_changes_only_after_the_commit(CommandKind kind)
    {
        var account = await AccountCase.Create(silo);
        var bystander = _cluster.Account(await silo.NewAccount());
        var before = await account.View();
        var barrier = _cluster.Script.HoldNext();

        var command = account.Do(kind, _cluster.NextId()).AsTask();
        await barrier.Reached;
        var seen = account.View();
        // Whatever would answer the question by now, has had its turns.
        for (var turn = 0; turn < 20; turn++) await bystander.Get();

        command.IsCompleted.ShouldBeFalse();
        if (seen.IsCompleted) (await seen).ShouldBe(before);
        (await account.Ledger()).Count.ShouldBe((int)AccountCase.NextSeq - 1);

        barrier.Release();
        (await command).Seq.ShouldBe(AccountCase.NextSeq);
        (await account.View()).Seq.ShouldBe(AccountCase.NextSeq);
    }
}
