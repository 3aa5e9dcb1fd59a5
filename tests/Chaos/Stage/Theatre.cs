using System.Globalization;
using Zvonok.Registry.V1;

namespace Zvonok.Chaos.Stage;

/// <summary>A database and silos, all of them this tool's own; everything is ended and removed with it.</summary>
internal sealed class Theatre : IAsyncDisposable
{
    private const string Database = "zvonok";
    private readonly TemporaryDirectory _home;
    private readonly List<Seat> _seats = [];

    private Theatre(TemporaryDirectory home, TemporaryPostgres postgres, FamilyApp app) => (_home, Postgres, App) = (home, postgres, app);

    /// <summary>The database.</summary>
    public TemporaryPostgres Postgres { get; }

    /// <summary>Who is told what happens.</summary>
    public FamilyApp App { get; }

    /// <summary>The silos.</summary>
    public IReadOnlyList<Seat> Seats => _seats;

    /// <summary>How to look into the database past the silos and their links.</summary>
    public SiloSettings Direct => new() { DataDirectory = _home.Path, ConnectionString = Postgres.ConnectionString(Database) };

    /// <summary>Starts the database and every silo, the first one first: it makes the schema.</summary>
    public static async Task<Theatre> Open(ChaosSettings settings, CancellationToken stop)
    {
        var theatre = new Theatre(new TemporaryDirectory("zvonok-chaos"), await TemporaryPostgres.Start(stop: stop), await FamilyApp.Start());
        try
        {
            await theatre.Postgres.CreateDatabase(Database, stop);
            for (var number = 0; number < settings.Silos; number++) theatre._seats.Add(await theatre.NewSeat(number, settings, stop));
            await theatre._seats[0].Start(stop);
            await Task.WhenAll(theatre._seats.Skip(1).Select(seat => seat.Start(stop)));
            return theatre;
        }
        catch
        {
            await theatre.DisposeAsync();
            throw;
        }
    }

    /// <summary>Registers a city, whose guardians subscribe.</summary>
    public async Task Register(City city, CancellationToken stop)
    {
        using var channel = Connection.OpenPatient(_seats[0].Address);
        var answer = await CityImport.Send(new RegistryService.RegistryServiceClient(channel), city, stop: stop);
        if (answer.AddedCount != CityImport.RowCount(city)) throw new InvalidOperationException($"The city was not registered: {answer}");
        await App.Subscribe(_seats[0].Address, city, stop);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var seat in _seats) await seat.DisposeAsync();
        await Postgres.DisposeAsync();
        await App.DisposeAsync();
        _home.Dispose();
    }

    // One data directory for all: cards have the same tokens everywhere; the journal is not in it.
    private async Task<Seat> NewSeat(int number, ChaosSettings settings, CancellationToken stop)
    {
        var link = new Link(Postgres.Port);
        var port = link.Port.ToString(CultureInfo.InvariantCulture);
        var environment = new Dictionary<string, string>(App.BackEnd.SiloSettings);
        if (settings.Broken != BrokenPromise.None) environment["ZVONOK_BROKEN_PROMISE"] = settings.Broken.ToString().ToLowerInvariant();
        return new Seat(
            number,
            new SiloSettings
            {
                DataDirectory = _home.Path,
                ClusterName = settings.SplitBrain ? $"chaos-{number}" : "chaos",
                ConnectionString = $"Host=127.0.0.1;Port={port};Username=postgres;Database={Database}",
                Program = settings.Broken == BrokenPromise.None ? null : await SiloProgram.Path(Path.Combine("tests", "BrokenSilo"), stop),
                Environment = environment,
            },
            link);
    }
}
