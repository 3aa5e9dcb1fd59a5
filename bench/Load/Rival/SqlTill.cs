using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Npgsql;
using NpgsqlTypes;
using Zvonok.Domain.Cards;
using Zvonok.Till.V1;

namespace Zvonok.Load.Rival;

/// <summary>The rival's sale: shape, token, one prepared call of one stored function, answer.</summary>
internal sealed class SqlTill(NpgsqlDataSource database, TokenKey key, Tills tills, SqlClass classes, IClock clock) : TillService.TillServiceBase
{
    private const string Statement =
        "select reason, account_number, entry_number, balance, event_time from sell($1, $2, $3, $4, $5, $6, $7, $8, $9)";

    public override async Task<SellResponse> Sell(SellRequest request, ServerCallContext context)
    {
        await using var command = database.CreateCommand(Statement);
        AddParameters(command, request);
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        return Answer(row);
    }

    public override Task<SettleClassResponse> SettleClass(SettleClassRequest request, ServerCallContext context) => classes.Settle(request);

    private void AddParameters(NpgsqlCommand command, SellRequest request)
    {
        var now = clock.GetCurrentInstant();
        var at = RequestShape.EventTime(request.EventTime, now);
        var operation = RequestShape.Operation(request.OperationId);
        var lines = RequestShape.Lines(request.Lines, request.TotalKopecks);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = key.TokenOf(request.CardUid.Span).Value });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = operation.ToGuid() });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = RequestShape.Digest(request.DeviceId, request.TotalKopecks, lines).Value });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = request.DeviceId });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = tills.Of(request.DeviceId).Operator });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = request.TotalKopecks });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = lines });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = at.ToDateTimeUtc(), NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = now.ToDateTimeUtc(), NpgsqlDbType = NpgsqlDbType.TimestampTz });
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
