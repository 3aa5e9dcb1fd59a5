using Grpc.Net.Client;
using Zvonok.Family.V1;
using Zvonok.Gate.V1;
using Zvonok.Till.V1;

namespace Zvonok.History.Load;

/// <summary>
/// One connection to a silo. What goes over streams uses one to the tills' door and one to the gates'; a stream that has
/// ended is opened again by the next operation.
/// </summary>
public sealed class Line : IAsyncDisposable
{
    // A killed silo is back in seconds, and is to be found at once.
    private static readonly TimeSpan ReconnectDelayMax = TimeSpan.FromMilliseconds(50);

    private readonly GrpcChannel _channel;
    private readonly Lock _lock = new();
    private TillLink? _till;
    private GateLink? _gate;

    public Line(Uri address, bool streams)
    {
        (Address, Streams, _channel) = (address, streams, Connection.Open(address, ReconnectDelayMax));
        Tills = new(_channel);
        Gates = new(_channel);
        Families = new(_channel);
    }

    public Uri Address { get; }

    /// <summary>True when taps and sales go over streams.</summary>
    public bool Streams { get; }

    public TillService.TillServiceClient Tills { get; }

    public GateService.GateServiceClient Gates { get; }

    public FamilyService.FamilyServiceClient Families { get; }

    public async Task<TResult> OverTillStream<TResult>(Func<TillLink, Task<TResult>> send, CancellationToken patience)
    {
        TillLink link;
        lock (_lock) link = _till ??= new TillLink(Tills);
        try
        {
            return await send(link).WaitAsync(patience);
        }
        catch (OperationCanceledException)
        {
            lock (_lock)
                if (_till == link) _till = null;
            _ = Retire(link.Finish(), link);
            throw;
        }
        catch
        {
            lock (_lock)
                if (_till == link) _till = null;
            await link.DisposeAsync();
            throw;
        }
    }

    public async Task<TResult> OverGateStream<TResult>(Func<GateLink, Task<TResult>> send, CancellationToken patience)
    {
        GateLink link;
        lock (_lock) link = _gate ??= new GateLink(Gates);
        try
        {
            return await send(link).WaitAsync(patience);
        }
        catch (OperationCanceledException)
        {
            lock (_lock)
                if (_gate == link) _gate = null;
            _ = Retire(link.Finish(), link);
            throw;
        }
        catch
        {
            lock (_lock)
                if (_gate == link) _gate = null;
            await link.DisposeAsync();
            throw;
        }
    }

    // One operation hangs up; whatever else is under way on the stream is another device's, and goes on waiting.
    private static async Task Retire(Task finish, IAsyncDisposable link)
    {
        await finish.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await link.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_till is { } till) await till.DisposeAsync();
        if (_gate is { } gate) await gate.DisposeAsync();
        _channel.Dispose();
    }
}
