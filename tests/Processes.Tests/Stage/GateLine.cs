using Grpc.Core;
using Grpc.Net.Client;
using Zvonok.Gate.V1;

namespace Zvonok.Processes.Tests.Stage;

/// <summary>One gate's connection.</summary>
internal sealed class GateLine(GrpcChannel channel, int gate)
{
    // A killed silo's buildings wake up elsewhere within 8 seconds.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly AsyncDuplexStreamingCall<ConnectRequest, ConnectResponse> _call = new GateService.GateServiceClient(channel).Connect();
    private readonly Queue<ConnectResponse> _heard = new();

    public int Gate => gate;

    public GrpcChannel Channel => channel;

    /// <summary>A connection that has said hello and was answered.</summary>
    public static async Task<GateLine> Greeted(GrpcChannel channel, int gate)
    {
        var line = new GateLine(channel, gate);
        await line._call.RequestStream.WriteAsync(new ConnectRequest { Hello = new Hello { DeviceIds = { gate } } });
        await line.Until(answer => answer.Welcome);
        return line;
    }

    public Task Say(Heartbeat heartbeat) => _call.RequestStream.WriteAsync(new ConnectRequest { Heartbeat = heartbeat });

    /// <summary>A card is presented; what the gate is to do.</summary>
    public async Task<TapResponse> Tap(TapRequest tap)
    {
        await _call.RequestStream.WriteAsync(new ConnectRequest { Tap = tap });
        return (await Until(answer => answer.TapResult?.OperationId == tap.OperationId ? answer.TapResult : null)).Response.ShouldNotBeNull();
    }

    /// <summary>The gate has heard that it is to be open, of whatever it has ever heard.</summary>
    public Task UntilOpen() => Until(answer => (answer.Mode ?? answer.Welcome?.Mode) is { Open: true } open ? open : null);

    /// <summary>What is looked for, among all that was ever heard.</summary>
    public async Task<T> Until<T>(Func<ConnectResponse, T?> find)
        where T : class
    {
        using var patience = new CancellationTokenSource(Deadline);
        T? found;
        while ((found = _heard.Select(find).FirstOrDefault(one => one is not null)) is null)
        {
            (await _call.ResponseStream.MoveNext(patience.Token)).ShouldBeTrue();
            _heard.Enqueue(_call.ResponseStream.Current);
        }

        return found;
    }
}
