using Zvonok.Api.Registry;
using Zvonok.Gate.V1;
using Zvonok.Registry.V1;

namespace Zvonok.Load.Devices;

/// <summary>One more building of a city: the largest there is, with a fire panel, and an employee who may end an evacuation.</summary>
internal sealed class Hall
{
    /// <summary>Its gates.</summary>
    public const int Gates = 40;

    private readonly City _city;
    private readonly int _firstDevice;

    /// <summary>Numbered after all that the city has.</summary>
    public Hall(City city)
    {
        _city = city;
        Building = 1 + city.Schools.Count + city.Kindergartens.Count;
        _firstDevice = 1 + NewDevice.All(city).Max(device => device.Device.Value);
    }

    public int Building { get; }

    public int FirePanel => _firstDevice + Gates;

    /// <summary>Of the employee: four bytes, where those of pupils have seven.</summary>
    public ByteString EmployeeCard { get; } = ByteString.CopyFrom(0xFA, 0x11, 0, 1);

    /// <summary>The gates, to be connected.</summary>
    public IEnumerable<NewDevice> Devices(Action<ModeNotice> told) => Enumerable.Range(_firstDevice, Gates).Select(gate => new NewDevice(new DeviceId(gate), Told: told));

    /// <summary>Registers it; throws unless every row was new and good.</summary>
    public async Task Register(Uri address, CancellationToken stop)
    {
        using var channel = Connection.Open(address);
        Row[] rows = [.. Rows()];
        var answer = await ImportCall.Send(new RegistryService.RegistryServiceClient(channel), [new ImportRequest { Rows = { rows } }], stop: stop);
        if (answer.AddedCount != rows.Length) throw new InvalidOperationException($"Of the hall's {rows.Length} rows {answer.AddedCount} were added, the first bad one: {answer.BadRows.FirstOrDefault()}.");
    }

    private IEnumerable<Row> Rows()
    {
        var account = Domain.Accounts.AccountNumber.FromSerial(_city.Plan.Pupils + 1L).Value;
        yield return new Row { Building = new() { BuildingId = Building, TimeZone = _city.Plan.TimeZone } };
        for (var gate = 0; gate < Gates; gate++) yield return new Row { Device = new() { DeviceId = _firstDevice + gate, Kind = DeviceKind.Gate, BuildingId = Building } };
        yield return new Row { Device = new() { DeviceId = FirePanel, Kind = DeviceKind.FirePanel, BuildingId = Building } };
        yield return new Row { Account = new() { AccountNumber = account, Kind = AccountKind.Employee, TimeZone = _city.Plan.TimeZone } };
        yield return new Row { Card = new() { CardUid = EmployeeCard, Kind = CardKind.SchoolCard, State = CardState.Active, AccountNumber = account, HomeBuildingId = Building } };
    }
}
