using Grpc.Net.Client;
using Zvonok.Gate.V1;
using Zvonok.Till.V1;

namespace Zvonok.Load.Morning;

/// <summary>
/// The city's devices behind a number of connections, each with a stream of taps and a stream of sales. A pupil always
/// taps over the same connection, and buys over the same. Every answer is checked against what has to come.
/// </summary>
internal sealed class Fleet : IAsyncDisposable
{
    private readonly City _city;
    private readonly Failures _failures;
    private readonly OperationIds _ids;
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
        (_wiring, _city, _ids, _failures) = (wiring, city, ids, failures);
        _channels = [.. Enumerable.Range(0, connections).Select(i => Connection.Open(addresses[i % addresses.Count]))];
        _gates = [.. _channels.Select(channel => new GateLink(new GateService.GateServiceClient(channel)))];
        _tills = [.. _channels.Select(channel => new TillLink(new TillService.TillServiceClient(channel)))];
    }

    /// <summary>Does a step and checks its answer; a failure is counted, never thrown.</summary>
    public async Task Do(Step step)
    {
        try
        {
            var pupil = _city.PupilAt(step.Pupil);
            if (step.IsTap) await Tap(pupil, step.Direction);
            else await Sell(pupil, step.Balance);
        }
        catch (Exception failure)
        {
            _failures.Add(step.IsTap ? "tap" : "sale", failure);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var gate in _gates) await gate.DisposeAsync();
        foreach (var till in _tills) await till.DisposeAsync();
        foreach (var channel in _channels) channel.Dispose();
    }

    private int GateOf(Pupil pupil) => _wiring == Wiring.BySchool ? pupil.School.Building.Value : pupil.Index;

    // Scattered: the next connection, and so another silo than the gate's.
    private int TillOf(Pupil pupil) => _wiring == Wiring.Scattered ? pupil.Index + 1 : GateOf(pupil);

    private async Task Tap(Pupil pupil, Direction direction)
    {
        var tap = GateLink.Request(_ids.Next(), pupil.Gate, pupil.CardUid, direction, SystemClock.Instance.GetCurrentInstant());
        var result = await _gates[GateOf(pupil) % _gates.Length].Tap(tap);
        if (result.Error is { } error) _failures.Add($"tap: {error.Message}");
        else if (result.Response is not { Outcome: Outcome.Admitted, Unrecorded: false } answer)
            _failures.Add($"tap: {result.Response.Outcome} {result.Response.RefusalReason} {result.Response.Flag}{(result.Response.Unrecorded ? ", unrecorded" : "")}");
        else if (answer.Direction != direction || answer.AccountNumber != pupil.Account.Value)
            _failures.Add("tap: the answer tells of another direction or account");
    }

    private async Task Sell(Pupil pupil, long balance)
    {
        var sale = TillLink.Request(_ids.Next(), pupil.School.Till, pupil.CardUid, Menu.LinesFor(pupil.Index), SystemClock.Instance.GetCurrentInstant());
        var result = await _tills[TillOf(pupil) % _tills.Length].Sell(sale);
        if (result.Error is { } error) _failures.Add($"sale: {error.Message}");
        else if (result.Granted is not { } granted) _failures.Add($"sale: refused: {result.Refused.Reason}");
        else if (granted.AccountNumber != pupil.Account.Value || granted.BalanceKopecks != balance)
            _failures.Add("sale: the answer tells of another account or balance");
    }
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
