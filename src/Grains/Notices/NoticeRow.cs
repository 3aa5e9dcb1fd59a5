using Zvonok.Domain.Notices;
using Zvonok.Grains.Feed;

namespace Zvonok.Grains.Notices;

/// <summary>What has become of a notice. Stored: never renumbered.</summary>
public enum NoticeState : short
{
    /// <summary>To be tried, again or for the first time.</summary>
    Due = 1,

    /// <summary>The receiver has taken it.</summary>
    Delivered = 2,

    /// <summary>Given up, until an operator sends it again.</summary>
    Dead = 3,
}

/// <summary>A notice and what has become of it: a row of the log.</summary>
public sealed record NoticeRow
{
    /// <summary>Its name.</summary>
    public required NoticeKey Key { get; init; }

    /// <summary>What has become of it.</summary>
    public required NoticeState State { get; init; }

    /// <summary>How often it was really tried; what was not even tried, because its receiver is known to be down, does not count.</summary>
    public int Tries { get; init; }

    /// <summary>Due: when to try next; else when it was delivered or given up.</summary>
    public required Instant At { get; init; }

    /// <summary>What to send. Null in a row that was read after delivery: the log does not keep what was told.</summary>
    public Notice? Notice { get; init; }

    /// <summary>Why the last try failed; null when none did.</summary>
    public string? Trouble { get; init; }
}

/// <summary>How far a partition has told what there was to tell.</summary>
/// <param name="Partition">Which.</param>
/// <param name="Position">Every fact up to here has its rows in the log.</param>
/// <param name="Subscriptions">Changes of the partition's subscriptions so far: whoever decided by older ones has to decide again.</param>
public sealed record NoticePlace(int Partition, FeedPosition Position, long Subscriptions);

/// <summary>A step forward: the rows of all facts in between, and the new place, both or neither.</summary>
/// <param name="From">Where the partition stood; if it stands elsewhere, another activation has overtaken this one.</param>
/// <param name="To">Where it stands then.</param>
/// <param name="Rows">One for each notice.</param>
public sealed record NoticeStep(NoticePlace From, FeedPosition To, IReadOnlyList<NoticeRow> Rows);
