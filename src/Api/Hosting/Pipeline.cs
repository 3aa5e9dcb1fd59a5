namespace Zvonok.Api.Hosting;

/// <summary>
/// The server's end of a <c>Connect</c> stream: reads commands as they come, runs up to <see cref="UndecidedMax"/> of them
/// at a time, and writes answers as they are decided, as many in one packet as are ready, and between them what the core says by itself.
/// </summary>
internal static class Pipeline
{
    /// <summary>
    /// Commands of one stream that may be undecided; beyond that the stream is read no further, and flow control holds the
    /// device. Fewer than a grain lets wait (<c>GrainsOptions.QueueMax</c>): one stream alone never meets that bound.
    /// </summary>
    public const int UndecidedMax = 128;

    /// <summary>
    /// Runs until the client has sent its last command and has every answer. When the server stops it reads no further,
    /// answers what it has read, and ends the stream: the device connects elsewhere and repeats what it has no answer to. So it does when the outlet ends, and fails as that says.
    /// </summary>
    /// <param name="requests">The client's half.</param>
    /// <param name="responses">The server's half.</param>
    /// <param name="answer">Decides one request; never throws. Null: there is nothing to say.</param>
    /// <param name="outlet">Where whatever is to be written waits.</param>
    /// <param name="stop">The call's cancellation.</param>
    /// <param name="serverStops">Completes when the server begins to stop.</param>
    public static async Task Run<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requests, IServerStreamWriter<TResponse> responses,
        Func<TRequest, ValueTask<TResponse?>> answer, Outlet<TResponse> outlet, CancellationToken stop, Task serverStops)
        where TResponse : class
    {
        using var room = new SemaphoreSlim(UndecidedMax);
        var writing = Write(outlet, responses, room);
        using var noMore = new CancellationTokenSource();
        var reading = Read(requests, answer, outlet, room, stop, noMore.Token);
        try
        {
            if (await Task.WhenAny(reading, serverStops, outlet.Ended) != reading) await noMore.CancelAsync();
            // Not one read may be left under way: Kestrel uses a stream's pipe again for the next stream of the connection, which would find it being read.
            await reading;
            // Room for all again: every answer is written.
            for (var taken = 0; taken < UndecidedMax; taken++) await room.WaitAsync(stop);
        }
        finally
        {
            outlet.Complete();
            await writing;
        }

        outlet.ThrowIfEnded();
    }

    private static async Task Read<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requests, Func<TRequest, ValueTask<TResponse?>> answer,
        Outlet<TResponse> outlet, SemaphoreSlim room, CancellationToken stop, CancellationToken noMore)
        where TResponse : class
    {
        try
        {
            while (await requests.MoveNext(noMore) && !noMore.IsCancellationRequested)
            {
                await room.WaitAsync(stop);
                _ = Decide(requests.Current, answer, outlet);
            }
        }
        catch (OperationCanceledException) when (noMore.IsCancellationRequested)
        {
            // The server stops, or the stream is ended.
        }
    }

    private static async Task Decide<TRequest, TResponse>(TRequest request, Func<TRequest, ValueTask<TResponse?>> answer, Outlet<TResponse> outlet)
        where TResponse : class => outlet.Answer(await answer(request));

    // Whatever ends the call completes the outlet: a token to wait with would be registered, and a wait made, for each message of each device.
    private static async Task Write<TResponse>(Outlet<TResponse> outlet, IServerStreamWriter<TResponse> responses, SemaphoreSlim room)
        where TResponse : class
    {
        try
        {
            await outlet.WriteAll(responses, () => room.Release());
        }
        catch (Exception exception) when (exception is OperationCanceledException or InvalidOperationException or IOException)
        {
            // The client is gone. What was decided is durable, and the same operation sent again gets its answer.
        }
    }
}
