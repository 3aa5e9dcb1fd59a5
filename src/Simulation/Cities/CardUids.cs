using System.Buffers.Binary;

namespace Zvonok.Simulation.Cities;

/// <summary>
/// Radio numbers of seven bytes as readers give them: a manufacturer's byte and six more, scattered, and never the same
/// for two pupils of a city.
/// </summary>
internal sealed class CardUids(int seed)
{
    private const byte Manufacturer = 0x04;
    private const ulong Mask = (1UL << 48) - 1;
    // Odd, so multiplying modulo 2^48 maps different numbers to different numbers.
    private const ulong Multiplier = 0x9E37_79B9_7F4BUL;

    /// <summary>The radio number of the pupil's card.</summary>
    public ByteString UidOf(int index)
    {
        var scattered = ((ulong)index + ((ulong)(uint)seed << 32)) * Multiplier & Mask;
        scattered = (scattered ^ scattered >> 23) * Multiplier & Mask;
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, scattered);
        bytes[1] = Manufacturer;
        return ByteString.CopyFrom(bytes[1..]);
    }
}
