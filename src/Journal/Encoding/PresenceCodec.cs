using System.Buffers.Binary;

namespace Zvonok.Journal.Encoding;

/// <summary>
/// A presence as stored in a checkpoint, little endian. <c>inside</c>: 16 bytes for each person inside, account number and Unix milliseconds; silos of the release before read it. <c>people</c>: the number of the
/// last passage counted in, the count of people, for each 8 bytes of account number, 8 of Unix milliseconds, doubled, and one more for inside, and the operation's 16, big endian; then, for each report that waits for its
/// passage, the operation and 8 bytes of Unix milliseconds.
/// </summary>
/// <remarks>A silo of the release before writes <c>inside</c> and leaves <c>people</c> as it was, of another passage: then <c>inside</c> counts.</remarks>
internal static class PresenceCodec
{
    private const int InsideLength = 16;
    private const int HeaderLength = 12;
    private const int PersonLength = 16 + OperationId.Length;
    private const int AwaitedLength = OperationId.Length + 8;

    public static byte[] EncodeInside(PresenceCheckpoint checkpoint)
    {
        KeyValuePair<AccountNumber, Instant>[] inside = [.. checkpoint.Presence.Inside];
        var encoded = new byte[inside.Length * InsideLength];
        for (var i = 0; i < inside.Length; i++)
        {
            var person = encoded.AsSpan(i * InsideLength);
            BinaryPrimitives.WriteInt64LittleEndian(person, inside[i].Key.Value);
            BinaryPrimitives.WriteInt64LittleEndian(person[8..], inside[i].Value.ToUnixTimeMilliseconds());
        }

        return encoded;
    }

    public static byte[] EncodePeople(PresenceCheckpoint checkpoint)
    {
        var (people, awaited) = (checkpoint.Presence.People, checkpoint.Presence.Awaited);
        var encoded = new byte[HeaderLength + people.Length * PersonLength + awaited.Length * AwaitedLength];
        BinaryPrimitives.WriteInt64LittleEndian(encoded, checkpoint.Seq);
        BinaryPrimitives.WriteInt32LittleEndian(encoded.AsSpan(8), people.Length);
        var rest = encoded.AsSpan(HeaderLength);
        foreach (var (account, last) in people)
        {
            BinaryPrimitives.WriteInt64LittleEndian(rest, account.Value);
            BinaryPrimitives.WriteInt64LittleEndian(rest[8..], last.UnixMilliseconds << 1 | (last.IsInside ? 1L : 0L));
            last.By.Write(rest[16..]);
            rest = rest[PersonLength..];
        }

        foreach (var (operation, reportedAt) in awaited)
        {
            operation.Write(rest);
            BinaryPrimitives.WriteInt64LittleEndian(rest[OperationId.Length..], reportedAt.ToUnixTimeMilliseconds());
            rest = rest[AwaitedLength..];
        }

        return encoded;
    }

    public static PresenceSnapshot Decode(long seq, ReadOnlySpan<byte> inside, ReadOnlySpan<byte> people) =>
        people.Length >= HeaderLength && BinaryPrimitives.ReadInt64LittleEndian(people) == seq ? DecodePeople(people) : PresenceSnapshot.OfInside(DecodeInside(inside));

    private static KeyValuePair<AccountNumber, Instant>[] DecodeInside(ReadOnlySpan<byte> encoded)
    {
        var inside = new KeyValuePair<AccountNumber, Instant>[encoded.Length / InsideLength];
        for (var i = 0; i < inside.Length; i++)
        {
            var person = encoded[(i * InsideLength)..];
            inside[i] = new(AccountNumber.From(BinaryPrimitives.ReadInt64LittleEndian(person)), Instant.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64LittleEndian(person[8..])));
        }

        return inside;
    }

    private static PresenceSnapshot DecodePeople(ReadOnlySpan<byte> encoded)
    {
        var people = new KeyValuePair<AccountNumber, Whereabouts>[BinaryPrimitives.ReadInt32LittleEndian(encoded[8..])];
        var rest = encoded[HeaderLength..];
        for (var i = 0; i < people.Length; i++, rest = rest[PersonLength..])
        {
            var packed = BinaryPrimitives.ReadInt64LittleEndian(rest[8..]);
            people[i] = new(AccountNumber.From(BinaryPrimitives.ReadInt64LittleEndian(rest)), new Whereabouts((packed & 1) == 1, packed >> 1, ReadOperation(rest[16..])));
        }

        var awaited = new KeyValuePair<OperationId, Instant>[rest.Length / AwaitedLength];
        for (var i = 0; i < awaited.Length; i++, rest = rest[AwaitedLength..])
            awaited[i] = new(ReadOperation(rest), Instant.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64LittleEndian(rest[OperationId.Length..])));
        return new PresenceSnapshot(people, awaited);
    }

    private static OperationId ReadOperation(ReadOnlySpan<byte> bytes) => OperationId.FromGuid(new Guid(bytes[..OperationId.Length], bigEndian: true));
}
