using Npgsql;

namespace Zvonok.Load.Reads;

/// <summary>Indexes and keys of some tables, taken away for a while: filling a table and sorting it once takes a fraction of the time.</summary>
internal sealed class Indexes
{
    private const string All = """
        select case when key.oid is null then format('drop index %I', relation.relname) else format('alter table %s drop constraint %I', indrelid::regclass, key.conname) end,
               case when key.oid is null then pg_get_indexdef(indexrelid) else format('alter table %s add constraint %I %s', indrelid::regclass, key.conname, pg_get_constraintdef(key.oid)) end
        from pg_index
        join pg_class as relation on relation.oid = indexrelid
        left join pg_constraint as key on key.conindid = indexrelid
        where indrelid = any (array(select unnest(@tables)::regclass))
        """;

    private readonly string _connectionString;
    private readonly List<string> _build;

    private Indexes(string connectionString, List<string> build) => (_connectionString, _build) = (connectionString, build);

    public int Count => _build.Count;

    /// <summary>Takes them all away.</summary>
    public static async Task<Indexes> TakeAway(string connectionString, string[] tables, CancellationToken stop)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        var (drop, build) = (new List<string>(), new List<string>());
        await using (var command = source.CreateCommand(All))
        {
            command.Parameters.AddWithValue("tables", tables);
            await using var rows = await command.ExecuteReaderAsync(stop);
            while (await rows.ReadAsync(stop))
            {
                drop.Add(rows.GetString(0));
                build.Add(rows.GetString(1));
            }
        }

        foreach (var sql in drop)
        {
            await using var command = source.CreateCommand(sql);
            await command.ExecuteNonQueryAsync(stop);
        }

        return new Indexes(connectionString, build);
    }

    /// <summary>Builds them as they were, one after the other, each with all processors.</summary>
    public async Task Build(IProgress<long> done, CancellationToken stop)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(_connectionString)
        {
            CommandTimeout = 0,
            Options = "-c maintenance_work_mem=1GB",
        }.ConnectionString);
        for (var i = 0; i < _build.Count; i++)
        {
            await using var command = source.CreateCommand(_build[i]);
            await command.ExecuteNonQueryAsync(stop);
            done.Report(i + 1);
        }
    }
}
