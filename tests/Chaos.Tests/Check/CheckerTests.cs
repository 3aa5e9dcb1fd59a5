using Grpc.Core;
using Direction = Zvonok.Gate.V1.Direction;

namespace Zvonok.Chaos.Tests.Check;

/// <summary>Every kind of breach, planted into a history that is right but for it, is found under its own name; what is right passes.</summary>
public sealed class CheckerTests
{
    private const string Numbers = "Every account and building is numbered";
    private const string Once = "Every operation is in the journal at most once";
    private const string Answers = "What was acknowledged is in the journal";
    private const string Unwritten = "What was refused is not in the journal";
    private const string RealTime = "What was acknowledged before another was sent";
    private const string Balances = "Every balance is the one before";
    private const string Granted = "What was granted was allowed";
    private const string RefusedRightly = "What was refused had to be refused";
    private const string Passages = "Every passage follows";
    private const string Faults = "No silo finds fault";

    private readonly Histories _history = new();

    [Fact]
    public void A_right_history_passes()
    {
        var early = _history.Sale();
        _history.Refuse(early, 0, 0.1, "InsufficientFunds");
        _history.Grant(_history.TopUp(500), 1, 1.1);
        _history.Grant(_history.Sale(), 2, 2.1);
        _history.Grant(_history.Limit(_history.Price), 3, 3.1);
        var atLimit = _history.Sale();
        _history.Refuse(atLimit, 4, 4.1, "DailyLimit");
        _history.Grant(_history.Reversal(2), 5, 5.1);
        _history.Refuse(_history.Reversal(2), 6, 6.1, "AlreadyReversed");
        _history.Grant(_history.Sale(), 7, 7.1);
        _history.Grant(_history.Limit(null), 8, 8.1);
        _history.Grant(_history.Sale(), 9, 9.1);
        // One after the other: of two in one millisecond the operation's id says which was first.
        foreach (var (at, direction) in new[] { Direction.Toggle, Direction.In, Direction.Toggle, Direction.Out, Direction.In }.Index()) _history.Grant(_history.Tap(direction), 10 + at, 10.1 + at);
        // Not in the journal, and nobody was told that it is.
        _history.Lose(_history.TopUp(100), 16, 17);

        _history.Breaches().ShouldBeEmpty();
    }

    [Fact]
    public void An_acknowledged_operation_that_is_missing_is_found()
    {
        var lost = _history.Grant(_history.TopUp(500), 0, 1);
        _history.Rows.Remove(lost);
        Finds(Answers);
    }

    [Fact]
    public void An_acknowledged_passage_that_is_missing_is_found()
    {
        _history.Grant(_history.Tap(Direction.In), 0, 1);
        _history.Rows.Clear();
        Finds(Answers);
    }

    [Fact]
    public void An_operation_that_is_there_twice_is_found()
    {
        var topUp = _history.TopUp(500);
        _history.Grant(topUp, 0, 1);
        _history.Write(topUp, 1);
        Finds(Once);
    }

    [Fact]
    public void A_row_that_nobody_asked_for_is_found()
    {
        var topUp = _history.TopUp(500);
        _history.Grant(topUp, 0, 1);
        _history.Operations.Remove(topUp);
        Finds(Once);
    }

    [Fact]
    public void A_number_that_is_there_twice_is_found()
    {
        _history.Grant(_history.TopUp(500), 0, 1);
        var second = (EntryRow)_history.Grant(_history.TopUp(500), 2, 3);
        _history.Replace(second, second with { Seq = 1 });
        Finds(Numbers);
    }

    [Fact]
    public void A_gap_in_the_numbers_is_found()
    {
        _history.Grant(_history.TopUp(500), 0, 1);
        var second = _history.TopUp(500);
        _history.Rows.Remove(_history.Write(second, 1));
        _history.Grant(_history.TopUp(500), 2, 3);
        Finds(Numbers);
    }

    [Fact]
    public void Two_answers_to_one_operation_are_found()
    {
        var topUp = _history.TopUp(500);
        var row = (EntryRow)_history.Grant(topUp, 0, 1);
        _history.Answer(topUp, 2, 3, topUp.Operation.AnswerOf(row with { Seq = 2 }));
        Finds(Answers);
    }

    [Fact]
    public void An_answer_that_tells_another_balance_is_found()
    {
        var topUp = _history.TopUp(500);
        var row = (EntryRow)_history.Write(topUp, 0);
        _history.Answer(topUp, 0, 1, topUp.Operation.AnswerOf(row with { MealAfter = 501 }));
        Finds(Answers);
    }

    [Fact]
    public void A_row_that_is_not_what_was_asked_for_is_found()
    {
        var row = (EntryRow)_history.Grant(_history.TopUp(500), 0, 1);
        _history.Replace(row, row with { Kind = EntryRow.LimitChange });
        Finds(Answers);
    }

    [Fact]
    public void A_refused_operation_that_is_written_is_found()
    {
        var sale = _history.Sale();
        _history.Refuse(sale, 0, 0.1, "InsufficientFunds");
        _history.Grant(_history.TopUp(500), 1, 1.1);
        _history.Write(sale, 2);
        Finds(Unwritten);
        Finds(Unwritten, attemptsLinger: true);
    }

    [Fact]
    public void An_attempt_that_lingers_may_be_granted_after_a_later_one_was_refused()
    {
        var sale = _history.Sale();
        _history.Lose(sale, 0, 3);
        _history.Refuse(sale, 3, 3.1, "InsufficientFunds");
        _history.Grant(_history.TopUp(500), 4, 4.1);
        _history.Write(sale, 20);
        _history.Breaches(attemptsLinger: true).ShouldBeEmpty();
        // Where nothing lingers, nothing of the kind may be.
        Finds(Unwritten);
    }

    [Fact]
    public void A_refusal_after_the_grant_is_found_even_where_attempts_linger()
    {
        _history.Grant(_history.TopUp(_history.Price), 0, 1);
        var sale = _history.Sale();
        _history.Grant(sale, 2, 3);
        _history.Refuse(sale, 4, 5, "InsufficientFunds");
        Finds(Unwritten, attemptsLinger: true);
    }

    [Fact]
    public void Numbers_against_the_clients_time_are_found()
    {
        var late = _history.TopUp(500);
        _history.Grant(late, 10, 11);
        _history.Grant(_history.TopUp(500), 0, 1);
        Finds(RealTime);
    }

    [Fact]
    public void Passages_against_the_clients_time_are_found()
    {
        _history.Grant(_history.Tap(Direction.In), 10, 11);
        _history.Grant(_history.Tap(Direction.Out), 0, 1);
        Finds(RealTime);
    }

    [Fact]
    public void Operations_at_the_same_time_may_have_their_numbers_in_either_order()
    {
        _history.Grant(_history.TopUp(500), 5, 10);
        _history.Grant(_history.TopUp(500), 0, 6);
        _history.Breaches().ShouldBeEmpty();
    }

    [Fact]
    public void A_repeat_may_be_answered_long_after_the_number_was_given()
    {
        var topUp = _history.TopUp(500);
        _history.Lose(topUp, 0, 3);
        _history.Write(topUp, 2);
        _history.Grant(_history.TopUp(100), 4, 5);
        _history.Answer(topUp, 30, 31, topUp.Operation.AnswerOf(_history.Rows[0]));
        _history.Breaches().ShouldBeEmpty();
    }

    [Fact]
    public void A_balance_that_does_not_follow_from_the_amounts_is_found()
    {
        _history.Grant(_history.TopUp(500), 0, 1);
        var sale = _history.Sale();
        var row = (EntryRow)_history.Write(sale, 2);
        var forked = row with { MealAfter = row.MealAfter + 500 };
        _history.Replace(row, forked);
        _history.Answer(sale, 2, 3, sale.Operation.AnswerOf(forked));
        Finds(Balances);
    }

    [Fact]
    public void A_sale_that_the_purse_does_not_cover_is_found()
    {
        _history.Grant(_history.Sale(), 0, 1);
        Finds(Granted);
        Finds(Balances);
    }

    [Fact]
    public void A_sale_beyond_the_limit_that_was_set_before_it_is_found()
    {
        _history.Grant(_history.TopUp(500), 0, 1);
        _history.Grant(_history.Limit(_history.Price - 1), 2, 3);
        _history.Grant(_history.Sale(), 4, 5);
        Finds(Granted);
    }

    [Fact]
    public void A_sale_that_is_taken_back_twice_is_found()
    {
        _history.Grant(_history.TopUp(500), 0, 1);
        _history.Grant(_history.Sale(), 2, 3);
        _history.Grant(_history.Reversal(2), 4, 5);
        _history.Grant(_history.Reversal(2), 6, 7);
        Finds(Granted);
    }

    [Fact]
    public void A_refusal_although_the_purse_was_full_all_the_time_is_found()
    {
        _history.Grant(_history.TopUp(500), 0, 1);
        _history.Refuse(_history.Sale(), 2, 3, "InsufficientFunds");
        _history.Grant(_history.TopUp(500), 4, 5);
        Finds(RefusedRightly);
    }

    [Fact]
    public void A_refusal_for_a_limit_that_was_lifted_before_is_found()
    {
        _history.Grant(_history.TopUp(500), 0, 1);
        _history.Grant(_history.Limit(1), 2, 3);
        _history.Grant(_history.Limit(null), 4, 5);
        _history.Refuse(_history.Sale(), 6, 7, "DailyLimit");
        Finds(RefusedRightly);
    }

    [Fact]
    public void A_refusal_may_be_right_for_any_moment_of_the_call()
    {
        _history.Grant(_history.TopUp(500), 1, 3);
        _history.Refuse(_history.Sale(), 2, 4, "InsufficientFunds");
        _history.Breaches().ShouldBeEmpty();
    }

    [Fact]
    public void A_repeat_may_be_told_the_refusal_of_the_attempt_before()
    {
        var sale = _history.Sale();
        _history.Lose(sale, 0, 3);
        _history.Grant(_history.TopUp(500), 4, 5);
        _history.Refuse(sale, 6, 7, "InsufficientFunds");
        _history.Breaches().ShouldBeEmpty();
    }

    [Fact]
    public void A_reversal_that_is_refused_without_another_before_it_is_found()
    {
        _history.Grant(_history.TopUp(500), 0, 1);
        _history.Grant(_history.Sale(), 2, 3);
        _history.Refuse(_history.Reversal(2), 4, 5, "AlreadyReversed");
        Finds(RefusedRightly);
    }

    [Fact]
    public void A_refused_limit_is_found()
    {
        _history.Refuse(_history.Limit(5), 0, 1, "AccountUnknown");
        Finds(RefusedRightly);
    }

    [Fact]
    public void A_passage_that_does_not_follow_from_who_is_inside_is_found()
    {
        _history.Grant(_history.Tap(Direction.In), 0, 1);
        var tap = _history.Tap(Direction.Toggle);
        var row = (PassageRow)_history.Write(tap, 2);
        var wrong = row with { Direction = Direction.In, Outcome = Zvonok.Gate.V1.Outcome.Admitted };
        _history.Replace(row, wrong);
        _history.Answer(tap, 2, 3, tap.Operation.AnswerOf(wrong));
        Finds(Passages);
    }

    [Fact]
    public void A_fault_found_with_a_right_request_is_found()
    {
        _history.Lose(_history.TopUp(500), 0, 1, StatusCode.Internal);
        Finds(Faults);
    }

    [Fact]
    public void A_breach_tells_the_history_of_its_operation()
    {
        var topUp = _history.TopUp(500);
        _history.Lose(topUp, 0, 3);
        _history.Rows.Remove(_history.Grant(topUp, 4, 5));
        var told = _history.Breaches().ShouldHaveSingleItem().ToString();
        told.ShouldContain(topUp.Operation.Id.ToString());
        told.ShouldContain("sent at 0.000 s");
        told.ShouldContain("sent at 4.000 s");
    }

    private void Finds(string rule, bool attemptsLinger = false) =>
        _history.Breaches(attemptsLinger).Select(breach => breach.Rule).ShouldContain(name => name.StartsWith(rule, StringComparison.Ordinal), _history.ToString());
}
