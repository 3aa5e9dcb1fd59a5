using System.Security.Cryptography;

namespace Zvonok.Domain.Cards;

/// <summary>
/// What a card's radio number becomes before any key comes to it: the first 128 bits of SHA-256 over "zvonok card " and the number. Whoever reads a card can make it, a device too; it is nowhere
/// stored and never sent. The core turns it into the card's <see cref="CardToken"/>, a building's list key into its name on that building's lists.
/// </summary>
/// <param name="Value">The 128 bits, big endian.</param>
public readonly record struct CardDigest(UInt128 Value)
{
    /// <summary>Bytes of a digest.</summary>
    public const int Length = 16;

    /// <summary>The shortest radio number of a card, in bytes.</summary>
    public const int UidLengthMin = 4;

    /// <summary>The longest radio number of a card, in bytes.</summary>
    public const int UidLengthMax = 16;

    /// <summary>The digest of a radio number of <see cref="UidLengthMin"/> to <see cref="UidLengthMax"/> bytes.</summary>
    public static CardDigest Of(ReadOnlySpan<byte> uid)
    {
        if (uid.Length is < UidLengthMin or > UidLengthMax)
            throw new ArgumentException($"A radio number has {UidLengthMin} to {UidLengthMax} bytes, not {uid.Length}.", nameof(uid));
        var prefix = "zvonok card "u8;
        Span<byte> text = stackalloc byte[prefix.Length + UidLengthMax];
        prefix.CopyTo(text);
        uid.CopyTo(text[prefix.Length..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..(prefix.Length + uid.Length)], hash);
        return Read(hash[..Length]);
    }

    /// <summary>Never the digest: who has it can try radio numbers.</summary>
    public override string ToString() => nameof(CardDigest);

    internal static CardDigest Read(ReadOnlySpan<byte> bytes) => new(System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes));

    internal void Write(Span<byte> bytes) => System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);
}
