using Grpc.Net.Client;
using Zvonok.Till.V1;

namespace Zvonok.Load.Compare;

/// <summary>Sells over one <c>Connect</c> stream a connection.</summary>
internal sealed class StreamArm(string name, Uri address, int serverProcessId, ClientSettings client, City city, Failures failures) : IArm
{
    private readonly GrpcChannel[] _channels = [.. Enumerable.Range(0, client.Connections).Select(_ => Connection.Open(address))];
    private readonly SaleSource _sales = new(city);

    public string Name => name;

    public int ServerProcessId => serverProcessId;

    public Task Run(Recorder recorder, CancellationToken stop) => Task.WhenAll(
        _channels.Select(channel => Sell(new TillService.TillServiceClient(channel), recorder, stop)));

    public ValueTask DisposeAsync()
    {
        foreach (var channel in _channels) channel.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task Sell(TillService.TillServiceClient till, Recorder recorder, CancellationToken stop)
    {
        try
        {
            await using var window = new StreamWindow(till, client.InFlight, _sales, recorder, refusal => failures.Add($"{name}: {refusal}"));
            await window.Run(stop);
        }
        catch (Exception failure)
        {
            failures.Add(name, failure);
        }
    }
}
