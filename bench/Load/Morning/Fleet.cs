using Grpc.Net.Client;
using Zvonok.Gate.V1;
using Zvonok.Till.V1;

namespace Zvonok.Load.Morning;

/// <summary>
/// The city's devices behind a number of connections, each with a stream of taps and a stream of sales. A pupil always
/// taps over the same connection, and buys over the same.
/// </summary>
internal sealed class Fleet : IAsyncDisposable
{
    private readonly StepPlayer _player;
    private readonly GrpcChannel[] _channels;
    private readonly GateLink[] _gates;
    private readonly TillLink[] _tills;
    private readonly Wiring _wiring;

    public Fleet(Uri address, int connections, City city, OperationIds ids, Failures failures)
        : this([address], connections, Wiring.ByPupil, city, ids, failures)
    {
    }

    /// <summary>The connections go to the silos in turn.</summary>
    public Fleet(IReadOnlyList<Uri> addresses, int connections, Wiring wiring, City city, OperationIds ids, Failures failures)
    {
        _wiring = wiring;
        _channels = [.. Enumerable.Range(0, connections).Select(i => Connection.Open(addresses[i % addresses.Count]))];
        _gates = [.. _channels.Select(channel => new GateLink(new GateService.GateServiceClient(channel)))];
        _tills = [.. _channels.Select(channel => new TillLink(new TillService.TillServiceClient(channel)))];
        _player = new StepPlayer(city, ids, failures, pupil => _gates[GateOf(pupil) % _gates.Length], pupil => _tills[TillOf(pupil) % _tills.Length]);
    }

    /// <summary>Does a step and checks its answer; a failure is counted, never thrown.</summary>
    public Task Do(Step step) => _player.Do(step);

    public async ValueTask DisposeAsync()
    {
        foreach (var gate in _gates) await gate.DisposeAsync();
        foreach (var till in _tills) await till.DisposeAsync();
        foreach (var channel in _channels) channel.Dispose();
    }

    private int GateOf(Pupil pupil) => _wiring == Wiring.BySchool ? pupil.School.Building.Value : pupil.Index;

    // Scattered: the next connection, and so another silo than the gate's.
    private int TillOf(Pupil pupil) => _wiring == Wiring.Scattered ? pupil.Index + 1 : GateOf(pupil);
}

/// <summary>Which devices share a connection.</summary>
internal enum Wiring
{
    /// <summary>Those that a pupil uses, whatever his school.</summary>
    ByPupil,

    /// <summary>Those of a school.</summary>
    BySchool,

    /// <summary>None: a pupil taps at one silo and buys at another.</summary>
    Scattered,
}
