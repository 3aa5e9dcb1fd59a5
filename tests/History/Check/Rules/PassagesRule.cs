using Zvonok.Gate.V1;

namespace Zvonok.History.Check.Rules;

/// <summary>
/// Who was inside, worked out again from the passages in the journal's order, decides direction and flag (P2, P3). Cards of
/// a played city open their home building, and no mode is on: nobody may be refused.
/// </summary>
internal sealed class PassagesRule : IRule
{
    public string Name => "Every passage follows from those before it";

    public IEnumerable<Breach> Breaches(Evidence evidence)
    {
        foreach (var ledger in evidence.Ledgers.Where(ledger => ledger is { IsWhole: true, Lines: [{ Row: PassageRow }, ..] }))
        {
            var inside = new Dictionary<long, LocalDate>();
            foreach (var line in ledger.Lines)
            {
                var row = (PassageRow)line.Row;
                var day = evidence.DayOf(row.EventAt);
                var isInside = inside.TryGetValue(row.Account, out var since) && since == day;
                if (line.By?.Operation is TapOperation tap && !Follows(row, tap.Request.Direction, isInside))
                    yield return new Breach(Name, $"{(isInside ? "inside" : "not inside")} before {row}", line.By);
                if (row.Direction == Direction.In) inside[row.Account] = day;
                else inside.Remove(row.Account);
            }
        }
    }

    private static bool Follows(PassageRow row, Direction asked, bool isInside)
    {
        var direction = asked != Direction.Toggle ? asked : isInside ? Direction.Out : Direction.In;
        var flag = (direction, isInside) switch
        {
            (Direction.In, true) => Flag.AlreadyInside,
            (Direction.Out, false) => Flag.NotInside,
            _ => Flag.Unspecified,
        };
        return row.Direction == direction && row.Flag == flag
            && row.Outcome == (flag == Flag.Unspecified ? Outcome.Admitted : Outcome.AdmittedFlagged);
    }
}
