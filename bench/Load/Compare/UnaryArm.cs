using System.Diagnostics;
using Grpc.Net.Client;
using Zvonok.Till.V1;

namespace Zvonok.Load.Compare;

/// <summary>Sells by unary calls.</summary>
internal sealed class UnaryArm(string name, Uri address, int serverProcessId, ClientSettings client, City city, Failures failures) : IArm
{
    private readonly GrpcChannel[] _channels = [.. Enumerable.Range(0, client.Connections).Select(_ => Connection.Open(address))];
    private readonly SaleSource _sales = new(city);
    private readonly OperationIds _ids = new(SystemClock.Instance, name.GetHashCode(StringComparison.Ordinal));

    public string Name => name;

    public int ServerProcessId => serverProcessId;

    public Task Run(Recorder recorder, CancellationToken stop) => Task.WhenAll(
        from channel in _channels
        from _ in Enumerable.Range(0, client.InFlight)
        select Sell(new TillService.TillServiceClient(channel), recorder, stop));

    public ValueTask DisposeAsync()
    {
        foreach (var channel in _channels) channel.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task Sell(TillService.TillServiceClient till, Recorder recorder, CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                var sale = _sales.Next(_ids.Next());
                var started = Stopwatch.GetTimestamp();
                // Not cancelled at the end: an answer without a journal entry, or the other way round, would be no fair measurement.
                var answer = await till.SellAsync(sale, cancellationToken: CancellationToken.None);
                recorder.Answered(started);
                if (answer.Granted is null) failures.Add($"{name}: refused: {answer.Refused?.Reason}");
            }
        }
        catch (Exception failure)
        {
            failures.Add(name, failure);
        }
    }
}
