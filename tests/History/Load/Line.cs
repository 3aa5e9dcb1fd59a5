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
    private readonly Stream<TillLink> _till;
    private readonly Stream<GateLink> _gate;

    public Line(Uri address, bool streams)
    {
        (Address, Streams, _channel) = (address, streams, Connection.Open(address, ReconnectDelayMax));
        Tills = new(_channel);
        Gates = new(_channel);
        Families = new(_channel);
        _till = new(() => new TillLink(Tills), link => link.Finish());
        _gate = new(() => new GateLink(Gates), link => link.Finish());
    }

    public Uri Address { get; }

    /// <summary>True when taps and sales go over streams.</summary>
    public bool Streams { get; }

    public TillService.TillServiceClient Tills { get; }

    public GateService.GateServiceClient Gates { get; }

    public FamilyService.FamilyServiceClient Families { get; }

    public Task<TResult> OverTillStream<TResult>(Func<TillLink, Task<TResult>> send, CancellationToken patience) => _till.Send(send, patience);

    public Task<TResult> OverGateStream<TResult>(Func<GateLink, Task<TResult>> send, CancellationToken patience) => _gate.Send(send, patience);

    public async ValueTask DisposeAsync()
    {
        await _till.DisposeAsync();
        await _gate.DisposeAsync();
        _channel.Dispose();
    }

    /// <summary>The stream to one door; whoever comes after it has ended or was given up opens the next.</summary>
    private sealed class Stream<TLink>(Func<TLink> open, Func<TLink, Task> finish) : IAsyncDisposable
        where TLink : class, IAsyncDisposable
    {
        private readonly Lock _lock = new();
        private TLink? _link;

        public async Task<TResult> Send<TResult>(Func<TLink, Task<TResult>> send, CancellationToken patience)
        {
            TLink link;
            lock (_lock) link = _link ??= open();
            try
            {
                return await send(link).WaitAsync(patience);
            }
            catch (OperationCanceledException)
            {
                Leave(link);
                _ = Finish(link);
                throw;
            }
            catch
            {
                Leave(link);
                await link.DisposeAsync();
                throw;
            }
        }

        public async ValueTask DisposeAsync()
        {
            if (_link is { } link) await link.DisposeAsync();
        }

        private void Leave(TLink link)
        {
            lock (_lock)
                if (_link == link) _link = null;
        }

        // One operation hangs up; whatever else is under way on the stream is another device's, and goes on waiting.
        private async Task Finish(TLink link)
        {
            await finish(link).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await link.DisposeAsync();
        }
    }
}
