using Grpc.Net.Client;
using Zvonok.Domain.Cards;
using Zvonok.Family.V1;
using Zvonok.Load.Rival;
using Zvonok.Processes;
using Zvonok.Registry.V1;

namespace Zvonok.Load.Compare;

/// <summary>Provisions every server with the same city and purses, and makes the arms.</summary>
internal sealed class Arms(Stage stage, CompareSettings settings, City city, Failures failures)
{
    /// <summary>All arms, in the order in which each round visits them.</summary>
    public async Task<IReadOnlyList<IArm>> Make(CancellationToken stop)
    {
        var noop = await stage.StartRival(null, stop);
        var sql = await stage.StartRival(await RivalDatabase(stop), stop);
        var silo = await Silo("core", settings.Store, stop);
        var arms = new List<IArm>
        {
            Unary("noop", noop.Address, noop.ProcessId),
            Unary("sql", sql.Address, sql.ProcessId),
            Unary("core", silo.Address, silo.ProcessId),
            new StreamArm("core-stream", silo.Address, silo.ProcessId, settings.Client, city, failures),
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
        using var channel = Connection.Open(silo.Address);
        await Terminal.Show($"Registering the city ({store})", CityImport.RowCount(city), sent =>
            CityImport.Send(new RegistryService.RegistryServiceClient(channel), city, sent, stop));
        await FillPurses(channel, $"Filling purses ({store})", stop);
        return silo;
    }

    private async Task FillPurses(GrpcChannel channel, string title, CancellationToken stop)
    {
        var pupils = Enumerable.Range(0, city.Plan.Pupils).Select(city.PupilAt);
        var ids = new OperationIds(SystemClock.Instance, city.Plan.Seed);
        await Terminal.Show(title, city.Plan.Pupils, done => Purses.Fill(new FamilyService.FamilyServiceClient(channel), pupils, ids, done, stop));
    }
}
