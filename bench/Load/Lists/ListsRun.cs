using System.Diagnostics;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Grpc.Net.Client;
using HdrHistogram;
using Zvonok.Api.Registry;
using Zvonok.Family.V1;
using Zvonok.Gate.V1;
using Zvonok.Office.V1;
using Zvonok.Processes;
using Zvonok.Registry.V1;
using Zvonok.Till.V1;

namespace Zvonok.Load.Lists;

/// <summary>
/// One school, full: its lists are fetched over gRPC as its devices do, from the request to the last byte. The silo looks anew for everybody who asks a second after the last look, and each round waits for that, so
/// that "new" has everything in it: reading the tables, making the list, its digest, its signature, the way. Then the same list is built without the way, again and again.
/// </summary>
internal sealed class ListsRun
{
    private const int InFlight = 64;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private readonly Dictionary<string, HistogramBase> _took = [];
    private readonly Dictionary<string, List<int>> _sizes = [];
    private readonly ListsSettings _settings;
    private readonly City _city;

    private TimeSpan _elapsed;

    private ListsRun(ListsSettings settings) => (_settings, _city) = (settings, City.Create(new CityPlan { Pupils = settings.Cards, Schools = 1 }));

    public Failures Failures { get; } = new();

    public IReadOnlyDictionary<string, ArmFigures> Arms => _took.ToDictionary(arm => arm.Key, arm => ArmFigures.Of(arm.Value, _elapsed.TotalSeconds, cpu: null));

    public IReadOnlyDictionary<string, object?> Figures => _sizes.ToDictionary(size => $"{size.Key.Replace(' ', '_').Replace(",", "", StringComparison.Ordinal)}_bytes", size => (object?)size.Value.Max());

    public static async Task<ListsRun> Play(Stage stage, ListsSettings settings, CancellationToken stop)
    {
        var run = new ListsRun(settings);
        var data = await stage.NewSilo("lists", settings.Store, stop) with { Environment = new Dictionary<string, string> { ["Zvonok:Lists:FreshSeconds"] = "1" } };
        var keys = await SiloProcess.RunVerb(data, ["device-keys", "--building", run.School.Building.ToString()], stop);
        var keyId = JsonDocument.Parse(keys.Output).RootElement.GetProperty("list_key_id").GetUInt32();
        var silo = await stage.Start(data, stop);
        await Town.Register(silo.Address, run._city, "Registering the school", sent: null, stop);
        await Town.FillPurses(silo.Address, [.. Enumerable.Range(0, settings.Cards).Select(run._city.PupilAt)], "Filling purses", stop);
        using var channel = Connection.OpenPatient(silo.Address);
        await run.Feed(channel, stop);
        await stage.Settle(stop);
        var began = Stopwatch.GetTimestamp();
        await Terminal.Show("Fetching lists", settings.Rounds, done => run.Fetch(channel, keyId, done, stop));
        run._elapsed = Stopwatch.GetElapsedTime(began);
        if (await silo.Stop() is not 0 and var status) run.Failures.Add($"the silo ended with {status}");
        await Terminal.Show("Building lists", settings.Rounds, done => Workshop.Build(data, run.School.Building, settings.Rounds, run.Built, done, stop));
        return run;
    }

    private School School => _city.Schools[0];

    // Everybody has meals at public cost on every day, and has ordered two for tomorrow.
    private async Task Feed(GrpcChannel channel, CancellationToken stop)
    {
        var (office, family) = (new OfficeService.OfficeServiceClient(channel), new FamilyService.FamilyServiceClient(channel));
        var ids = new OperationIds(SystemClock.Instance, 2);
        var day = SystemClock.Instance.GetCurrentInstant().InZone(DateTimeZoneProviders.Tzdb[_city.Plan.TimeZone]).Date.PlusDays(1);
        var (date, until) = (Date(day), Timestamp.FromDateTimeOffset(day.AtStartOfDayInZone(DateTimeZoneProviders.Tzdb[_city.Plan.TimeZone]).ToDateTimeOffset()));
        Till.V1.MealKind[] meals = [Till.V1.MealKind.Lunch, Till.V1.MealKind.Dinner];
        await office.SetOfflinePolicyAsync(new SetOfflinePolicyRequest { AllowanceKopecks = 30_000 }, cancellationToken: stop);
        await office.SetMenuAsync(
            new SetMenuRequest
            {
                BuildingId = School.Building.Value, Date = date, OperatorId = School.OperatorId, OrderUntil = until, Unredeemed = UnredeemedPolicy.Refund,
                Items = { meals.SelectMany(meal => Enumerable.Range(0, 5).Select(n => new Family.V1.MenuItem { MealKind = meal, ProductCode = $"MEAL-{n}", Name = "Meal", Category = Till.V1.ProductCategory.HotMeal, PriceKopecks = 100 })) },
            },
            cancellationToken: stop);
        var count = 0L;
        await Terminal.Show("Ordering meals", _settings.Cards, done => Parallel.ForAsync(0, _settings.Cards, new ParallelOptions { MaxDegreeOfParallelism = InFlight, CancellationToken = stop }, async (index, cancelled) =>
        {
            var pupil = _city.PupilAt(index);
            var entitled = await office.SetEntitlementsAsync(new SetEntitlementsRequest
            {
                OperationId = ids.Next(), AccountNumber = pupil.Account.Value, Entitlements = { new Family.V1.Entitlement { FunderId = 5, Meals = { Till.V1.MealKind.Breakfast, Till.V1.MealKind.Lunch }, Weekdays = { System.Enum.GetValues<Google.Type.DayOfWeek>().Where(day => day != 0) }, FirstDate = date, LastDate = date } },
            }, cancellationToken: cancelled);
            var ordered = await family.OrderMealsAsync(new OrderMealsRequest
            {
                OperationId = ids.Next(), AccountNumber = pupil.Account.Value, BuildingId = School.Building.Value,
                Orders = { meals.Select(meal => new Family.V1.MealOrder { Date = date, MealKind = meal, OperatorId = School.OperatorId, Items = { new OrderItem { ProductCode = $"MEAL-{index % 5}", Quantity = 1 } } }) },
            }, cancellationToken: cancelled);
            if (entitled.Granted is null || ordered.Granted is null) Failures.Add($"meals were refused: {entitled.Refused} {ordered.Refused}");
            done.Report(Interlocked.Increment(ref count));
        }));
    }

    private async Task Fetch(GrpcChannel channel, uint keyId, IProgress<long> done, CancellationToken stop)
    {
        var (tills, gates, registry) = (new TillService.TillServiceClient(channel), new GateService.GateServiceClient(channel), new RegistryService.RegistryServiceClient(channel));
        var version = 0L;
        for (var round = 0; round < _settings.Rounds; round++)
        {
            await Task.Delay(2 * Fresh, stop);
            version = await Time("tills, whole, new", () => FetchTill(0));
            await Time("tills, whole, at hand", () => FetchTill(0));
            await Time("gates, whole, new", FetchGate);
            var row = CityImport.CardOf(_city.PupilAt(round));
            row.Card.State = Registry.V1.CardState.Lost;
            if ((await ImportCall.Send(registry, [new ImportRequest { Rows = { row } }], stop: stop)).ChangedCount != 1) Failures.Add("a card was not changed");
            await Task.Delay(2 * Fresh, stop);
            if (await Time("tills, one change", () => FetchTill(version)) == version) Failures.Add("a change is not on the list");
            done.Report(round + 1);
        }

        async Task<Terminals.V1.SignedList> FetchTill(long known) =>
            (await tills.FetchListAsync(new Till.V1.FetchListRequest { DeviceId = School.Till.Value, KeyId = keyId, KnownVersion = known }, cancellationToken: stop)).List;
        async Task<Terminals.V1.SignedList> FetchGate() =>
            (await gates.FetchListAsync(new Gate.V1.FetchListRequest { DeviceId = School.Gate(0).Value, KeyId = keyId }, cancellationToken: stop)).List;
    }

    private async Task<long> Time(string arm, Func<Task<Terminals.V1.SignedList>> fetch)
    {
        var began = Stopwatch.GetTimestamp();
        var list = await fetch();
        var took = Stopwatch.GetElapsedTime(began);
        Record(arm, took);
        if (!_sizes.TryGetValue(arm, out var sizes)) _sizes[arm] = sizes = [];
        sizes.Add(list.CalculateSize());
        var content = Terminals.V1.ListContent.Parser.ParseFrom(list.Content);
        return content.List?.Version ?? content.Delta.Version;
    }

    private void Built(TimeSpan read, TimeSpan made)
    {
        Record("tills, built", read + made);
        Record("tills, made and signed", made);
    }

    private void Record(string arm, TimeSpan took)
    {
        if (!_took.TryGetValue(arm, out var histogram)) _took[arm] = histogram = Histograms.Create();
        histogram.RecordValue(Histograms.Microseconds(took));
    }

    private static Google.Type.Date Date(LocalDate day) => new() { Year = day.Year, Month = day.Month, Day = day.Day };
}
