using System.Globalization;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zvonok.Api.Registry;
using Zvonok.Cities.V1;
using Zvonok.Domain.Accounts;
using Zvonok.Domain.Operations;
using Zvonok.Family.V1;
using Zvonok.Feed.V1;
using Zvonok.Gate.V1;
using Zvonok.Office.V1;
using Zvonok.Registry.V1;
using Zvonok.Schools.V1;
using Zvonok.Silo;
using Zvonok.Silo.Management;
using Zvonok.Till.V1;
using AccountKind = Zvonok.Registry.V1.AccountKind;
using Purse = Zvonok.Family.V1.Purse;

namespace Zvonok.Api.Tests.Servers;

/// <summary>
/// The whole server in this process, composed as the silo composes it, on a free port of the loopback address, with SQLite
/// in a temporary directory. Clients talk to it over a socket.
/// </summary>
public sealed class Server : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Random _random = new(1);
    private int _lastSerial = 100_000;
    private int _lastSchool = 5_000;

    private Server(WebApplication app, string directory, int port)
    {
        (_app, Directory) = (app, directory);
        Channel = GrpcChannel.ForAddress($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}", new GrpcChannelOptions { MaxSendMessageSize = null });
        (Gates, Tills) = (new(Channel), new(Channel));
        (Families, Registry, Feeds) = (new(Channel), new(Channel), new(Channel));
        (Office, Schools) = (new(Channel), new(Channel));
        City = new(Channel);
    }

    /// <summary>No step of a test takes so long, unless something hangs.</summary>
    public static TimeSpan Deadline => TimeSpan.FromSeconds(30);

    public string Directory { get; }

    public required OffsetClock Clock { get; init; }

    public GrpcChannel Channel { get; }

    public GateService.GateServiceClient Gates { get; }

    public TillService.TillServiceClient Tills { get; }

    public FamilyService.FamilyServiceClient Families { get; }

    public RegistryService.RegistryServiceClient Registry { get; }

    public OfficeService.OfficeServiceClient Office { get; }

    public SchoolService.SchoolServiceClient Schools { get; }

    public FeedService.FeedServiceClient Feeds { get; }

    public CityService.CityServiceClient City { get; }

    /// <summary>Where metrics and health are.</summary>
    public Uri Management => _app.Services.GetRequiredService<ManagementListener>().Address;

    /// <summary>The server's parts.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>The way past the doors.</summary>
    public IGrainFactory Grains => _app.Services.GetRequiredService<IGrainFactory>();

    public static async Task<Server> Start(params (string Setting, string Value)[] settings)
    {
        var (directory, port) = (System.IO.Directory.CreateTempSubdirectory("zvonok-api-").FullName, FreePort.Next());
        var clock = new OffsetClock();
        WebApplication? app = null;
        try
        {
            app = Composition.BuildServer(builder =>
            {
                builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
                {
                    ["Zvonok:Listen"] = $"127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}",
                    ["Zvonok:DataDirectory"] = directory,
                    ["Zvonok:Management:Listen"] = "127.0.0.1:0",
                    ["Zvonok:Cluster:SiloPort"] = FreePort.Next().ToString(CultureInfo.InvariantCulture),
                });
                builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => setting.Setting, setting => (string?)setting.Value));
                builder.Logging.ClearProviders();
                builder.Services.AddSingleton<IClock>(clock);
            });
            await app.StartAsync();
        }
        catch
        {
            if (app is not null) await app.DisposeAsync();
            System.IO.Directory.Delete(directory, recursive: true);
            throw;
        }

        var server = new Server(app, directory, port) { Clock = clock };
        await server.Import(Given.District);
        return server;
    }

    /// <summary>A new operation's id.</summary>
    public ByteString NewId() => NewId(Duration.Zero);

    /// <summary>An id made so much ahead of the server's clock.</summary>
    public ByteString NewId(Duration ahead)
    {
        lock (_random) return Given.Bytes(OperationId.Create(Clock.GetCurrentInstant() + ahead, _random));
    }

    /// <summary>Sends rows in one message.</summary>
    public async Task<ImportResponse> Import(params Row[] rows)
    {
        using var patience = new CancellationTokenSource(Deadline);
        return await ImportCall.Send(Registry, [new ImportRequest { Rows = { rows } }], stop: patience.Token);
    }

    /// <summary>The next account number that nobody has.</summary>
    public long NewNumber() => AccountNumber.FromSerial(Interlocked.Increment(ref _lastSerial)).Value;

    /// <summary>A registered pupil of <see cref="Given.School"/> with a card and money.</summary>
    public async Task<Pupil> NewPupil(long meal = 0, CardState state = CardState.Active, Action<Card>? change = null)
    {
        var pupil = new Pupil(NewNumber());
        var card = Given.Card(pupil, state);
        change?.Invoke(card);
        var response = await Import(
            new Row { Account = new Account { AccountNumber = pupil.Number, Kind = AccountKind.Pupil, TimeZone = Given.Zone } },
            new Row { Card = card });
        response.BadRows.ShouldBeEmpty();
        if (meal > 0) await TopUp(pupil, meal);
        return pupil;
    }

    /// <summary>A registered employee of <see cref="Given.School"/> with a card.</summary>
    public async Task<Pupil> NewEmployee(Action<Card>? change = null)
    {
        var employee = new Pupil(NewNumber());
        var card = Given.Card(employee);
        change?.Invoke(card);
        (await Import(
            new Row { Account = new Account { AccountNumber = employee.Number, Kind = AccountKind.Employee, TimeZone = Given.Zone } },
            new Row { Card = card })).BadRows.ShouldBeEmpty();
        return employee;
    }

    /// <summary>A registered school with a till of its own, which has the same number.</summary>
    public async Task<int> NewSchool()
    {
        var id = Interlocked.Increment(ref _lastSchool);
        (await Import(
            new Row { Building = new Building { BuildingId = id, TimeZone = Given.Zone } },
            new Row { Device = new Device { DeviceId = id, Kind = DeviceKind.Till, BuildingId = id, OperatorId = 7 } })).BadRows.ShouldBeEmpty();
        return id;
    }

    public async Task<TopUpResponse> TopUp(Pupil pupil, long amount, Purse purse = Purse.Meal)
    {
        var id = NewId();
        return await Families.TopUpAsync(new TopUpRequest
        {
            OperationId = id,
            AccountNumber = pupil.Number,
            Purse = purse,
            AmountKopecks = amount,
            ProviderId = 3,
            BankReference = Convert.ToHexString(id.Span),
        });
    }

    public async Task<GetAccountResponse> Get(Pupil pupil) =>
        await Families.GetAccountAsync(new GetAccountRequest { AccountNumber = pupil.Number });

    /// <summary>The newest fifty entries of a pupil's ledger, newest first.</summary>
    public async Task<IReadOnlyList<Zvonok.Family.V1.Entry>> Entries(Pupil pupil) =>
        [.. (await Families.ListHistoryAsync(new ListHistoryRequest { AccountNumber = pupil.Number, Kinds = { HistoryKind.Meal, HistoryKind.Money, HistoryKind.Setting } })).Records.Select(record => record.Entry)];

    /// <summary>Stops as SIGTERM does.</summary>
    public Task Stop() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        System.IO.Directory.Delete(Directory, recursive: true);
    }
}

/// <summary>A pupil of the tests: an account and the card that goes with it.</summary>
public sealed record Pupil(long Number)
{
    /// <summary>The card's radio number.</summary>
    public ByteString Uid => ByteString.CopyFrom(BitConverter.GetBytes(Number));
}
