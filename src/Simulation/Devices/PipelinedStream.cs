using System.Threading.Channels;
using Grpc.Core;

namespace Zvonok.Simulation.Devices;

/// <summary>
/// A bidirectional call on which requests go out as fast as they come, without waiting for answers. What is posted while
/// a write is under way goes out together with the next.
/// </summary>
/// <typeparam name="TRequest">To the server.</typeparam>
/// <typeparam name="TResponse">From the server.</typeparam>
public sealed class PipelinedStream<TRequest, TResponse> : IAsyncDisposable
    where TRequest : class
    where TResponse : class
{
    private static readonly WriteOptions More = new(WriteFlags.BufferHint);
    private static readonly WriteOptions Last = new();
    private readonly AsyncDuplexStreamingCall<TRequest, TResponse> _call;
    private readonly Action<TResponse> _answered;
    private readonly Channel<TRequest> _outgoing = Channel.CreateUnbounded<TRequest>(new() { SingleReader = true });
    private readonly Task _writing;

    /// <summary>Takes over a call. <paramref name="answered"/> is called for one answer after the other and must not block.</summary>
    public PipelinedStream(AsyncDuplexStreamingCall<TRequest, TResponse> call, Action<TResponse> answered)
    {
        (_call, _answered) = (call, answered);
        _writing = Write();
        Completion = Read();
    }

    /// <summary>Ends when the server has ended the call; fails with it.</summary>
    public Task Completion { get; }

    /// <summary>Sends a request, soon. After the end of the call it goes nowhere.</summary>
    public void Post(TRequest request) => _outgoing.Writer.TryWrite(request);

    /// <summary>Says that no more requests come, and waits for the answers that are under way.</summary>
    public async Task Finish()
    {
        _outgoing.Writer.TryComplete();
        await _writing;
        await Completion;
    }

    /// <summary>Breaks the call off.</summary>
    public async ValueTask DisposeAsync()
    {
        _outgoing.Writer.TryComplete();
        _call.Dispose();
        await Task.WhenAll(_writing, Completion).ContinueWith(_ => { }, TaskScheduler.Default);
    }

    private async Task Write()
    {
        var reader = _outgoing.Reader;
        while (await reader.WaitToReadAsync())
        {
            while (reader.TryRead(out var request))
            {
                _call.RequestStream.WriteOptions = reader.TryPeek(out _) ? More : Last;
                await _call.RequestStream.WriteAsync(request);
            }
        }

        await _call.RequestStream.CompleteAsync();
    }

    private async Task Read()
    {
        await foreach (var response in _call.ResponseStream.ReadAllAsync()) _answered(response);
    }
}
