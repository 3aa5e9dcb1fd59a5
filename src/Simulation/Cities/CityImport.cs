using Zvonok.Api.Registry;
using Zvonok.Registry.V1;

namespace Zvonok.Simulation.Cities;

/// <summary>Registers a city through <c>zvonok.registry.v1.RegistryService.Import</c>, as the city's own systems would.</summary>
public static class CityImport
{
    /// <summary>Rows of one message; the service takes no more than 2,000.</summary>
    public const int RowsPerMessage = 2_000;

    /// <summary>Sends the whole city and returns the service's report.</summary>
    /// <param name="registry">Where to.</param>
    /// <param name="city">What.</param>
    /// <param name="sent">Told after each message how many rows went out so far.</param>
    /// <param name="stop">Breaks the import off.</param>
    public static Task<ImportResponse> Send(
        RegistryService.RegistryServiceClient registry, City city, IProgress<long>? sent = null, CancellationToken stop = default) =>
        ImportCall.Send(registry, Messages(city), sent, stop);

    /// <summary>How many rows a city has.</summary>
    public static long RowCount(City city) =>
        city.Schools.Count + city.Kindergartens.Count + Devices(city).LongCount() + 2L * city.Plan.Pupils;

    /// <summary>The messages of a city: buildings, devices, accounts, cards, each made when it is asked for.</summary>
    public static IEnumerable<ImportRequest> Messages(City city) =>
        Chunked(Buildings(city)).Concat(Chunked(Devices(city))).Concat(Chunked(Accounts(city))).Concat(Chunked(Cards(city)));

    /// <summary>The row of a pupil's card, in use.</summary>
    public static Row CardOf(Pupil pupil) => new()
    {
        Card = new()
        {
            CardUid = pupil.CardUid,
            Kind = CardKind.SchoolCard,
            State = CardState.Active,
            AccountNumber = pupil.Account.Value,
            HomeBuildingId = pupil.School.Building.Value,
        },
    };

    private static IEnumerable<ImportRequest> Chunked(IEnumerable<Row> rows)
    {
        foreach (var chunk in rows.Chunk(RowsPerMessage))
        {
            var message = new ImportRequest();
            message.Rows.Add(chunk);
            yield return message;
        }
    }

    private static IEnumerable<Row> Buildings(City city) =>
        city.Schools.Select(school => school.Building)
            .Concat(city.Kindergartens.Select(kindergarten => kindergarten.Building))
            .Select(building => new Row { Building = new() { BuildingId = building.Value, TimeZone = city.Plan.TimeZone } });

    private static IEnumerable<Row> Devices(City city)
    {
        foreach (var school in city.Schools)
        {
            for (var i = 0; i < school.GateCount; i++) yield return Gate(school.Gate(i), school.Building);
            yield return Till(school);
        }

        foreach (var kindergarten in city.Kindergartens)
            for (var i = 0; i < kindergarten.GateCount; i++)
                yield return Gate(new DeviceId(kindergarten.FirstGate.Value + i), kindergarten.Building);
    }

    private static Row Gate(DeviceId gate, BuildingId building) =>
        new() { Device = new() { DeviceId = gate.Value, Kind = DeviceKind.Gate, BuildingId = building.Value } };

    private static Row Till(School school) => new()
    {
        Device = new() { DeviceId = school.Till.Value, Kind = DeviceKind.Till, BuildingId = school.Building.Value, OperatorId = school.OperatorId },
    };

    private static IEnumerable<Row> Accounts(City city) => Pupils(city).Select(pupil => new Row
    {
        Account = new() { AccountNumber = pupil.Account.Value, Kind = Registry.V1.AccountKind.Pupil, TimeZone = city.Plan.TimeZone },
    });

    private static IEnumerable<Row> Cards(City city) => Pupils(city).Select(CardOf);

    private static IEnumerable<Pupil> Pupils(City city) => Enumerable.Range(0, city.Plan.Pupils).Select(city.PupilAt);
}
