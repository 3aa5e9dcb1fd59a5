using System.Threading.Channels;

namespace Zvonok.Api.Hosting;

/// <summary>
/// What a <c>Connect</c> stream has to write, in its order: answers, and between them what the core says by itself. Of answers there are as many as the pipeline lets be undecided;
/// of the others <see cref="PushedMax"/>, so that a device that reads nothing fills no memory, and whoever tells it something never waits.
/// </summary>
internal sealed class Outlet<TResponse>
    where TResponse : class
{
    /// <summary>Messages of the core's own that may wait for one stream.</summary>
    public const int PushedMax = 32;

    private static readonly WriteOptions MoreFollows = new(WriteFlags.BufferHint);

    private readonly Channel<Outgoing> _ready = Channel.CreateUnbounded<Outgoing>(new UnboundedChannelOptions { SingleReader = true });
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private RpcException? _fault;
    private int _pushed;

    /// <summary>Completes when the stream is to end.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Says something that nobody asked for. False: the device does not read, and it is not said.</summary>
    public bool TryPush(TResponse message)
    {
        if (Interlocked.Increment(ref _pushed) <= PushedMax) return _ready.Writer.TryWrite(new Outgoing(message, IsPushed: true)) || HasEnded;
        Interlocked.Decrement(ref _pushed);
        return false;
    }

    /// <summary>Ends the stream when what is ready is written: the call fails so.</summary>
    public void End(RpcException why)
    {
        Interlocked.CompareExchange(ref _fault, why, null);
        _ended.TrySetResult();
    }

    /// <summary>A command was decided; null: there is nothing to say about it.</summary>
    public void Answer(TResponse? answer) => _ready.Writer.TryWrite(new Outgoing(answer, IsPushed: false));

    /// <summary>Nothing more is to be written.</summary>
    public void Complete() => _ready.Writer.TryComplete();

    /// <summary>Fails as the call is to fail; nothing when it is not.</summary>
    public void ThrowIfEnded()
    {
        if (_fault is { } fault) throw fault;
    }

    /// <summary>Writes what is ready, as much in one packet as there is, until it is complete.</summary>
    public async Task WriteAll(IServerStreamWriter<TResponse> responses, Action answered)
    {
        while (await _ready.Reader.WaitToReadAsync())
        {
            while (_ready.Reader.TryRead(out var next))
            {
                if (next.Message is { } message)
                {
                    responses.WriteOptions = _ready.Reader.TryPeek(out var follows) && follows.Message is not null ? MoreFollows : null;
                    await responses.WriteAsync(message, CancellationToken.None);
                }

                if (next.IsPushed) Interlocked.Decrement(ref _pushed);
                else answered();
            }
        }
    }

    private bool HasEnded => _ready.Reader.Completion.IsCompleted || _ended.Task.IsCompleted;

    private readonly record struct Outgoing(TResponse? Message, bool IsPushed);
}
