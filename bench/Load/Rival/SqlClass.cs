using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Npgsql;
using NpgsqlTypes;
using Zvonok.Domain.Accounts;
using Zvonok.Domain.Cards;
using Zvonok.Till.V1;

namespace Zvonok.Load.Rival;

/// <summary>The rival's class settlement: shape, tokens, one prepared call of one stored function for all children, an answer for each.</summary>
internal sealed class SqlClass(NpgsqlDataSource database, TokenKey key, Tills tills, IClock clock)
{
    private const string Statement = "select reason, entry_number, balance, event_time from settle_class($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";

    public async Task<SettleClassResponse> Settle(SettleClassRequest request)
    {
        await using var command = database.CreateCommand(Statement);
        AddParameters(command, request);
        await using var row = await command.ExecuteReaderAsync();
        var told = new SettleClassResponse();
        foreach (var member in request.Members)
        {
            await row.ReadAsync();
            told.Answers.Add(Answer(member.AccountNumber, row));
        }

        return told;
    }

    private void AddParameters(NpgsqlCommand command, SettleClassRequest request)
    {
        var now = clock.GetCurrentInstant();
        var at = RequestShape.EventTime(request.EventTime, now);
        var operation = RequestShape.Operation(request.OperationId);
        var lines = RequestShape.Lines(request.Lines, request.TotalKopecks);
        var till = tills.Of(request.DeviceId);
        var accounts = Accounts(request.Members);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = key.TokenOf(request.EmployeeCardUid.Span).Value });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = RequestShape.Digest(request.DeviceId, request.TotalKopecks, lines).Value });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = request.DeviceId });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = till.Building });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = till.Operator });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = request.TotalKopecks });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = lines });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = at.ToDateTimeUtc(), NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = now.ToDateTimeUtc(), NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = accounts });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = Array.ConvertAll(accounts, account => OperationOf(operation, account)) });
    }

    private static long[] Accounts(RepeatedField<ClassMember> members)
    {
        if (members.Count is < 1 or > Limits.ClassMembersMax) throw RequestShape.Bad("members");
        var accounts = new long[members.Count];
        var known = new HashSet<long>(members.Count);
        for (var i = 0; i < accounts.Length; i++)
        {
            // The rival has no meals at public cost.
            if (members[i].Payer != ClassMember.Types.Payer.Purse) throw RequestShape.Bad($"members[{i}].payer");
            if (!AccountNumber.TryFrom(members[i].AccountNumber, out var account) || !known.Add(account.Value)) throw RequestShape.Bad($"members[{i}].account_number");
            accounts[i] = account.Value;
        }

        return accounts;
    }

    // Operations are unique among all accounts here, so each child's is made from the class's: its random bits with the account number in them. What comes
    // first is the time still, and the index grows at its end.
    private static Guid OperationOf(OperationId settled, long account) => OperationId.Create(settled.MadeAt, settled.High, settled.Low ^ (ulong)account).ToGuid();

    private static ClassAnswer Answer(long account, NpgsqlDataReader row)
    {
        var told = new ClassAnswer { AccountNumber = account };
        switch (row.GetInt32(0))
        {
            case RivalClassSchema.UsedBefore:
                told.Error = new Google.Rpc.Status { Code = (int)StatusCode.AlreadyExists, Message = "operation_id" };
                break;
            case 0:
                told.Granted = new OperationGranted
                {
                    AccountNumber = account,
                    EntryNumber = row.GetInt64(1),
                    BalanceKopecks = row.GetInt64(2),
                    EventTime = Timestamp.FromDateTime(row.GetDateTime(3)),
                };
                break;
            case var reason:
                told.Refused = new OperationRefused { Reason = (RefusalReason)reason };
                break;
        }

        return told;
    }
}
