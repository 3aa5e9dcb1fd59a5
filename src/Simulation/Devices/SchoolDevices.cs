using Grpc.Net.Client;
using Zvonok.Gate.V1;
using Zvonok.Simulation.Cities;
using Zvonok.Till.V1;

namespace Zvonok.Simulation.Devices;

/// <summary>All gates and tills of a city's schools, each connected over a socket of its own.</summary>
public sealed class SchoolDevices : IAsyncDisposable
{
    private readonly List<GrpcChannel> _channels = [];
    private readonly Dictionary<DeviceId, GateLink> _gates = [];
    private readonly Dictionary<DeviceId, TillLink> _tills = [];

    private SchoolDevices()
    {
    }

    /// <summary>How many turnstiles are connected.</summary>
    public int GateCount => _gates.Count;

    /// <summary>How many tills are connected.</summary>
    public int TillCount => _tills.Count;

    /// <summary>Connects them all.</summary>
    public static async Task<SchoolDevices> Connect(Uri address, City city, CancellationToken stop)
    {
        var devices = new SchoolDevices();
        try
        {
            foreach (var school in city.Schools)
            {
                for (var i = 0; i < school.GateCount; i++)
                    devices._gates.Add(school.Gate(i), new GateLink(new GateService.GateServiceClient(await devices.OpenChannel(address, stop))));
                devices._tills.Add(school.Till, new TillLink(new TillService.TillServiceClient(await devices.OpenChannel(address, stop))));
            }

            return devices;
        }
        catch
        {
            await devices.DisposeAsync();
            throw;
        }
    }

    /// <summary>The connection of a gate.</summary>
    public GateLink Gate(DeviceId gate) => _gates[gate];

    /// <summary>The connection of a till.</summary>
    public TillLink Till(DeviceId till) => _tills[till];

    /// <summary>Breaks all connections off.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var gate in _gates.Values) await gate.DisposeAsync();
        foreach (var till in _tills.Values) await till.DisposeAsync();
        foreach (var channel in _channels) channel.Dispose();
    }

    private async Task<GrpcChannel> OpenChannel(Uri address, CancellationToken stop)
    {
        var channel = Connection.Open(address);
        _channels.Add(channel);
        await channel.ConnectAsync(stop);
        return channel;
    }
}
