using System.Threading.Channels;
using Zvonok.Api.Tests.Servers;
using Zvonok.Gate.V1;

namespace Zvonok.Api.Tests.Gates;

/// <summary>A gate's or controller's end of a connection: what it hears, in its order.</summary>
internal sealed class GateLine : IAsyncDisposable
{
    private readonly AsyncDuplexStreamingCall<ConnectRequest, ConnectResponse> _call;
    private readonly Channel<ConnectResponse> _heard = Channel.CreateUnbounded<ConnectResponse>();
    private readonly Task _reading;

    private GateLine(Server server)
    {
        _call = server.Gates.Connect();
        _reading = Task.Run(Read);
    }

    /// <summary>How the stream ended; fails as the call did.</summary>
    public Task Ended => _reading;

    public static GateLine Open(Server server) => new(server);

    /// <summary>A stream that has said hello and is welcome.</summary>
    public static async Task<(GateLine Line, Welcome Welcome)> Greeted(Server server, params int[] gates)
    {
        var line = new GateLine(server);
        await line.Say(new Hello { DeviceIds = { gates } });
        return (line, (await line.Hear(ConnectResponse.MessageOneofCase.Welcome)).Welcome);
    }

    public Task Say(Hello hello) => _call.RequestStream.WriteAsync(new ConnectRequest { Hello = hello });

    public Task Say(Heartbeat heartbeat) => _call.RequestStream.WriteAsync(new ConnectRequest { Heartbeat = heartbeat });

    public Task Say(TapRequest tap) => _call.RequestStream.WriteAsync(new ConnectRequest { Tap = tap });

    public Task Say(ReportGateEventRequest report) => _call.RequestStream.WriteAsync(new ConnectRequest { Report = report });

    public Task Complete() => _call.RequestStream.CompleteAsync();

    /// <summary>The next message, whatever it is.</summary>
    public async Task<ConnectResponse> Hear()
    {
        using var patience = new CancellationTokenSource(Server.Deadline);
        return await _heard.Reader.ReadAsync(patience.Token);
    }

    /// <summary>The next message, which has to be of that kind.</summary>
    public async Task<ConnectResponse> Hear(ConnectResponse.MessageOneofCase kind)
    {
        var heard = await Hear();
        heard.MessageCase.ShouldBe(kind);
        return heard;
    }

    public async ValueTask DisposeAsync()
    {
        _call.Dispose();
        await _reading.ContinueWith(static _ => { }, TaskScheduler.Default);
    }

    private async Task Read()
    {
        try
        {
            await foreach (var response in _call.ResponseStream.ReadAllAsync()) await _heard.Writer.WriteAsync(response);
            _heard.Writer.Complete();
        }
        catch (Exception exception)
        {
            _heard.Writer.Complete(exception);
            throw;
        }
    }
}
