using System.Collections.Concurrent;
using System.Threading.Channels;
using Google.Protobuf;
using Grpc.Core;
using Zvonok.Domain.Operations;
using Status = Google.Rpc.Status;

namespace Zvonok.Terminals.Connection;

/// <summary>What the core has answered to an operation: a message, or what a call would have failed with.</summary>
internal sealed record Answer(IMessage? Message, Status? Error);

/// <summary>
/// One stream to the core, from the hello to its end. Whether somebody is at its other end is found by what comes: after an answer that is late nothing is asked any more until something is heard, and when nothing is heard for long
/// the stream is given up. So a cable that was cut costs one wait, not one for every child.
/// </summary>
internal sealed class Session : IDisposable
{
    /// <summary>As many as the core reads of a stream at a time; what is beyond is decided without it.</summary>
    public const int UndecidedMax = 128;

    /// <summary>How long the core may be silent, in heartbeats.</summary>
    private const double SilentBeats = 2.5;

    private static readonly TimeSpan BeatUnsaid = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<OperationId, TaskCompletionSource<Answer?>> _pending = new();
    private readonly Channel<IMessage?> _outgoing = Channel.CreateUnbounded<IMessage?>(new UnboundedChannelOptions { SingleReader = true });
    private readonly IConversation _stream;
    private readonly TimeProvider _time;
    private readonly ISessionHost _host;
    private readonly CancellationTokenSource _ended = new();
    private readonly TimeSpan _probeWithin;
    private TimeSpan _interval = BeatUnsaid;
    private long _heardAt;
    private long _beatSentAt;
    private int _isDoubted;

    public Session(CallInvoker core, IConversation stream, ISessionHost host, TimeProvider time, TimeSpan answerWithin)
    {
        (Core, _stream, _host, _time) = (core, stream, host, time);
        // Twice what is waited for an answer: then it was no slow answer.
        _probeWithin = answerWithin * 2 < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : answerWithin * 2;
        _heardAt = _beatSentAt = time.GetTimestamp();
        Ended = _ended.Token;
    }

    /// <summary>For further calls over the same connection.</summary>
    public CallInvoker Core { get; }

    /// <summary>Cancelled when the stream is over.</summary>
    public CancellationToken Ended { get; }

    /// <summary>False while an answer is late and nothing else was heard since.</summary>
    public bool IsTrusted => Volatile.Read(ref _isDoubted) == 0 && !_ended.IsCancellationRequested;

    /// <summary>Waits for the welcome.</summary>
    public async Task Greet(TimeSpan within)
    {
        var news = await _stream.Read().WaitAsync(within, _time) ?? throw new IOException("The core has ended the stream instead of a welcome.");
        if (!news.IsWelcome) throw new IOException("The core has not answered the hello with a welcome.");
        if (news.HeartbeatInterval is { } interval && interval > TimeSpan.Zero) _interval = interval;
        Heard(news);
    }

    /// <summary>Lives until the stream is over; never throws. Why it is over.</summary>
    public async Task<string> Run()
    {
        var (writing, beating) = (Write(), Beat());
        try
        {
            while (await _stream.Read() is { } news) Heard(news);
            return "The core has ended the stream.";
        }
        catch (Exception exception)
        {
            return exception is RpcException rpc ? rpc.Status.Detail is { Length: > 0 } detail ? $"{rpc.StatusCode}: {detail}" : rpc.StatusCode.ToString() : exception.Message;
        }
        finally
        {
            End();
            await Task.WhenAll(writing, beating);
            foreach (var operation in _pending.Keys)
                if (_pending.TryRemove(operation, out var waiting)) waiting.TrySetResult(null);
        }
    }

    /// <summary>Asks the core; null: it has not answered in time, and may have heard.</summary>
    public async ValueTask<Answer?> Ask(OperationId operation, IMessage request, TimeSpan within)
    {
        var waiting = new TaskCompletionSource<Answer?>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_pending.TryAdd(operation, waiting)) return null;
        if (_ended.IsCancellationRequested || !_outgoing.Writer.TryWrite(request))
        {
            _pending.TryRemove(operation, out _);
            return null;
        }

        try
        {
            return await waiting.Task.WaitAsync(within, _time);
        }
        catch (TimeoutException)
        {
            // Who takes it out of the waiting decides: then an answer is either this one's or a late one's.
            if (!_pending.TryRemove(operation, out _)) return await waiting.Task;
            Doubt();
            return null;
        }
    }

    /// <summary>True when the core reads on.</summary>
    public bool HasRoom => _pending.Count < UndecidedMax;

    /// <summary>Says at once that the device lives, and how its inputs are.</summary>
    public void BeatNow() => _outgoing.Writer.TryWrite(null);

    /// <summary>Gives the stream up.</summary>
    public void End()
    {
        if (!_ended.IsCancellationRequested) _ended.Cancel();
        _outgoing.Writer.TryComplete();
        _stream.Dispose();
    }

    /// <inheritdoc/>
    // The source of the token is left as it is: whoever still looks at it sees that it is over.
    public void Dispose() => End();

    private void Heard(News news)
    {
        Volatile.Write(ref _heardAt, _time.GetTimestamp());
        Volatile.Write(ref _isDoubted, 0);
        if (news.Operation is { } operation)
        {
            var answer = new Answer(news.Answer, news.Error);
            if (_pending.TryRemove(operation, out var waiting)) waiting.TrySetResult(answer);
            else _host.HeardLate(operation, answer);
            return;
        }

        _host.Heard(news, Volatile.Read(ref _beatSentAt));
    }

    private void Doubt()
    {
        if (Interlocked.Exchange(ref _isDoubted, 1) == 0) _ = Probe();
    }

    private async Task Probe()
    {
        BeatNow();
        try
        {
            await Task.Delay(_probeWithin, _time, Ended);
            if (!IsTrusted) End();
        }
        catch (OperationCanceledException)
        {
            // It is over.
        }
    }

    private async Task Beat()
    {
        try
        {
            while (true)
            {
                await Task.Delay(_interval, _time, Ended);
                if (_time.GetElapsedTime(Volatile.Read(ref _heardAt)) > _interval * SilentBeats)
                {
                    End();
                    return;
                }

                BeatNow();
            }
        }
        catch (OperationCanceledException)
        {
            // It is over.
        }
    }

    private async Task Write()
    {
        try
        {
            await foreach (var request in _outgoing.Reader.ReadAllAsync())
            {
                if (request is not null)
                {
                    await _stream.Send(request);
                    continue;
                }

                Volatile.Write(ref _beatSentAt, _time.GetTimestamp());
                await _stream.Beat(_host.DeviceTime, _host.Queued, _host.FireInputs);
            }
        }
        catch (Exception exception) when (exception is RpcException or InvalidOperationException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // Whoever reads hears of it, or the silence is noticed.
            End();
        }
    }
}

/// <summary>Whose session it is.</summary>
internal interface ISessionHost
{
    Instant DeviceTime { get; }

    long Queued { get; }

    IReadOnlyCollection<int> FireInputs { get; }

    /// <summary>What the core tells by itself; must not block. The hello or heartbeat before it was sent at <paramref name="sentAt"/>, by the time provider's timestamp.</summary>
    void Heard(News news, long sentAt);

    /// <summary>An answer for which nobody waits any more; must not block.</summary>
    void HeardLate(OperationId operation, Answer answer);
}
