using Zvonok.Domain.Notices;

namespace Zvonok.Grains.Notices;

/// <summary>Sends notices through their channels (N3).</summary>
public interface INoticeSender
{
    /// <summary>Tries once, with what quick repeats the channel has, and says how it went. Never throws but when cancelled.</summary>
    Task<SendResult> Send(NoticeKey key, Notice notice, CancellationToken stop);
}

/// <summary>How a try went.</summary>
public enum SendOutcome
{
    /// <summary>The receiver has taken it.</summary>
    Delivered,

    /// <summary>It failed; try later.</summary>
    Failed,

    /// <summary>The receiver has said that it will never take it.</summary>
    Rejected,

    /// <summary>It was not tried: the receiver is known to be down or overrun, or the channel is not set up. Try later, and do not count it.</summary>
    NotTried,
}

/// <summary>How a try went, and why it failed.</summary>
/// <param name="Outcome">How.</param>
/// <param name="Trouble">For operators; null when delivered.</param>
public readonly record struct SendResult(SendOutcome Outcome, string? Trouble = null)
{
    /// <summary>Taken.</summary>
    public static readonly SendResult Delivered = new(SendOutcome.Delivered);
}
