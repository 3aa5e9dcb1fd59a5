using System.Threading.Channels;

namespace Zvonok.Api.Hosting;

/// <summary>
/// The server's end of a <c>Connect</c> stream: reads commands as they come, runs up to <see cref="UndecidedMax"/> of them
/// at a time, and writes answers as they are decided, as many in one packet as are ready.
/// </summary>
internal static class Pipeline
{
    /// <summary>
    /// Commands of one stream that may be undecided; beyond that the stream is read no further, and flow control holds the
    /// device. Fewer than a grain lets wait (<c>GrainsOptions.QueueMax</c>): one stream alone never meets that bound.
    /// </summary>
    public const int UndecidedMax = 128;

    private static readonly WriteOptions MoreFollows = new(WriteFlags.BufferHint);

    /// <summary>
    /// Runs until the client has sent its last command and has every answer. When the server stops it reads no further,
    /// answers what it has read, and ends the stream: the device connects elsewhere and repeats what it has no answer to.
    /// </summary>
    /// <param name="requests">The client's half.</param>
    /// <param name="responses">The server's half.</param>
    /// <param name="answer">Decides one request; never throws.</param>
    /// <param name="stop">The call's cancellation.</param>
    /// <param name="serverStops">Completes when the server begins to stop.</param>
    public static async Task Run<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requests, IServerStreamWriter<TResponse> responses,
        Func<TRequest, ValueTask<TResponse>> answer, CancellationToken stop, Task serverStops)
    {
        var ready = Channel.CreateUnbounded<TResponse>(new UnboundedChannelOptions { SingleReader = true });
        using var room = new SemaphoreSlim(UndecidedMax);
        var writing = Write(ready.Reader, responses, room, stop);
        using var noMore = new CancellationTokenSource();
        var reading = Read(requests, answer, ready.Writer, room, stop, noMore.Token);
        try
        {
            if (await Task.WhenAny(reading, serverStops) == serverStops) await noMore.CancelAsync();
            // Not one read may be left under way: Kestrel uses a stream's pipe again for the next stream of the connection, which would find it being read.
            await reading;
            // Room for all again: every answer is written.
            for (var taken = 0; taken < UndecidedMax; taken++) await room.WaitAsync(stop);
        }
        finally
        {
            ready.Writer.TryComplete();
            await writing;
        }
    }

    private static async Task Read<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requests, Func<TRequest, ValueTask<TResponse>> answer,
        ChannelWriter<TResponse> ready, SemaphoreSlim room, CancellationToken stop, CancellationToken noMore)
    {
        try
        {
            while (await requests.MoveNext(noMore) && !noMore.IsCancellationRequested)
            {
                await room.WaitAsync(stop);
                _ = Decide(requests.Current, answer, ready);
            }
        }
        catch (OperationCanceledException) when (noMore.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private static async Task Decide<TRequest, TResponse>(TRequest request, Func<TRequest, ValueTask<TResponse>> answer, ChannelWriter<TResponse> ready) =>
        ready.TryWrite(await answer(request));

    private static async Task Write<TResponse>(
        ChannelReader<TResponse> ready, IServerStreamWriter<TResponse> responses, SemaphoreSlim room, CancellationToken stop)
    {
        try
        {
            while (await ready.WaitToReadAsync(stop))
            {
                while (ready.TryRead(out var response))
                {
                    responses.WriteOptions = ready.TryPeek(out _) ? MoreFollows : null;
                    await responses.WriteAsync(response, CancellationToken.None);
                    room.Release();
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or InvalidOperationException or IOException)
        {
            // The client is gone. What was decided is durable, and the same operation sent again gets its answer.
        }
    }
}
