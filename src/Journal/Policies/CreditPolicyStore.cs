using Zvonok.Grains.Policies;

namespace Zvonok.Journal.Policies;

/// <summary>The policies of credit in their table; building 0 is the city.</summary>
internal sealed class CreditPolicyStore(JournalDatabase database, JournalHealth health) : ICreditPolicies
{
    private const int City = 0;

    // A school that nobody registered adds no row.
    private const string Upsert = """
        insert into credit_policy (building, floor)
        select cast(@building as integer), cast(@floor as bigint) where @building = 0 or exists (select 1 from building where id = @building)
        on conflict (building) do update set floor = excluded.floor
        """;

    public Task<bool> Set(CreditPolicy policy) => Run(async command =>
    {
        command.CommandText = Upsert;
        Bind(command, "building", policy.Building?.Value ?? City);
        Bind(command, "floor", policy.Floor.Kopecks);
        return await command.ExecuteNonQueryAsync() > 0;
    });

    public Task<bool> Remove(BuildingId? building) => Run(async command =>
    {
        Bind(command, "building", building?.Value ?? City);
        command.CommandText = "select 1 from building where id = @building";
        if (building is not null && await command.ExecuteScalarAsync() is null) return false;
        command.CommandText = "delete from credit_policy where building = @building";
        await command.ExecuteNonQueryAsync();
        return true;
    });

    public Task<IReadOnlyList<CreditPolicy>> List(int from, int count) => Run<IReadOnlyList<CreditPolicy>>(async command =>
    {
        command.CommandText = "select building, floor from credit_policy where building >= @from order by building limit @count";
        Bind(command, "from", from);
        Bind(command, "count", count);
        var policies = new List<CreditPolicy>();
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
            policies.Add(new CreditPolicy(rows.GetInt32(0) is var building and not City ? new BuildingId(building) : null, new Money(rows.GetInt64(1))));
        return policies;
    });

    private async Task<T> Run<T>(Func<DbCommand, Task<T>> work)
    {
        health.ThrowIfDown();
        try
        {
            await using var connection = await database.Source.OpenConnectionAsync();
            await using var command = connection.CreateCommand();
            return await work(command);
        }
        catch (Exception exception) when (database.IsUnreachable(exception))
        {
            throw new JournalUnavailableException("The policies' database does not answer: send the same again.", exception);
        }
    }

    private static void Bind(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }
}
