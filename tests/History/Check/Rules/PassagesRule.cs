using Zvonok.Gate.V1;

namespace Zvonok.History.Check.Rules;

/// <summary>
/// Who was inside, worked out again from the passages that the journal has before, decides direction and flag (P2, P3): by what each did last by the time of the event (O3). Cards of a played city open their
/// home building, and no mode is on: nobody may be refused.
/// </summary>
internal sealed class PassagesRule : IRule
{
    public string Name => "Every passage follows from those before it";

    public IEnumerable<Breach> Breaches(Evidence evidence)
    {
        foreach (var ledger in evidence.Ledgers.Where(ledger => ledger is { IsWhole: true, Lines: [{ Row: PassageRow }, ..] }))
        {
            var last = new Dictionary<long, PassageRow>();
            foreach (var line in ledger.Lines)
            {
                var row = (PassageRow)line.Row;
                var day = evidence.DayOf(row.EventAt);
                var isKnown = last.TryGetValue(row.Account, out var before);
                var isInside = isKnown && before!.Direction == Direction.In && evidence.DayOf(before.EventAt) == day;
                if (line.By?.Operation is TapOperation tap && !Follows(row, tap.Request.Direction, isInside))
                    yield return new Breach(Name, $"{(isInside ? "inside" : "not inside")} before {row}", line.By);
                if (!isKnown || (before!.EventAt, before.Operation).CompareTo((row.EventAt, row.Operation)) <= 0) last[row.Account] = row;
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
