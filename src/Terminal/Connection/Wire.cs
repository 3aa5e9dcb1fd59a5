using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Zvonok.Domain.Operations;

namespace Zvonok.Terminals.Connection;

/// <summary>Times and ids of the protocol.</summary>
internal static class Wire
{
    public static Timestamp ToTimestamp(this Instant instant) => Timestamp.FromDateTimeOffset(instant.ToDateTimeOffset());

    public static Instant ToInstant(this Timestamp time) => Instant.FromDateTimeOffset(time.ToDateTimeOffset());

    public static ByteString ToBytes(this OperationId operation)
    {
        Span<byte> bytes = stackalloc byte[OperationId.Length];
        operation.Write(bytes);
        return ByteString.CopyFrom(bytes);
    }

    /// <summary>A number of queued facts: more than a million are not counted.</summary>
    public static long Count(long queued) => Math.Min(queued, 1_000_000);

    /// <summary>The id; null for what is none.</summary>
    public static OperationId? ToOperation(this ByteString bytes) => OperationId.TryRead(bytes.Span, out var operation) ? operation : null;
}
