using System.Runtime.InteropServices;
using Zvonok.Domain.Accounts;
using Zvonok.Domain.Operations;

namespace Zvonok.Domain.Cards;

/// <summary>What every command to a card carries.</summary>
[GenerateSerializer, Immutable, Alias("zvonok.CardCommand")]
public abstract record CardCommand
{
    private const int FieldsMax = 24;

    /// <summary>The client's name for it.</summary>
    [Id(0)]
    public required OperationId Operation { get; init; }

    /// <summary>The card that it is about.</summary>
    [Id(1)]
    public required CardToken Token { get; init; }

    /// <summary>Who asks, where and why.</summary>
    [Id(2)]
    public required CardAuthor Author { get; init; }

    /// <summary>What is done with the card.</summary>
    public abstract CardEventKind Kind { get; }

    /// <summary>The account that shall have the card in use; null when the command names none.</summary>
    public virtual AccountNumber? Holder => null;

    /// <summary>The digest of what is asked for.</summary>
    public Fingerprint Fingerprint
    {
        get
        {
            var builder = new FingerprintBuilder(stackalloc byte[FieldsMax * sizeof(long) + (Limits.ReasonLengthMax + Limits.BankReferenceLengthMax) * sizeof(char) + Limits.FurtherBuildingsMax * sizeof(long)]);
            builder.Add((long)Kind);
            Add(ref builder, Token);
            builder.Add(Author.Building.Value);
            builder.Add(Author.Employee?.Value ?? 0);
            builder.Add(Author.Device.Value);
            builder.Add(Author.Reason);
            AddTo(ref builder);
            return builder.Build();
        }
    }

    private protected static void Add(ref FingerprintBuilder builder, CardToken token)
    {
        Span<long> halves = stackalloc long[2];
        token.Value.TryWriteBytes(MemoryMarshal.AsBytes(halves));
        builder.Add(halves[0]);
        builder.Add(halves[1]);
    }

    private protected abstract void AddTo(ref FingerprintBuilder builder);
}

/// <summary>A card is made for an account; it is not in use yet.</summary>
[GenerateSerializer, Immutable, Alias("zvonok.CardIssue")]
public sealed record CardIssue : CardCommand
{
    /// <summary>What it is: no temporary and no visitor's card.</summary>
    [Id(0)]
    public required CardKind CardKind { get; init; }

    /// <summary>Whom it is made for.</summary>
    [Id(1)]
    public required AccountNumber Account { get; init; }

    /// <summary>What it opens; its home is the school that issues it.</summary>
    [Id(2)]
    public required AccessRights Rights { get; init; }

    /// <inheritdoc/>
    public override CardEventKind Kind => CardEventKind.Issued;

    /// <inheritdoc/>
    public override AccountNumber? Holder => Account;

    private protected override void AddTo(ref FingerprintBuilder builder)
    {
        builder.Add((long)CardKind);
        builder.Add(Account.Value);
        builder.Add(Rights.Home.Value);
        foreach (var building in Rights.Further) builder.Add(building.Value);
    }
}

/// <summary>A card is handed over to an account, and is in use from now on (C3).</summary>
[GenerateSerializer, Immutable, Alias("zvonok.CardBinding")]
public sealed record CardBinding : CardCommand
{
    /// <summary>Whose it shall be.</summary>
    [Id(0)]
    public required AccountNumber Account { get; init; }

    /// <inheritdoc/>
    public override CardEventKind Kind => CardEventKind.Bound;

    /// <inheritdoc/>
    public override AccountNumber? Holder => Account;

    private protected override void AddTo(ref FingerprintBuilder builder) => builder.Add(Account.Value);
}

/// <summary>Another card takes the place of this one, whose account, rights and end it gets (C4).</summary>
[GenerateSerializer, Immutable, Alias("zvonok.CardReplacement")]
public sealed record CardReplacement : CardCommand
{
    /// <summary>The card that takes its place.</summary>
    [Id(0)]
    public required CardToken Successor { get; init; }

    /// <summary>What that is: no temporary and no visitor's card.</summary>
    [Id(1)]
    public required CardKind SuccessorKind { get; init; }

    /// <summary>What becomes of this one: lost, which may cost (M13), blocked or returned.</summary>
    [Id(2)]
    public required CardState Becomes { get; init; }

    /// <summary>How the fee was paid at a bank; null: it is taken from the meal purse.</summary>
    [Id(3)]
    public BankReference? Reference { get; init; }

    /// <inheritdoc/>
    public override CardEventKind Kind => CardEventKind.Replaced;

    private protected override void AddTo(ref FingerprintBuilder builder)
    {
        Add(ref builder, Successor);
        builder.Add((long)SuccessorKind);
        builder.Add((long)Becomes);
        builder.Add(Reference?.Provider ?? 0);
        builder.Add(Reference?.Reference ?? "");
    }
}

/// <summary>A card is reported lost, blocked, handed in or destroyed (C2).</summary>
[GenerateSerializer, Immutable, Alias("zvonok.CardMove")]
public sealed record CardMove : CardCommand
{
    /// <summary>Where it goes: lost, blocked, returned or destroyed.</summary>
    [Id(0)]
    public required CardState To { get; init; }

    /// <inheritdoc/>
    public override CardEventKind Kind => To switch
    {
        CardState.Lost => CardEventKind.ReportedLost,
        CardState.Blocked => CardEventKind.Blocked,
        CardState.Returned => CardEventKind.HandedIn,
        CardState.Destroyed => CardEventKind.Destroyed,
        _ => throw new InvalidOperationException($"No card is moved to {To}."),
    };

    private protected override void AddTo(ref FingerprintBuilder builder)
    {
    }
}

/// <summary>A temporary card is given to an account; it expires by itself (P6).</summary>
[GenerateSerializer, Immutable, Alias("zvonok.TemporaryCardIssue")]
public sealed record TemporaryCardIssue : CardCommand
{
    /// <summary>Whose it shall be.</summary>
    [Id(0)]
    public required AccountNumber Account { get; init; }

    /// <summary>When it expires; null: at the end of its day in the building's zone.</summary>
    [Id(1)]
    public Instant? ExpiresAt { get; init; }

    /// <inheritdoc/>
    public override CardEventKind Kind => CardEventKind.GivenForAWhile;

    /// <inheritdoc/>
    public override AccountNumber? Holder => Account;

    private protected override void AddTo(ref FingerprintBuilder builder)
    {
        builder.Add(Account.Value);
        builder.Add(ExpiresAt?.ToUnixTimeMilliseconds() ?? 0);
    }
}

/// <summary>A card is known by a token of a newer key from now on (C7). Nobody asks for it: doors find that it is due.</summary>
[GenerateSerializer, Immutable, Alias("zvonok.CardRetokening")]
public sealed record CardRetokening : CardCommand
{
    /// <summary>The same card's token by the newer key.</summary>
    [Id(0)]
    public required CardToken Successor { get; init; }

    /// <inheritdoc/>
    public override CardEventKind Kind => CardEventKind.Retokened;

    /// <summary>The operation that brings a version of a card from its token to another: always the same, whoever finds that it is due.</summary>
    public static OperationId OperationOf(Card card, CardToken successor)
    {
        Span<long> named = stackalloc long[5];
        card.Token.Value.TryWriteBytes(MemoryMarshal.AsBytes(named));
        successor.Value.TryWriteBytes(MemoryMarshal.AsBytes(named[2..]));
        named[4] = card.Version;
        return OperationId.Create(Instant.FromUnixTimeMilliseconds(0), 0, 0).Derive(named);
    }

    private protected override void AddTo(ref FingerprintBuilder builder) => Add(ref builder, Successor);
}

/// <summary>A card's radio number was seen on another card (C8). Nobody asks for it: gates and imports notice it.</summary>
[GenerateSerializer, Immutable, Alias("zvonok.CloneSighting")]
public sealed record CloneSighting : CardCommand
{
    /// <inheritdoc/>
    public override CardEventKind Kind => CardEventKind.CloneSeen;

    private protected override void AddTo(ref FingerprintBuilder builder)
    {
    }
}
