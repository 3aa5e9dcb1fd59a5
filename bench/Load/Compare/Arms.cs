using Zvonok.Domain.Cards;
using Zvonok.Load.Rival;
using Zvonok.Processes;

namespace Zvonok.Load.Compare;

/// <summary>Provisions every server with the same city and purses, and makes the arms.</summary>
internal sealed class Arms(Stage stage, CompareSettings settings, City city, Failures failures)
{
    /// <summary>The silo's name, and its database's.</summary>
    public const string Core = "core";

    /// <summary>All arms, in the order in which each round visits them.</summary>
    public async Task<IReadOnlyList<IArm>> Make(CancellationToken stop)
    {
        var noop = await stage.StartRival(null, stop);
        var sql = await stage.StartRival(await RivalDatabase(stop), stop);
        var silo = await Silo(Core, settings.Store, stop);
        var arms = new List<IArm>
        {
            Unary("noop", noop.Address, noop.ProcessId),
            Unary("sql", sql.Address, sql.ProcessId),
            Unary(Core, silo.Address, silo.ProcessId),
            new StreamArm("core-stream", silo.Address, silo.ProcessId, settings.Client, city, failures),
            Class("class", silo.Address, silo.ProcessId),
            Class("sql-class", sql.Address, sql.ProcessId),
        };
        // Beside SQLite, the same core on PostgreSQL: the ratio of the two stores comes from one run as well.
        if (settings.Store == Store.Sqlite)
        {
            var other = await Silo("core_postgres", Store.Postgres, stop);
            arms.Add(Unary("core-postgres", other.Address, other.ProcessId));
        }

        return arms;
    }

    private UnaryArm Unary(string name, Uri address, int process) => new(name, address, process, settings.Client, city, failures);

    private ClassArm Class(string name, Uri address, int process) => new(name, address, process, settings.ClassClient, city, failures);

    private async Task<string> RivalDatabase(CancellationToken stop)
    {
        var postgres = await stage.Postgres(stop);
        var connectionString = $"{await postgres.CreateDatabase("rival", stop)};{RivalServer.ConnectionSettings}";
        await Terminal.Show("Provisioning the rival", city.Plan.Pupils, _ =>
            Rival.RivalDatabase.Provision(connectionString, city, new TokenKey(Convert.FromHexString(stage.TokenKey)), Purses.Filling, stop));
        return connectionString;
    }

    private async Task<SiloProcess> Silo(string name, Store store, CancellationToken stop)
    {
        var silo = await stage.Start(await stage.NewSilo(name, store, stop), stop);
        await Town.Register(silo.Address, city, $"Registering the city ({store})", sent: null, stop);
        await Town.RegisterTeachers(silo.Address, city, stop);
        await Town.FillPurses(silo.Address, [.. Enumerable.Range(0, city.Plan.Pupils).Select(city.PupilAt)], $"Filling purses ({store})", stop);
        return silo;
    }
}
