using System.Buffers.Binary;

namespace Zvonok.Journal.Encoding;

/// <summary>Who is inside, as stored in a presence checkpoint: 16 bytes a person, account number and Unix milliseconds, little endian.</summary>
internal static class PresenceCodec
{
    private const int PersonLength = 16;

    public static byte[] Encode(KeyValuePair<AccountNumber, Instant>[] inside)
    {
        var encoded = new byte[inside.Length * PersonLength];
        for (var i = 0; i < inside.Length; i++)
        {
            var person = encoded.AsSpan(i * PersonLength);
            BinaryPrimitives.WriteInt64LittleEndian(person, inside[i].Key.Value);
            BinaryPrimitives.WriteInt64LittleEndian(person[8..], inside[i].Value.ToUnixTimeMilliseconds());
        }

        return encoded;
    }

    public static KeyValuePair<AccountNumber, Instant>[] Decode(byte[] encoded)
    {
        var inside = new KeyValuePair<AccountNumber, Instant>[encoded.Length / PersonLength];
        for (var i = 0; i < inside.Length; i++)
        {
            var person = encoded.AsSpan(i * PersonLength);
            inside[i] = new(
                AccountNumber.From(BinaryPrimitives.ReadInt64LittleEndian(person)),
                Instant.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64LittleEndian(person[8..])));
        }

        return inside;
    }
}
