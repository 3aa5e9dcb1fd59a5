using Zvonok.Domain.Accounts;
using Zvonok.Domain.Buildings;

namespace Zvonok.Domain.Notices;

/// <summary>One message to one guardian about one fact: all that its text needs, so that it can be sent long after the fact.</summary>
public sealed record Notice
{
    /// <summary>What it tells of.</summary>
    public required NoticeKind Kind { get; init; }

    /// <summary>Who is told.</summary>
    public required string Guardian { get; init; }

    /// <summary>Where to.</summary>
    public required Channel Channel { get; init; }

    /// <summary>In which language.</summary>
    public required NoticeLanguage Language { get; init; }

    /// <summary>What the family calls the child; null: nothing.</summary>
    public string? ChildName { get; init; }

    /// <summary>Whom it is about.</summary>
    public required AccountNumber Account { get; init; }

    /// <summary>The child's IANA zone, in which the event's time is told.</summary>
    public required string ZoneId { get; init; }

    /// <summary>When it happened (A6).</summary>
    public required Instant EventAt { get; init; }

    /// <summary>When the server recorded it.</summary>
    public required Instant RecordedAt { get; init; }

    /// <summary>Of passages: where. 0 otherwise.</summary>
    public BuildingId Building { get; init; }

    /// <summary>Bought, topped up and on credit: how much, never negative. Zero otherwise.</summary>
    public Money Amount { get; init; }

    /// <summary>The purse afterwards. Zero when it is not about money.</summary>
    public Money Balance { get; init; }

    /// <summary>Low balance: the threshold. Zero otherwise.</summary>
    public Money Threshold { get; init; }

    /// <summary>Bought: what. Of a stop list: what it forbids and was sold all the same. Empty otherwise.</summary>
    public SaleLine[] Lines { get; init; } = [];

    /// <summary>Of a stop list: why it was overridden. Null otherwise.</summary>
    public string? Reason { get; init; }

    /// <summary>Of a hand-over: the adult's account. Null for a card that nobody registered, and otherwise.</summary>
    public AccountNumber? Escort { get; init; }

    /// <summary>Of a hand-over: in for bringing, out for collecting. Null otherwise.</summary>
    public Direction? Direction { get; init; }

    /// <summary>Of a refused hand-over: why. None otherwise.</summary>
    public TapRefusal Refusal { get; init; }
}
