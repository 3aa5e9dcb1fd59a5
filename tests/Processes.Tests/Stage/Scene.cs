using System.Globalization;
using Xunit.Abstractions;
using Zvonok.Registry.V1;

namespace Zvonok.Processes.Tests.Stage;

/// <summary>
/// What one test plays in: a directory, the silos that it has started, a seed. Everything is ended and removed with it,
/// and whatever fails in it says the seed and the evidence.
/// </summary>
internal sealed class Scene : IAsyncDisposable
{
    private readonly TemporaryDirectory _home = new("zvonok-test");
    private readonly ITestOutputHelper _output;
    private readonly TemporaryPostgres _postgres;
    private readonly List<SiloProcess> _silos = [];
    private readonly List<Line> _lines = [];
    private readonly List<Notebook> _notebooks = [];

    public Scene(ITestOutputHelper output, PostgresFixture postgres)
    {
        (_output, _postgres) = (output, postgres.Server);
        Seed = Knobs.Seed();
        Say($"ZVONOK_SEED={Seed.ToString(CultureInfo.InvariantCulture)}");
    }

    /// <summary>What everything random here is drawn from.</summary>
    public int Seed { get; }

    /// <summary>Plays; a failure is told with what one needs to look into it.</summary>
    public async Task Play(Func<Task> scene)
    {
        try
        {
            await scene();
        }
        catch (Exception exception)
        {
            throw new SceneFailedException($"{exception.Message}\n\nZVONOK_SEED={Seed}\n{await PostMortem.Of(_silos, _notebooks, Seed)}", exception);
        }
    }

    /// <summary>A line in the test's output.</summary>
    public void Say(string sentence) => _output.WriteLine(sentence);

    /// <summary>An empty directory.</summary>
    public string NewDirectory(string name) => _home.Make(name);

    /// <summary>Settings of a silo on an empty store.</summary>
    public async Task<SiloSettings> NewSettings(Store store) => new()
    {
        DataDirectory = NewDirectory($"data-{Guid.NewGuid():N}"),
        ConnectionString = store == Store.Postgres ? await _postgres.CreateDatabase($"d{Guid.NewGuid():N}") : null,
    };

    /// <summary>Starts a silo.</summary>
    public async Task<SiloProcess> Start(SiloSettings settings)
    {
        var silo = await SiloProcess.Start(PostMortem.KeptFrom(settings));
        _silos.Add(silo);
        return silo;
    }

    /// <summary>Starts a cluster of silos on an empty database, all at the same time.</summary>
    public async Task<SiloProcess[]> StartCluster(int silos)
    {
        var started = await SiloProcess.StartAll(PostMortem.KeptFrom(await NewSettings(Store.Postgres)).Cluster(silos));
        _silos.AddRange(started);
        return started;
    }

    /// <summary>The same, with a city registered.</summary>
    public async Task<(City City, SiloProcess[] Silos)> StartCluster(int silos, CityPlan plan)
    {
        var (city, started) = (City.Create(plan), await StartCluster(silos));
        await Register(started[0], city);
        return (city, started);
    }

    /// <summary>Connections to a silo; every second one uses streams.</summary>
    public List<Line> Connect(SiloProcess silo, int count)
    {
        var lines = Enumerable.Range(0, count).Select(i => new Line(silo.Address, streams: i % 2 == 1)).ToList();
        _lines.AddRange(lines);
        return lines;
    }

    /// <summary>An empty notebook; a failure tells what is in it.</summary>
    public Notebook NewNotebook()
    {
        var notebook = new Notebook();
        _notebooks.Add(notebook);
        return notebook;
    }

    /// <summary>Registers a city.</summary>
    public static async Task Register(SiloProcess silo, City city)
    {
        using var channel = Connection.Open(silo.Address);
        var answer = await CityImport.Send(new RegistryService.RegistryServiceClient(channel), city);
        answer.BadCount.ShouldBe(0);
        answer.AddedCount.ShouldBe(CityImport.RowCount(city));
    }

    /// <summary>The audit verb finds nothing.</summary>
    public static async Task AuditIsClean(SiloSettings settings)
    {
        var audit = await SiloProcess.RunVerb(settings, ["audit"]);
        audit.ExitCode.ShouldBe(0, audit.Output);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var line in _lines) await line.DisposeAsync();
        foreach (var silo in _silos) await silo.DisposeAsync();
        _home.Dispose();
    }
}

/// <summary>A scene failed; the message says all that is known.</summary>
internal sealed class SceneFailedException(string message, Exception inner) : Exception(message, inner);
