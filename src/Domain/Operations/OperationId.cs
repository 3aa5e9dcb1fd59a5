using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Zvonok.Domain.Operations;

/// <summary>
/// The client's name for one operation: a UUIDv7 (RFC 9562), so it carries the time at which it was made. The same
/// operation sent again carries the same id.
/// </summary>
[GenerateSerializer, Immutable, Alias("zvonok.OperationId")]
public readonly record struct OperationId : IComparable<OperationId>
{
    /// <summary>Bytes of an id on the wire, big endian.</summary>
    public const int Length = 16;

    private static readonly long LastMillisecond = Instant.MaxValue.ToUnixTimeMilliseconds();

    private OperationId(ulong high, ulong low) => (High, Low) = (high, low);

    /// <summary>Bits 0–63: 48 bits of Unix milliseconds, the version, 12 random bits.</summary>
    [Id(0)]
    public ulong High { get; private init; }

    /// <summary>Bits 64–127: the variant and 62 random bits.</summary>
    [Id(1)]
    public ulong Low { get; private init; }

    /// <summary>When the client made it, by the client's clock, in Unix milliseconds.</summary>
    public long UnixMilliseconds => (long)(High >> 16);

    /// <summary>When the client made it, by the client's clock; <see cref="Instant.MaxValue"/> for a time after the year 9999.</summary>
    // 48 bits reach past the calendar: a broken client's id must not throw where it is judged.
    public Instant MadeAt => UnixMilliseconds <= LastMillisecond ? Instant.FromUnixTimeMilliseconds(UnixMilliseconds) : Instant.MaxValue;

    /// <summary>Reads 16 big-endian bytes; false unless they are a UUIDv7.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out OperationId id)
    {
        id = default;
        if (bytes.Length != Length) return false;
        var high = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        var low = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        if ((high >> 12 & 0xF) != 7 || low >> 62 != 0b10) return false;
        id = new OperationId(high, low);
        return true;
    }

    /// <summary>Makes an id from a time and 74 bits of randomness (the low 12 of <paramref name="randomHigh"/>, the low 62 of <paramref name="randomLow"/>).</summary>
    public static OperationId Create(Instant madeAt, ulong randomHigh, ulong randomLow) => new(
        (ulong)madeAt.ToUnixTimeMilliseconds() << 16 | 7UL << 12 | randomHigh & 0xFFF,
        0b10UL << 62 | randomLow & (1UL << 62) - 1);

    /// <summary>
    /// The id of something that this operation brings about elsewhere: the same for the same <paramref name="of"/>, and for no client to make, since it is a UUIDv8. It
    /// was made when this one was.
    /// </summary>
    public OperationId Derive(ReadOnlySpan<long> of)
    {
        Span<byte> digest = stackalloc byte[Length];
        Span<byte> named = stackalloc byte[Length + of.Length * sizeof(long)];
        Write(named);
        MemoryMarshal.AsBytes(of).CopyTo(named[Length..]);
        XxHash128.Hash(named, digest);
        return new OperationId(
            High >> 16 << 16 | 8UL << 12 | BinaryPrimitives.ReadUInt64LittleEndian(digest) & 0xFFF,
            0b10UL << 62 | BinaryPrimitives.ReadUInt64LittleEndian(digest[8..]) & (1UL << 62) - 1);
    }

    /// <summary>Makes an id with the given source of randomness.</summary>
    public static OperationId Create(Instant madeAt, Random random) =>
        Create(madeAt, (ulong)random.NextInt64(), (ulong)random.NextInt64());

    /// <summary>The id that <see cref="ToGuid"/> gave.</summary>
    public static OperationId FromGuid(Guid guid)
    {
        Span<byte> bytes = stackalloc byte[Length];
        guid.TryWriteBytes(bytes, bigEndian: true, out _);
        return new OperationId(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));
    }

    /// <summary>Writes 16 big-endian bytes.</summary>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, High);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], Low);
    }

    /// <summary>The same 128 bits as a <see cref="Guid"/>.</summary>
    public Guid ToGuid()
    {
        Span<byte> bytes = stackalloc byte[Length];
        Write(bytes);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>The order of the bytes on the wire, which is that of the databases: by the time of making first.</summary>
    public int CompareTo(OperationId other) => High != other.High ? High.CompareTo(other.High) : Low.CompareTo(other.Low);

    /// <summary>The usual text of a UUID.</summary>
    public override string ToString() => ToGuid().ToString();
}
