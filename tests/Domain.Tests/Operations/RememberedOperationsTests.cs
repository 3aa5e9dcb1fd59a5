using Zvonok.Domain.Operations;

namespace Zvonok.Domain.Tests.Operations;

[Trait("Rule", "D2")]
public sealed class RememberedOperationsTests
{
    private static readonly Fingerprint Lunch = new(1);
    private static readonly Fingerprint Juice = new(2);

    [Fact]
    public void An_operation_never_seen_is_new()
    {
        var memory = new RememberedOperations<string>(4);

        memory.Recall(Id(1), Lunch, out var answer).ShouldBe(Recollection.New);
        answer.ShouldBeNull();
        memory.FloorUnixMilliseconds.ShouldBe(long.MinValue);
    }

    [Fact]
    public void An_operation_done_before_gets_its_first_answer()
    {
        var memory = Memory(4, 1, 2, 3);

        memory.Recall(Id(2), Lunch, out var answer).ShouldBe(Recollection.Remembered);
        answer.ShouldBe("answer 2");
    }

    [Fact]
    public void An_id_used_again_for_something_else_is_found_out()
    {
        var memory = Memory(4, 1, 2, 3);

        memory.Recall(Id(3), Juice, out _).ShouldBe(Recollection.Reused);
    }

    [Fact]
    public void A_full_memory_forgets_the_oldest_first()
    {
        var memory = Memory(3, 1, 2, 3, 4, 5);

        memory.Recall(Id(2), Lunch, out _).ShouldBe(Recollection.MaybeForgotten);
        foreach (var kept in new[] { 3, 4, 5 })
        {
            memory.Recall(Id(kept), Lunch, out var answer).ShouldBe(Recollection.Remembered);
            answer.ShouldBe($"answer {kept}");
        }
    }

    [Fact]
    public void Nothing_is_forgotten_before_the_memory_is_full()
    {
        var memory = Memory(5, 1, 2, 3, 4, 5);

        memory.FloorUnixMilliseconds.ShouldBe(long.MinValue);
        for (var n = 1; n <= 5; n++) memory.Recall(Id(n), Lunch, out _).ShouldBe(Recollection.Remembered);
        memory.Recall(Id(-100), Lunch, out _).ShouldBe(Recollection.New);
    }

    [Fact]
    public void An_id_made_after_the_floor_is_new_and_one_made_at_it_may_be_forgotten()
    {
        var memory = Memory(1, 1, 2);

        memory.FloorUnixMilliseconds.ShouldBe(Id(1).UnixMilliseconds);
        memory.Recall(OperationId.Create(At(1), 5, 5), Lunch, out _).ShouldBe(Recollection.MaybeForgotten);
        memory.Recall(OperationId.Create(At(0), 5, 5), Lunch, out _).ShouldBe(Recollection.MaybeForgotten);
        memory.Recall(OperationId.Create(At(1) + Duration.FromMilliseconds(1), 5, 5), Lunch, out _).ShouldBe(Recollection.New);
    }

    [Fact]
    public void The_floor_never_sinks()
    {
        var memory = Memory(1, 9, 3, 8);

        // 9 was forgotten first, then 3.
        memory.FloorUnixMilliseconds.ShouldBe(Id(9).UnixMilliseconds);
    }

    [Fact]
    public void A_remembered_id_below_the_floor_is_still_remembered()
    {
        var memory = Memory(2, 9, 3, 4);

        memory.FloorUnixMilliseconds.ShouldBe(Id(9).UnixMilliseconds);
        memory.Recall(Id(3), Lunch, out _).ShouldBe(Recollection.Remembered);
    }

    [Fact]
    public void What_the_journal_holds_unread_may_be_forgotten()
    {
        var memory = new RememberedOperations<string>(4);

        memory.ForgetUpTo(At(5));

        memory.FloorUnixMilliseconds.ShouldBe(At(5).ToUnixTimeMilliseconds());
        memory.Recall(Id(5), Lunch, out _).ShouldBe(Recollection.MaybeForgotten);
        memory.Recall(Id(6), Lunch, out _).ShouldBe(Recollection.New);

        memory.ForgetUpTo(At(4));
        memory.FloorUnixMilliseconds.ShouldBe(At(5).ToUnixTimeMilliseconds());
    }

    /// <summary>
    /// Against a memory without limit: what is remembered is right, what was used for something else is found out, and an
    /// id done before is never called new, in whatever order of times the ids come, and after however many restarts that
    /// read the newest records alone.
    /// </summary>
    [Fact]
    public void An_operation_done_before_is_never_called_new() =>
        Gen.Select(Gen.Int[1, 6], Gen.Select(Gen.Int[0, 40], Gen.Int[0, 2], Gen.Long[1, 2], Gen.Int[0, 9]).List[0, 60]).Sample((capacity, operations) =>
        {
            var memory = new RememberedOperations<int>(capacity);
            var journal = new List<(OperationId Id, Fingerprint Fingerprint)>();

            foreach (var (made, random, digest, restart) in operations)
            {
                if (restart == 0) memory = Reload(capacity, journal);
                var (id, fingerprint) = (OperationId.Create(At(made), (ulong)random, 0), new Fingerprint(digest));
                var recollection = memory.Recall(id, fingerprint, out var answer);
                var done = journal.FindIndex(record => record.Id == id);
                if (done < 0)
                {
                    recollection.ShouldBeOneOf(Recollection.New, Recollection.MaybeForgotten);
                    memory.Keep(id, fingerprint, journal.Count);
                    journal.Add((id, fingerprint));
                    continue;
                }

                recollection.ShouldBe(
                    done < journal.Count - capacity ? Recollection.MaybeForgotten :
                    journal[done].Fingerprint == fingerprint ? Recollection.Remembered : Recollection.Reused);
                if (recollection == Recollection.Remembered) answer.ShouldBe(done);
            }
        });

    /// <summary>As a grain wakes up: the newest records, and the latest making time up to the oldest of them.</summary>
    private static RememberedOperations<int> Reload(int capacity, List<(OperationId Id, Fingerprint Fingerprint)> journal)
    {
        var memory = new RememberedOperations<int>(capacity);
        var first = Math.Max(0, journal.Count - capacity);
        if (first > 0) memory.ForgetUpTo(journal.Take(first + 1).Max(record => record.Id.MadeAt));
        for (var i = first; i < journal.Count; i++) memory.Keep(journal[i].Id, journal[i].Fingerprint, i);
        return memory;
    }

    private static RememberedOperations<string> Memory(int capacity, params int[] minutes)
    {
        var memory = new RememberedOperations<string>(capacity);
        foreach (var minute in minutes) memory.Keep(Id(minute), Lunch, $"answer {minute}");
        return memory;
    }

    private static OperationId Id(int minute) => OperationId.Create(At(minute), 0, (ulong)minute);

    private static Instant At(int minute) => Given.Morning + Duration.FromMinutes(minute);
}
