using Zvonok.Gate.V1;

namespace Zvonok.Processes.Tests.Load;

/// <summary>Holds what terminals told children against the journal.</summary>
internal static class TerminalCheck
{
    private const int ShownMax = 10;

    /// <summary>Throws when somebody was refused without reason, or the journal does not have exactly what was told.</summary>
    public static async Task Holds(SiloSettings settings, IReadOnlyCollection<Told> told)
    {
        var rows = await JournalRows.Read(settings);
        var breaches = Answers(told).Concat(Passages(told, rows)).Concat(Sales(told, rows)).Concat(Balances(told, rows)).Concat(Presence(told, rows)).ToList();
        if (breaches.Count > 0) throw new InvalidOperationException($"Of {told.Count} things told and {rows.Count} rows {breaches.Count} breaches:\n{string.Join('\n', breaches.Take(ShownMax))}");
    }

    private static IEnumerable<string> Answers(IEnumerable<Told> told) => told.Where(one => one.Refusal != one.Due).Select(one => $"{one}: not what was due");

    // Whoever is refused at a gate is in the journal too.
    private static IEnumerable<string> Passages(IEnumerable<Told> told, IEnumerable<JournalRow> rows) => Matched(
        told.OfType<Passed>(), rows.OfType<PassageRow>().Where(row => row.Kind == PassageRow.Tap),
        (passed, row) => (row.Building, row.Device, row.Direction) == (passed.Pupil.School.Building.Value, passed.Device.Value, passed.Direction)
            && row.Outcome == Outcome.Refused != passed.IsGranted && (!passed.IsGranted || row.Account == passed.Pupil.Account.Value));

    private static IEnumerable<string> Sales(IEnumerable<Told> told, IEnumerable<JournalRow> rows) => Matched(
        told.OfType<Ate>().Where(ate => ate.IsGranted), rows.OfType<EntryRow>().Where(row => row.Kind != EntryRow.TopUp && row.Kind != EntryRow.LimitChange),
        (ate, row) => row.Kind == EntryRow.Sale && (row.Account, row.Amount, row.Device) == (ate.Pupil.Account.Value, -ate.Kopecks, ate.Device.Value));

    private static IEnumerable<string> Matched<TTold, TRow>(IEnumerable<TTold> told, IEnumerable<TRow> rows, Func<TTold, TRow, bool> fits)
        where TTold : Told
        where TRow : JournalRow
    {
        var made = rows.ToLookup(row => row.Operation);
        var asked = told.ToDictionary(one => one.Operation);
        foreach (var one in asked.Values)
        {
            var found = made[one.Operation].ToList();
            if (found.Count != 1) yield return $"{one}: {found.Count} times in the journal";
            else if (!fits(one, found[0])) yield return $"{one}: the journal has {found[0]}";
        }

        foreach (var row in made.Where(row => !asked.ContainsKey(row.Key)).SelectMany(row => row)) yield return $"{row}: nobody was told so";
    }

    private static IEnumerable<string> Balances(IEnumerable<Told> told, IReadOnlyCollection<JournalRow> rows)
    {
        var eaten = told.OfType<Ate>().Where(ate => ate.IsGranted).GroupBy(ate => ate.Pupil.Account.Value).ToDictionary(group => group.Key, group => group.Sum(ate => ate.Kopecks));
        foreach (var entries in rows.OfType<EntryRow>().GroupBy(row => row.Account))
        {
            var due = entries.Where(row => row.Kind == EntryRow.TopUp).Sum(row => row.Amount) - eaten.GetValueOrDefault(entries.Key);
            var last = entries.MaxBy(row => row.Seq)!;
            if (last.MealAfter != due) yield return $"account {entries.Key} has {last.MealAfter} kopecks, where {due} are due";
        }
    }

    // What somebody did last by the time of the event decides where they are, in whatever order it came.
    private static IEnumerable<string> Presence(IEnumerable<Told> told, IEnumerable<JournalRow> rows)
    {
        var last = rows.OfType<PassageRow>().Where(row => row.Kind == PassageRow.Tap && row.Outcome != Outcome.Refused).GroupBy(row => row.Account).ToDictionary(group => group.Key, group => group.MaxBy(row => row.EventAt)!.Direction);
        foreach (var passages in told.OfType<Passed>().Where(passed => passed.IsGranted).GroupBy(passed => passed.Pupil.Account.Value))
            if (last.GetValueOrDefault(passages.Key) is var where && where != passages.Last().Direction)
                yield return $"account {passages.Key} went {passages.Last().Direction} last, and {where} by the journal";
    }
}
