using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Zvonok.Domain.Lists;

/// <summary>
/// The first 128 bits of SHA-256 over all that a list holds, but for its version and times: two lists with one digest are the same list. Signed with every delta, it finds out a delta that was applied to
/// another list, or wrongly.
/// </summary>
/// <remarks>
/// Numbers go in as 8 bytes, little endian; a text as its length in bytes and its UTF-8; a day as days since 1970-01-01; a sequence as its length and its members; what is not there as 0. In this order:
/// the terms, the meals by their marks, the holders by their handles; of each its members in the order in which the protocol numbers them.
/// </remarks>
[GenerateSerializer, Immutable, Alias("zvonok.ListDigest")]
public readonly record struct ListDigest([property: Id(0)] Guid Value)
{
    /// <summary>Bytes of a digest on the wire.</summary>
    public const int Length = 16;

    /// <summary>The digest of a list's content.</summary>
    public static ListDigest Of(ListTerms terms, ListedMeal[] meals, Holder[] holders)
    {
        var digest = new DigestWriter();
        terms.Write(digest);
        digest.Add(meals.Length);
        foreach (var meal in meals) meal.Write(digest);
        digest.Add(holders.Length);
        foreach (var holder in holders) holder.Write(digest);
        return Read(digest.ToHash().AsSpan(0, Length));
    }

    /// <summary>Reads <see cref="Length"/> bytes.</summary>
    public static ListDigest Read(ReadOnlySpan<byte> bytes) => new(new Guid(bytes, bigEndian: true));

    /// <summary>The bytes again.</summary>
    public byte[] ToBytes() => Value.ToByteArray(bigEndian: true);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("N");
}

/// <summary>Collects what is digested.</summary>
internal sealed class DigestWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new(256);

    public void Add(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_buffer.GetSpan(sizeof(long)), value);
        _buffer.Advance(sizeof(long));
    }

    public void Add(LocalDate day) => Add(Period.DaysBetween(new LocalDate(1970, 1, 1), day));

    public void Add(string text)
    {
        Add(Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, _buffer);
    }

    public void Add(uint[] values)
    {
        Add(values.Length);
        foreach (var value in values) Add(value);
    }

    public byte[] ToHash() => SHA256.HashData(_buffer.WrittenSpan);
}
