using CsCheck;
using Direction = Zvonok.Gate.V1.Direction;

namespace Zvonok.Chaos.Tests.Check;

/// <summary>Histories that a right server may have made, however calls overlap and answers get lost, have no breach; one changed row has.</summary>
public sealed class RandomHistoryTests
{
    private const int Operations = 60;

    [Fact]
    public void What_a_right_server_answers_passes() => Gen.Int.Sample(seed => Played(seed).Breaches(attemptsLinger: true) is []);

    [Fact]
    public void A_row_that_is_taken_away_or_changed_is_found() => Gen.Int.Sample(seed =>
    {
        var history = Played(seed);
        var random = new Random(seed);
        var acknowledged = history.Operations.Where(recorded => recorded.Answers.Any(answer => answer is EntryAnswer or PassageAnswer))
            .Select(recorded => recorded.Operation.Id).ToHashSet();
        var rows = history.Rows.Where(row => acknowledged.Contains(row.Operation)).ToList();
        if (rows.Count == 0) return true;
        var row = rows[random.Next(rows.Count)];
        if (random.Next(2) == 0) history.Rows.Remove(row);
        else history.Replace(row, row is EntryRow entry ? entry with { MealAfter = entry.MealAfter + 1 } : row with { Seq = row.Seq + 1 });
        return history.Breaches(attemptsLinger: true).Count > 0;
    });

    // Operations take effect one after the other, each somewhere between its sending and its answer.
    private static Histories Played(int seed)
    {
        var random = new Random(seed);
        var history = new Histories();
        var (meal, sales) = (0L, new List<long>());
        for (var i = 1; i <= Operations; i++)
        {
            var (from, at, to) = (i - 3 * random.NextDouble(), (double)i, i + 3 * random.NextDouble());
            var recorded = random.Next(5) switch
            {
                0 => history.TopUp(50 + random.Next(100)),
                1 => history.Tap((Direction)random.Next(1, 4)),
                2 when sales.Count > 0 => history.Reversal(Take(sales, random)),
                _ => history.Sale(),
            };
            if (recorded.Operation is SaleOperation && meal < history.Price)
            {
                if (random.Next(4) == 0) history.Lose(recorded, from, at);
                history.Refuse(recorded, at, to, "InsufficientFunds");
                continue;
            }

            // Lost, and never written.
            var isLost = random.Next(6) == 0;
            if (isLost) history.Lose(recorded, from, to);
            if (isLost && random.Next(2) == 0) continue;
            var row = history.Write(recorded, at);
            if (row is EntryRow entry) meal = entry.MealAfter;
            if (recorded.Operation is SaleOperation && !isLost) sales.Add(row.Seq);
            if (!isLost) history.Answer(recorded, from, to, recorded.Operation.AnswerOf(row));
            else if (random.Next(2) == 0) history.Answer(recorded, to + 1, to + 2, recorded.Operation.AnswerOf(row));
        }

        return history;
    }

    private static long Take(List<long> sales, Random random)
    {
        var sale = sales[random.Next(sales.Count)];
        sales.Remove(sale);
        return sale;
    }
}
