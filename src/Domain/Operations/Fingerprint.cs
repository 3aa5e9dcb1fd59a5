using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Zvonok.Domain.Operations;

/// <summary>
/// A stable 64-bit digest (XxHash3) of what an operation asks for. It is stored with the operation, so that an id used
/// again for something else is found out for ever (D2). Not a defence against forgery, only against mistakes.
/// </summary>
[GenerateSerializer, Immutable, Alias("zvonok.Fingerprint")]
public readonly record struct Fingerprint([property: Id(0)] long Value);

/// <summary>Collects the fields of an operation in a fixed order; the order is a stored format and never changes.</summary>
public ref struct FingerprintBuilder
{
    private readonly Span<byte> _buffer;
    private int _length;

    /// <summary>Writes into <paramref name="buffer"/>, which must hold all fields.</summary>
    public FingerprintBuilder(Span<byte> buffer)
    {
        _buffer = buffer;
        _length = 0;
    }

    /// <summary>Adds a number.</summary>
    public void Add(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_buffer[_length..], value);
        _length += sizeof(long);
    }

    /// <summary>Adds a text, with its length before it.</summary>
    public void Add(string value)
    {
        Add((long)value.Length);
        var bytes = MemoryMarshal.AsBytes(value.AsSpan());
        bytes.CopyTo(_buffer[_length..]);
        _length += bytes.Length;
    }

    /// <summary>The digest of all that was added.</summary>
    public readonly Fingerprint Build() => new((long)XxHash3.HashToUInt64(_buffer[.._length]));
}
