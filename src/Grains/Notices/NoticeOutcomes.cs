using Zvonok.Domain.Notices;

namespace Zvonok.Grains.Notices;

/// <summary>What a try makes of a notice.</summary>
public static class NoticeOutcomes
{
    /// <summary>The row after a try.</summary>
    /// <param name="row">As it was, with what was sent.</param>
    /// <param name="result">How it went.</param>
    /// <param name="now">When.</param>
    /// <param name="plan">When to try again.</param>
    /// <param name="chance">0 to 1, drawn anew each time.</param>
    public static NoticeRow After(NoticeRow row, SendResult result, Instant now, RetryPlan plan, double chance)
    {
        var tried = row with { Trouble = result.Trouble, At = now, Tries = row.Tries + 1 };
        return result.Outcome switch
        {
            SendOutcome.Delivered => tried with { State = NoticeState.Delivered },
            SendOutcome.Rejected => tried with { State = NoticeState.Dead },
            SendOutcome.Failed when plan.IsOver(tried.Tries) => tried with { State = NoticeState.Dead },
            SendOutcome.Failed => tried with { State = NoticeState.Due, At = now + plan.WaitAfter(tried.Tries, chance) },
            _ => tried with { State = NoticeState.Due, Tries = row.Tries, At = now + plan.WaitUntried(now - row.Notice!.RecordedAt, chance) },
        };
    }
}
