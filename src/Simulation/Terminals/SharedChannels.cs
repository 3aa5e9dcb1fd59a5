using System.Collections.Concurrent;
using Grpc.Core;
using Grpc.Net.Client;

namespace Zvonok.Simulation.Terminals;

/// <summary>Connections, each of which a few terminals share. A dead one is found by its pings.</summary>
/// <param name="terminalsEach">How many share one.</param>
public sealed class SharedChannels(int terminalsEach) : IDisposable
{
    /// <summary>A terminal has a stream open, and now and then an upload and a question for a list beside it: the core takes 1,000 of a connection.</summary>
    public const int TerminalsMax = 256;

    private readonly ConcurrentDictionary<(Uri Address, int Connection), Lazy<GrpcChannel>> _channels = new();

    /// <summary>The connection to an address for the terminal of that number.</summary>
    public ChannelBase Of(Uri address, int terminal) => _channels.GetOrAdd((address, terminal / terminalsEach), key => new Lazy<GrpcChannel>(() => Open(key.Address))).Value;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var channel in _channels.Values) channel.Value.Dispose();
    }

    private static GrpcChannel Open(Uri address) => GrpcChannel.ForAddress(address, new GrpcChannelOptions
    {
        HttpHandler = new SocketsHttpHandler
        {
            EnableMultipleHttp2Connections = true, UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(5), KeepAlivePingDelay = TimeSpan.FromSeconds(5), KeepAlivePingTimeout = TimeSpan.FromSeconds(5),
        },
        DisposeHttpClient = true,
    });
}
