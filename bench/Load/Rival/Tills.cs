using System.Collections.Frozen;
using Grpc.Core;
using Npgsql;

namespace Zvonok.Load.Rival;

/// <summary>Who runs each till, and where it stands, read once: the core keeps its devices in memory too.</summary>
internal sealed class Tills
{
    private readonly FrozenDictionary<int, Till> _tills;

    private Tills(Dictionary<int, Till> tills) => _tills = tills.ToFrozenDictionary();

    public static async Task<Tills> Read(NpgsqlDataSource database)
    {
        var tills = new Dictionary<int, Till>();
        await using var command = database.CreateCommand("select id, operator, building from device");
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync()) tills.Add(rows.GetInt32(0), new Till(rows.GetInt32(1), rows.GetInt32(2)));
        return new Tills(tills);
    }

    public Till Of(int device) => _tills.TryGetValue(device, out var till)
        ? till
        : throw new RpcException(new Status(StatusCode.NotFound, "The till is not registered."));
}

/// <summary>A registered till.</summary>
internal readonly record struct Till(int Operator, int Building);
