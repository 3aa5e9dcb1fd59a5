using Grpc.Net.Client;
using Zvonok.Till.V1;

namespace Zvonok.Load.Morning;

/// <summary>
/// The same rate in front of a server that answers at once and does nothing: what the machine, the transport and the load
/// tool take for themselves. Its calls are unary sales, those of a morning are streamed taps and sales.
/// </summary>
internal sealed class Floor : IAsyncDisposable
{
    private static readonly TimeSpan LengthMax = TimeSpan.FromSeconds(30);
    private readonly GrpcChannel[] _channels;
    private readonly TillService.TillServiceClient[] _tills;
    private readonly Failures _failures;

    private Floor(Uri address, int connections, Failures failures)
    {
        _failures = failures;
        _channels = [.. Enumerable.Range(0, connections).Select(_ => Connection.Open(address))];
        _tills = [.. _channels.Select(channel => new TillService.TillServiceClient(channel))];
    }

    /// <summary>Plays the beginning of the script and returns the latencies.</summary>
    public static async Task<MorningRecorder> Measure(Stage stage, Script script, MorningSettings settings, Failures failures, CancellationToken stop)
    {
        var noop = await stage.StartRival(connectionString: null, stop);
        await using var floor = new Floor(noop.Address, settings.Connections, failures);
        Step[] steps = [.. script.Steps.TakeWhile(step => step.Start < LengthMax)];
        var seconds = Math.Min(settings.Seconds, (int)LengthMax.TotalSeconds);
        // Unmeasured once: connections are opened and code is compiled.
        await OpenLoop.Show("Warming up the floor", floor.Do, steps, seconds, failures, stop);
        return await OpenLoop.Show("Measuring the floor", floor.Do, steps, seconds, failures, stop);
    }

    public ValueTask DisposeAsync()
    {
        foreach (var channel in _channels) channel.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task Do(Step step)
    {
        try
        {
            await _tills[step.Pupil % _tills.Length].SellAsync(new SellRequest());
        }
        catch (Exception failure)
        {
            _failures.Add("floor", failure);
        }
    }
}
