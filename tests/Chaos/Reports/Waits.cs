namespace Zvonok.Chaos.Reports;

/// <summary>How long clients had to wait because of one kind of fault.</summary>
/// <param name="Kind">Which kind, in words.</param>
/// <param name="Count">How often it was played.</param>
/// <param name="Touched">
/// The longest wait of an operation of a touched account or building, one whose clients had at least one attempt without
/// answer: from the moment it should have been sent to its first answer.
/// </param>
/// <param name="Others">The same for all other accounts and buildings.</param>
/// <param name="TouchedShare">Which share of the accounts and buildings that were asked was touched.</param>
/// <param name="Silence">The longest time in which nobody at all had an answer.</param>
internal sealed record Wait(string Kind, int Count, TimeSpan Touched, TimeSpan Others, double TouchedShare, TimeSpan Silence);

/// <summary>Works the waits out.</summary>
internal static class Waits
{
    private const string Both = "two at a time";

    /// <summary>By kind of fault. Each fault answers for the time until the next one begins: its own and that of coming back.</summary>
    public static IReadOnlyList<Wait> Of(IReadOnlyCollection<Recorded> operations, IReadOnlyList<PlayedFault> faults, TimeSpan end)
    {
        var windows = WindowsOf(faults, end);
        var waited = operations.Select(recorded => (Recorded: recorded, Until: FirstAnswer(recorded) ?? end)).ToLookup(wait => WindowOf(windows, wait.Recorded.OpenedAt, wait.Until));
        var answers = operations.SelectMany(recorded => recorded.Attempts).Where(attempt => attempt.Answer is not NoAnswer).Select(attempt => attempt.EndedAt).Order().ToList();
        return
        [
            .. windows.Select(window => (window.Kind, Wait: Of(window, waited[window], answers)))
                .GroupBy(window => window.Kind)
                .OrderBy(kind => kind.Key, StringComparer.Ordinal)
                .Select(kind => new Wait(
                    kind.Key, kind.Count(), kind.Max(window => window.Wait.Touched), kind.Max(window => window.Wait.Others),
                    kind.Max(window => window.Wait.TouchedShare), kind.Max(window => window.Wait.Silence))),
        ];
    }

    private static List<Window> WindowsOf(IReadOnlyList<PlayedFault> faults, TimeSpan end)
    {
        var windows = new List<Window>();
        foreach (var fault in faults.OrderBy(fault => fault.BeganAt))
        {
            // The second of two that overlap belongs to the first.
            if (fault.Overlaps && windows is [.., { Kind: Both } last] && fault.BeganAt <= last.HealedAt)
            {
                windows[^1] = last with { HealedAt = TimeSpan.FromTicks(Math.Max(last.HealedAt.Ticks, fault.HealedAt.Ticks)) };
                continue;
            }

            if (windows.Count > 0) windows[^1] = windows[^1] with { Until = fault.BeganAt };
            windows.Add(new Window(fault.Overlaps ? Both : FaultNames.Of(fault.Fault.Kind), fault.BeganAt, fault.HealedAt, end));
        }

        return windows;
    }

    private static Wait Of(Window window, IEnumerable<(Recorded Recorded, TimeSpan Until)> waits, List<TimeSpan> answers)
    {
        var all = waits.ToList();
        var touched = all.Where(wait => wait.Recorded.Attempts.Any(attempt => attempt.Answer is NoAnswer)).Select(wait => wait.Recorded.Operation.Ledger).ToHashSet();
        var ledgers = all.Select(wait => wait.Recorded.Operation.Ledger).Distinct().Count();
        TimeSpan Longest(bool ofTouched) => all.Where(wait => touched.Contains(wait.Recorded.Operation.Ledger) == ofTouched)
            .Select(wait => wait.Until - wait.Recorded.OpenedAt).DefaultIfEmpty().Max();
        return new Wait(window.Kind, 1, Longest(true), Longest(false), ledgers == 0 ? 0 : touched.Count / (double)ledgers, LongestGap(answers, window));
    }

    private static TimeSpan LongestGap(List<TimeSpan> answers, Window window)
    {
        var inside = answers.Where(at => at > window.From && at < window.Until);
        var (gap, last) = (TimeSpan.Zero, window.From);
        foreach (var at in inside.Append(window.Until))
        {
            if (at - last > gap) gap = at - last;
            last = at;
        }

        return gap;
    }

    // The one in which it waited longest; null for what was answered before the first fault.
    private static Window? WindowOf(List<Window> windows, TimeSpan from, TimeSpan until)
    {
        Window? longest = null;
        var most = TimeSpan.Zero;
        foreach (var window in windows)
        {
            var overlap = TimeSpan.FromTicks(Math.Min(until.Ticks, window.Until.Ticks) - Math.Max(from.Ticks, window.From.Ticks));
            if (overlap <= most) continue;
            (longest, most) = (window, overlap);
        }

        return longest;
    }

    private static TimeSpan? FirstAnswer(Recorded recorded)
    {
        var answered = recorded.Attempts.Where(attempt => attempt.Answer is not NoAnswer).ToList();
        return answered.Count == 0 ? null : answered.Min(attempt => attempt.EndedAt);
    }

    private sealed record Window(string Kind, TimeSpan From, TimeSpan HealedAt, TimeSpan Until);
}
