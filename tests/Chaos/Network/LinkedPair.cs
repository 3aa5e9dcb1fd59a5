using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Zvonok.Chaos.Network;

/// <summary>Two sockets, and what comes in at one goes out at the other.</summary>
internal sealed class LinkedPair(Socket near, Weather weather) : IDisposable
{
    private const int ChunkMax = 16 * 1024;
    private const int ChunksMax = 256;

    private readonly Socket _far = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    /// <summary>Connects to the other side and carries until both sides have hung up.</summary>
    public async Task Join(int target)
    {
        near.NoDelay = _far.NoDelay = true;
        await _far.ConnectAsync(new IPEndPoint(IPAddress.Loopback, target));
        await Task.WhenAll(Carry(near, _far), Carry(_far, near));
    }

    /// <summary>Breaks both off without a farewell.</summary>
    public void Break()
    {
        near.Close(0);
        _far.Close(0);
    }

    public void Dispose()
    {
        near.Dispose();
        _far.Dispose();
    }

    // Reading and writing apart: a delay shifts what is sent, and takes nothing from how much is.
    private async Task Carry(Socket from, Socket to)
    {
        var chunks = Channel.CreateBounded<Chunk>(ChunksMax);
        await Task.WhenAll(Read(from, chunks.Writer), Write(chunks.Reader, to));
    }

    private async Task Read(Socket from, ChannelWriter<Chunk> chunks)
    {
        try
        {
            while (true)
            {
                var bytes = new byte[ChunkMax];
                var length = await from.ReceiveAsync(bytes);
                if (length == 0) break;
                await chunks.WriteAsync(new Chunk(bytes.AsMemory(0, length), TimeProvider.System.GetTimestamp()));
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Hung up rudely: what it has sent before is on its way all the same.
        }

        chunks.Complete();
    }

    private async Task Write(ChannelReader<Chunk> chunks, Socket to)
    {
        try
        {
            await foreach (var chunk in chunks.ReadAllAsync())
            {
                var left = weather.Delay - TimeProvider.System.GetElapsedTime(chunk.ReadAt);
                if (left > TimeSpan.Zero) await Task.Delay(left);
                await weather.Passable;
                for (var sent = 0; sent < chunk.Bytes.Length;) sent += await to.SendAsync(chunk.Bytes[sent..]);
            }

            await weather.Passable;
            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Nobody is there to take it: whoever sends is told.
            Break();
        }
    }

    private readonly record struct Chunk(ReadOnlyMemory<byte> Bytes, long ReadAt);
}
