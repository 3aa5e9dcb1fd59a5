using Grpc.Net.Client;
using Zvonok.Gate.V1;
using Zvonok.Till.V1;

namespace Zvonok.Load.Morning;

/// <summary>
/// The city's devices behind a number of connections, each with a stream of taps and a stream of sales. A pupil always
/// comes over the same connection. Every answer is checked against what has to come.
/// </summary>
internal sealed class Fleet : IAsyncDisposable
{
    private readonly City _city;
    private readonly Failures _failures;
    private readonly OperationIds _ids;
    private readonly GrpcChannel[] _channels;
    private readonly GateLink[] _gates;
    private readonly TillLink[] _tills;

    public Fleet(Uri address, int connections, City city, OperationIds ids, Failures failures)
    {
        (_city, _ids, _failures) = (city, ids, failures);
        _channels = [.. Enumerable.Range(0, connections).Select(_ => Connection.Open(address))];
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

    private async Task Tap(Pupil pupil, Direction direction)
    {
        var tap = GateLink.Request(_ids.Next(), pupil.Gate, pupil.CardUid, direction, SystemClock.Instance.GetCurrentInstant());
        var result = await _gates[pupil.Index % _gates.Length].Tap(tap);
        if (result.Error is { } error) _failures.Add($"tap: {error.Message}");
        else if (result.Response is not { Outcome: Outcome.Admitted } answer)
            _failures.Add($"tap: {result.Response.Outcome} {result.Response.RefusalReason} {result.Response.Flag}");
        else if (answer.Direction != direction || answer.AccountNumber != pupil.Account.Value)
            _failures.Add("tap: the answer tells of another direction or account");
    }

    private async Task Sell(Pupil pupil, long balance)
    {
        var sale = TillLink.Request(_ids.Next(), pupil.School.Till, pupil.CardUid, Menu.LinesFor(pupil.Index), SystemClock.Instance.GetCurrentInstant());
        var result = await _tills[pupil.Index % _tills.Length].Sell(sale);
        if (result.Error is { } error) _failures.Add($"sale: {error.Message}");
        else if (result.Granted is not { } granted) _failures.Add($"sale: refused: {result.Refused.Reason}");
        else if (granted.AccountNumber != pupil.Account.Value || granted.BalanceKopecks != balance)
            _failures.Add("sale: the answer tells of another account or balance");
    }
}
