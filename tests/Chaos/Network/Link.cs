using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Zvonok.Chaos.Network;

/// <summary>
/// The network between one silo and the database: a TCP proxy on loopback that can be cut, silenced and slowed down.
/// </summary>
internal sealed class Link : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<LinkedPair, bool> _pairs = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly int _target;
    private readonly Task _accepting;
    private volatile bool _isCut;

    /// <summary>Begins to listen; everything goes through to the target until something else is said.</summary>
    /// <param name="target">A port of the loopback address.</param>
    public Link(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = Accept();
    }

    /// <summary>Where it listens, on 127.0.0.1.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How the network is at present.</summary>
    internal Weather Weather { get; } = new();

    /// <summary>Breaks every connection off, and every new one too, until it is healed.</summary>
    public void Cut()
    {
        _isCut = true;
        foreach (var pair in _pairs.Keys) pair.Break();
    }

    /// <summary>
    /// Lets nothing through, in either direction, and tells nobody: what was sent meanwhile arrives when it is healed, even
    /// from somebody who has hung up by then.
    /// </summary>
    public void Silence() => Weather.Silence();

    /// <summary>Everything takes so much longer, each way.</summary>
    public void Slow(TimeSpan delay) => Weather.Delay = delay;

    /// <summary>All is well again.</summary>
    public void Heal()
    {
        _isCut = false;
        Weather.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        Cut();
        Weather.Clear();
        await _accepting;
        _stop.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true) _ = Serve(await _listener.AcceptSocketAsync(_stop.Token));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The listener has been stopped.
        }
    }

    private async Task Serve(Socket near)
    {
        using var pair = new LinkedPair(near, Weather);
        _pairs[pair] = true;
        try
        {
            await Weather.Passable;
            if (_isCut || _stop.IsCancellationRequested) pair.Break();
            else await pair.Join(_target);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            pair.Break();
        }
        finally
        {
            _pairs.TryRemove(pair, out _);
        }
    }
}
