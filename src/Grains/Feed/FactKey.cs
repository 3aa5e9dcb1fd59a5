using System.Globalization;

namespace Zvonok.Grains.Feed;

/// <summary>What a fact is numbered in. Stored and sent: never renumbered.</summary>
public enum FactStream
{
    /// <summary>The ledger of an account: entries.</summary>
    Account = 1,

    /// <summary>The passages of a building, and the changes of its mode.</summary>
    Building = 2,

    /// <summary>The versions of a card.</summary>
    Card = 3,
}

/// <summary>
/// A fact's name, unique for ever: who has dealt with a key has dealt with the fact, however often it is told. The numbers of a
/// stream rise in the order of the feed.
/// </summary>
[GenerateSerializer, Immutable, Alias("zvonok.FactKey")]
public readonly record struct FactKey
{
    private FactKey(FactStream stream, UInt128 id, long seq) => (Stream, Id, Seq) = (stream, id, seq);

    /// <summary>What it is numbered in.</summary>
    [Id(0)]
    public FactStream Stream { get; private init; }

    /// <summary>Which of them: the account's number, the building's, or the card's token.</summary>
    [Id(1)]
    public UInt128 Id { get; private init; }

    /// <summary>Its number there: 1, 2, 3.</summary>
    [Id(2)]
    public long Seq { get; private init; }

    /// <summary>An entry.</summary>
    public static FactKey Of(AccountNumber account, long seq) => new(FactStream.Account, (UInt128)account.Value, seq);

    /// <summary>A passage, or a change of mode.</summary>
    public static FactKey Of(BuildingId building, long seq) => new(FactStream.Building, (UInt128)building.Value, seq);

    /// <summary>A version of a card.</summary>
    public static FactKey Of(CardToken token, long version)
    {
        Span<byte> bytes = stackalloc byte[16];
        token.Value.TryWriteBytes(bytes, bigEndian: true, out _);
        return new FactKey(FactStream.Card, System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes), version);
    }

    /// <summary>As in <c>account/1234567897/5</c>, <c>building/17/3</c> and <c>card/00112233445566778899aabbccddeeff/2</c>.</summary>
    public override string ToString() => Stream switch
    {
        FactStream.Account => string.Create(CultureInfo.InvariantCulture, $"account/{Id}/{Seq}"),
        FactStream.Building => string.Create(CultureInfo.InvariantCulture, $"building/{Id}/{Seq}"),
        FactStream.Card => string.Create(CultureInfo.InvariantCulture, $"card/{Id:x32}/{Seq}"),
        _ => "none",
    };
}
