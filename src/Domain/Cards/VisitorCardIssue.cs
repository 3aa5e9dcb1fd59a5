using Zvonok.Domain.Accounts;
using Zvonok.Domain.Operations;

namespace Zvonok.Domain.Cards;

/// <summary>A visitor gets a card for a while, and an account that is made for this visit alone (P7).</summary>
[GenerateSerializer, Immutable, Alias("zvonok.VisitorCardIssue")]
public sealed record VisitorCardIssue : CardCommand
{
    /// <summary>Whom the visitor sees: an employee.</summary>
    [Id(0)]
    public required AccountNumber Host { get; init; }

    /// <summary>When the card expires.</summary>
    [Id(1)]
    public required Instant ExpiresAt { get; init; }

    /// <summary>A key into the school's own book of visitors (D4): 1 to <see cref="Limits.GroupKeyLengthMax"/> characters; empty for none.</summary>
    [Id(2)]
    public required string BookKey { get; init; }

    /// <inheritdoc/>
    public override CardEventKind Kind => CardEventKind.GivenToVisitor;

    private protected override void AddTo(ref FingerprintBuilder builder)
    {
        builder.Add(Host.Value);
        builder.Add(ExpiresAt.ToUnixTimeMilliseconds());
        builder.Add(BookKey);
    }
}

/// <summary>Who came to see whom, by numbers and keys alone (P7).</summary>
/// <param name="Visitor">The account of this visit.</param>
/// <param name="Building">Where.</param>
/// <param name="Host">The employee who is seen.</param>
/// <param name="Token">The card that was given.</param>
/// <param name="From">When it was given.</param>
/// <param name="Until">When it expires.</param>
/// <param name="BookKey">A key into the school's own book of visitors; empty for none.</param>
[GenerateSerializer, Immutable, Alias("zvonok.Visit")]
public sealed record Visit(
    [property: Id(0)] AccountNumber Visitor,
    [property: Id(1)] BuildingId Building,
    [property: Id(2)] AccountNumber Host,
    [property: Id(3)] CardToken Token,
    [property: Id(4)] Instant From,
    [property: Id(5)] Instant Until,
    [property: Id(6)] string BookKey)
{
    /// <summary>The serial numbers of visitors' accounts are above this one: the city registers nobody there.</summary>
    public const long SerialsAfter = 90_000_000_000;
}
