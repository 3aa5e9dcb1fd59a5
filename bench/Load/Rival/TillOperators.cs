using System.Collections.Frozen;
using Grpc.Core;
using Npgsql;

namespace Zvonok.Load.Rival;

/// <summary>Who runs each till, read once: the core keeps its devices in memory too.</summary>
internal sealed class TillOperators
{
    private readonly FrozenDictionary<int, int> _operators;

    private TillOperators(Dictionary<int, int> operators) => _operators = operators.ToFrozenDictionary();

    public static async Task<TillOperators> Read(NpgsqlDataSource database)
    {
        var operators = new Dictionary<int, int>();
        await using var command = database.CreateCommand("select id, operator from device");
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync()) operators.Add(rows.GetInt32(0), rows.GetInt32(1));
        return new TillOperators(operators);
    }

    public int Of(int device) => _operators.TryGetValue(device, out var id)
        ? id
        : throw new RpcException(new Status(StatusCode.NotFound, "The till is not registered."));
}
