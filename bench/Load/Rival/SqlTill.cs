using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Npgsql;
using NpgsqlTypes;
using Zvonok.Domain.Cards;
using Zvonok.Till.V1;

namespace Zvonok.Load.Rival;

/// <summary>The rival's sale: shape, token, one prepared call of one stored function, answer.</summary>
internal sealed class SqlTill(NpgsqlDataSource database, TokenKey key, TillOperators operators, IClock clock) : TillService.TillServiceBase
{
    private const string Statement =
        "select reason, account_number, entry_number, balance, event_time from sell($1, $2, $3, $4, $5, $6, $7, $8, $9)";

    public override async Task<SellResponse> Sell(SellRequest request, ServerCallContext context)
    {
        var now = clock.GetCurrentInstant();
        var at = OperationRules.BoundEventTime(request.EventTime is { } time ? Instant.FromDateTimeOffset(time.ToDateTimeOffset()) : null, now);
        await using var command = database.CreateCommand(Statement);
        AddParameters(command, Check(request), request, at, now);
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        return Answer(row);
    }

    private void AddParameters(NpgsqlCommand command, OperationId operation, SellRequest request, Instant at, Instant now)
    {
        var lines = Lines(request);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = key.TokenOf(request.CardUid.Span).Value });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = operation.ToGuid() });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = Digest(request, lines).Value });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = request.DeviceId });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = operators.Of(request.DeviceId) });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = request.TotalKopecks });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = lines });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = at.ToDateTimeUtc(), NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = now.ToDateTimeUtc(), NpgsqlDbType = NpgsqlDbType.TimestampTz });
    }

    private static OperationId Check(SellRequest request)
    {
        var sum = 0L;
        foreach (var line in request.Lines) sum += line.Quantity * line.UnitPriceKopecks;
        if (sum != request.TotalKopecks || sum is < 1 or > Limits.AmountMax || request.Lines.Count > Limits.SaleLinesMax)
            throw new RpcException(new Status(StatusCode.InvalidArgument, "total_kopecks"));
        return OperationId.TryRead(request.OperationId.Span, out var operation)
            ? operation
            : throw new RpcException(new Status(StatusCode.InvalidArgument, "operation_id"));
    }

    private static byte[] Lines(SellRequest request)
    {
        var size = 0;
        foreach (var line in request.Lines) size += CodedOutputStream.ComputeMessageSize(line);
        var bytes = new byte[size];
        using var output = new CodedOutputStream(bytes);
        foreach (var line in request.Lines) output.WriteMessage(line);
        output.Flush();
        return bytes;
    }

    private static Fingerprint Digest(SellRequest request, byte[] lines)
    {
        Span<byte> buffer = stackalloc byte[24];
        var builder = new FingerprintBuilder(buffer);
        builder.Add(request.DeviceId);
        builder.Add(request.TotalKopecks);
        builder.Add((long)System.IO.Hashing.XxHash3.HashToUInt64(lines));
        return builder.Build();
    }

    private static SellResponse Answer(NpgsqlDataReader row)
    {
        var reason = (RefusalReason)row.GetInt32(0);
        if (reason != RefusalReason.Unspecified) return new() { Refused = new OperationRefused { Reason = reason } };
        return new()
        {
            Granted = new OperationGranted
            {
                AccountNumber = row.GetInt64(1),
                EntryNumber = row.GetInt64(2),
                BalanceKopecks = row.GetInt64(3),
                EventTime = Timestamp.FromDateTime(row.GetDateTime(4)),
            },
        };
    }
}
