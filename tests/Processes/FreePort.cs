using System.Net;
using System.Net.Sockets;

namespace Zvonok.Processes;

/// <summary>Ports of the loopback address that nobody listens on.</summary>
public static class FreePort
{
    // Below the range from which the system takes ports for outgoing connections (32,768 and up, unless it is set otherwise): one of those could
    // come between the look and the use. No port is given twice while there are others.
    private const int First = 15_000;
    private const int Count = 17_000;
    // Processes that run side by side begin at different places.
    private static int _given = Environment.ProcessId * 37 % Count;

    /// <summary>The next one.</summary>
    public static int Next()
    {
        for (var tries = 0; tries < Count; tries++)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref _given) % Count);
            if (IsFree(port)) return port;
        }

        throw new InvalidOperationException($"No port from {First} to {First + Count - 1} is free.");
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
