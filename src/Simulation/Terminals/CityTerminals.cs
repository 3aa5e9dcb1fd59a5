using System.Collections.Concurrent;
using System.Globalization;
using Zvonok.Simulation.Cities;
using Zvonok.Terminals;

namespace Zvonok.Simulation.Terminals;

/// <summary>
/// All gates and tills of a city's schools as vendors build them, on the terminal library (O6), in one process: each with a file and a connection of its own, or a share of one, and no thread.
/// </summary>
public sealed class CityTerminals : IAsyncDisposable
{
    private const int FaultsShown = 10;
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);
    private readonly ConcurrentDictionary<DeviceId, GateTerminal> _gates = new();
    private readonly ConcurrentDictionary<DeviceId, TillTerminal> _tills = new();
    private readonly TerminalSetup _setup;
    private readonly SharedChannels? _channels;

    private CityTerminals(TerminalSetup setup)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(setup.TerminalsPerConnection, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(setup.TerminalsPerConnection, SharedChannels.TerminalsMax);
        _setup = setup;
        if (setup.TerminalsPerConnection > 1) _channels = new SharedChannels(setup.TerminalsPerConnection);
    }

    /// <summary>How many turnstiles there are.</summary>
    public int GateCount => _gates.Count;

    /// <summary>How many tills there are.</summary>
    public int TillCount => _tills.Count;

    /// <summary>Opens all their files; they begin to connect, and decide from then on whether they are connected or not.</summary>
    public static async Task<CityTerminals> Start(City city, TerminalSetup setup, CancellationToken stop = default)
    {
        Directory.CreateDirectory(setup.Directory);
        var terminals = new CityTerminals(setup);
        try
        {
            // Each new file is written to the disk several times: side by side it takes less long.
            await Parallel.ForEachAsync(city.Schools, stop, (school, _) =>
            {
                terminals.Start(school);
                return ValueTask.CompletedTask;
            });
            return terminals;
        }
        catch
        {
            await terminals.DisposeAsync();
            throw;
        }
    }

    /// <summary>A turnstile.</summary>
    public GateTerminal Gate(DeviceId gate) => _gates[gate];

    /// <summary>A till.</summary>
    public TillTerminal Till(DeviceId till) => _tills[till];

    /// <summary>How they are.</summary>
    public TerminalFigures Figures()
    {
        var statuses = Statuses().Select(one => one.Status).ToList();
        return new TerminalFigures(
            statuses.Count, statuses.Count(status => status.IsConnected), statuses.Count(status => status.ListVersion > 0), statuses.Sum(status => status.Queued + status.Unsaved));
    }

    /// <summary>What the core has not taken as it is.</summary>
    public IEnumerable<NotTakenFact> NotTaken() => _gates.Values.SelectMany(gate => gate.NotTaken).Concat(_tills.Values.SelectMany(till => till.NotTaken));

    /// <summary>Waits until they are so; throws <see cref="TimeoutException"/> with how they are when they are not in time.</summary>
    public async Task Until(Func<TerminalFigures, bool> so, TimeSpan patience, CancellationToken stop = default)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (Figures() is var figures && !so(figures))
        {
            if (TimeProvider.System.GetElapsedTime(began) > patience) throw new TimeoutException($"After {patience} the terminals are still so: {figures}. {Faults()}");
            await Task.Delay(PollInterval, stop);
        }
    }

    /// <summary>Stops them; what they have not told is in their files.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_gates.Values.Select(gate => gate.DisposeAsync().AsTask()).Concat(_tills.Values.Select(till => till.DisposeAsync().AsTask())));
        _channels?.Dispose();
    }

    private void Start(School school)
    {
        for (var i = 0; i < school.GateCount; i++) _gates[school.Gate(i)] = GateTerminal.Start(Options(school, school.Gate(i)));
        _tills[school.Till] = TillTerminal.Start(Options(school, school.Till) with { Operator = school.OperatorId });
    }

    private TerminalOptions Options(School school, DeviceId device)
    {
        var key = _setup.Keys.Of(school.Building);
        return new TerminalOptions
        {
            Addresses = _setup.Addresses,
            DataFile = Path.Combine(_setup.Directory, string.Create(CultureInfo.InvariantCulture, $"{device.Value}.db")),
            Devices = [device.Value],
            Building = school.Building.Value,
            ListKeyId = key.Id,
            ListKey = key.ToBytes(),
            SigningKeys = _setup.Keys.SigningKeys,
            AnswerWithin = _setup.AnswerWithin,
            ReconnectAtMostEvery = _setup.ReconnectAtMostEvery,
            ChannelFactory = _channels is null ? null : address => _channels.Of(address, device.Value),
        };
    }

    private IEnumerable<(DeviceId Device, TerminalStatus Status)> Statuses() =>
        _gates.Select(gate => (gate.Key, gate.Value.Status)).Concat(_tills.Select(till => (till.Key, till.Value.Status)));

    private string Faults() => string.Join("; ", Statuses()
        .Where(one => !one.Status.IsConnected || one.Status.ListVersion == 0 || one.Status.Queued + one.Status.Unsaved > 0)
        .Select(one => $"device {one.Device}: {one.Status.Queued + one.Status.Unsaved} queued, {one.Status.StoreFault ?? one.Status.UploadFault ?? (one.Status.IsConnected ? "no fault" : one.Status.ConnectionFault)}")
        .Take(FaultsShown));
}
