using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Zvonok.Till.V1;

namespace Zvonok.Load.Rival;

/// <summary>What the rival's sales and class settlements have in common: a request's fields, checked, as the database takes them.</summary>
internal static class RequestShape
{
    public static OperationId Operation(ByteString id) => OperationId.TryRead(id.Span, out var operation) ? operation : throw Bad("operation_id");

    public static Instant EventTime(Timestamp? time, Instant now) =>
        OperationRules.BoundEventTime(time is null ? null : Instant.FromDateTimeOffset(time.ToDateTimeOffset()), now);

    /// <summary>The lines, which add up to the total, as they are stored.</summary>
    public static byte[] Lines(RepeatedField<SaleLine> lines, long total)
    {
        var sum = 0L;
        foreach (var line in lines) sum += line.Quantity * line.UnitPriceKopecks;
        if (sum != total || sum is < 1 or > Limits.AmountMax || lines.Count > Limits.SaleLinesMax) throw Bad("total_kopecks");
        return Encode(lines);
    }

    /// <summary>By which another content under the same id is found out.</summary>
    public static Fingerprint Digest(int device, long total, byte[] lines)
    {
        Span<byte> buffer = stackalloc byte[24];
        var builder = new FingerprintBuilder(buffer);
        builder.Add(device);
        builder.Add(total);
        builder.Add((long)System.IO.Hashing.XxHash3.HashToUInt64(lines));
        return builder.Build();
    }

    public static RpcException Bad(string field) => new(new Status(StatusCode.InvalidArgument, field));

    private static byte[] Encode(RepeatedField<SaleLine> lines)
    {
        var size = 0;
        foreach (var line in lines) size += CodedOutputStream.ComputeMessageSize(line);
        var bytes = new byte[size];
        using var output = new CodedOutputStream(bytes);
        foreach (var line in lines) output.WriteMessage(line);
        output.Flush();
        return bytes;
    }
}
