using Zvonok.Domain.Buildings;

namespace Zvonok.Domain.Reports;

/// <summary>
/// How long somebody was inside (A4), told by their passages. Only what was seen counts: an entry whose exit nobody saw counts for nothing, but on its own day, until
/// now.
/// </summary>
public static class TimeInside
{
    /// <summary>How many calendar days a stay may touch: as long as somebody is on the roll call.</summary>
    private const int StayDaysMax = Presence.DaysMax;

    /// <summary>
    /// When somebody was inside some building. A stay begins with an entry and ends with the next exit from the same building, on the same calendar day or the next one. A
    /// second entry on the same day begins no other stay (P3), one on a later day does, and the exit of the stay before was not seen then. Who entered
    /// today and has not left is inside until now.
    /// </summary>
    /// <param name="passages">Of one person, in any order; gates that stayed shut do not count, nor do passages that are annulled among them (P5).</param>
    /// <param name="zone">Whose calendar days.</param>
    /// <param name="now">The moment of asking.</param>
    /// <returns>In no order; stays in different buildings may overlap.</returns>
    public static IReadOnlyList<Interval> Stays(IEnumerable<Passage> passages, DateTimeZone zone, Instant now)
    {
        var stays = new List<Interval>();
        foreach (var building in passages.Where(passage => passage.Outcome != PassageOutcome.Refused).GroupBy(passage => passage.Building))
        {
            Instant? entered = null;
            var annulled = building.Where(passage => passage.Annulment is not null).Select(passage => passage.Annulment!.Seq).ToHashSet();
            foreach (var passage in building.Where(passage => !annulled.Contains(passage.Seq)).OrderBy(passage => passage.EventAt).ThenBy(passage => passage.Operation).ThenBy(passage => passage.Seq))
            {
                if (passage.Direction == Direction.In)
                {
                    if (entered is not { } earlier || DayOf(earlier) != DayOf(passage.EventAt)) entered = passage.EventAt;
                }
                else if (passage.Direction == Direction.Out)
                {
                    if (entered is { } began && DayOf(passage.EventAt) < DayOf(began).PlusDays(StayDaysMax)) stays.Add(new Interval(began, passage.EventAt));
                    entered = null;
                }
            }

            if (entered is { } open && open < now && DayOf(open) == DayOf(now)) stays.Add(new Interval(open, now));
        }

        return stays;

        LocalDate DayOf(Instant at) => at.InZone(zone).Date;
    }

    /// <summary>How much of a span is covered by stays; what several cover counts once.</summary>
    public static Duration Within(Interval span, IEnumerable<Interval> stays)
    {
        var (covered, until) = (Duration.Zero, span.Start);
        foreach (var stay in stays.OrderBy(stay => stay.Start))
        {
            var (start, end) = (Instant.Max(stay.Start, until), Instant.Min(stay.End, span.End));
            if (end <= start) continue;
            covered += end - start;
            until = end;
        }

        return covered;
    }
}
