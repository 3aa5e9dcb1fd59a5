using Grpc.Net.Client;
using Zvonok.Load.Morning;
using Zvonok.Till.V1;

namespace Zvonok.Load.Scale;

/// <summary>The city's devices at servers that do nothing: every step is a sale over the stream of the school's connection.</summary>
internal sealed class EmptyFleet : IAsyncDisposable
{
    private readonly City _city;
    private readonly Failures _failures;
    private readonly OperationIds _ids = new(SystemClock.Instance, 1);
    private readonly GrpcChannel[] _channels;
    private readonly TillLink[] _tills;

    /// <summary>The connections go to the servers in turn.</summary>
    public EmptyFleet(IReadOnlyList<Uri> addresses, int connections, City city, Failures failures)
    {
        (_city, _failures) = (city, failures);
        _channels = [.. Enumerable.Range(0, connections).Select(i => Connection.Open(addresses[i % addresses.Count]))];
        _tills = [.. _channels.Select(channel => new TillLink(new TillService.TillServiceClient(channel)))];
    }

    /// <summary>Does a step; a failure is counted, never thrown.</summary>
    public async Task Do(Step step)
    {
        try
        {
            var pupil = _city.PupilAt(step.Pupil);
            var sale = TillLink.Request(_ids.Next(), pupil.School.Till, pupil.CardUid, Menu.LinesFor(pupil.Index), SystemClock.Instance.GetCurrentInstant());
            var result = await _tills[pupil.School.Building.Value % _tills.Length].Sell(sale);
            if (result.Granted is null) _failures.Add("empty: not granted");
        }
        catch (Exception failure)
        {
            _failures.Add("empty", failure);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var till in _tills) await till.DisposeAsync();
        foreach (var channel in _channels) channel.Dispose();
    }
}
