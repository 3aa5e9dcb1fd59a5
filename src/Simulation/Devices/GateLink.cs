using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Zvonok.Gate.V1;

namespace Zvonok.Simulation.Devices;

/// <summary>A controller's stream to <c>GateService.Connect</c>: it speaks for as many gates as it likes (P9).</summary>
public sealed class GateLink : IAsyncDisposable
{
    private readonly PendingOperations<TapResult> _pending = new();
    private readonly PipelinedStream<ConnectRequest, ConnectResponse> _stream;

    /// <summary>Connects. Whatever comes besides answers to taps is told to <paramref name="told"/>, which must not block.</summary>
    public GateLink(GateService.GateServiceClient gates, Action<ConnectResponse>? told = null)
    {
        _stream = new(gates.Connect(), response =>
        {
            if (response.TapResult is { } result) _pending.Complete(result.OperationId, result);
            else told?.Invoke(response);
        });
        _ = EndWithStream();
    }

    /// <summary>Ends with the stream, and fails as it does.</summary>
    public Task Completion => _stream.Completion;

    /// <summary>A tap as a gate sends it.</summary>
    /// <param name="operation">Its id.</param>
    /// <param name="gate">Which gate.</param>
    /// <param name="cardUid">The radio number.</param>
    /// <param name="direction">Where the reader leads.</param>
    /// <param name="at">The gate's time; null when it has no clock.</param>
    public static TapRequest Request(ByteString operation, DeviceId gate, ByteString cardUid, Direction direction, Instant? at = null) => new()
    {
        OperationId = operation,
        DeviceId = gate.Value,
        CardUid = cardUid,
        Direction = direction,
        EventTime = at is { } time ? Timestamp.FromDateTimeOffset(time.ToDateTimeOffset()) : null,
    };

    /// <summary>Sends a tap and waits for its answer; throws <see cref="RpcException"/> when the stream ends without one.</summary>
    public Task<TapResult> Tap(TapRequest tap)
    {
        var answer = _pending.Await(tap.OperationId);
        _stream.Post(new ConnectRequest { Tap = tap });
        return answer;
    }

    /// <summary>Says what has no answer of its own: a hello, a heartbeat.</summary>
    public void Say(ConnectRequest message) => _stream.Post(message);

    /// <summary>Says goodbye and waits for what is under way.</summary>
    public Task Finish() => _stream.Finish();

    /// <summary>Breaks the stream off.</summary>
    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private async Task EndWithStream() => _pending.End(await StreamEnd.Of(_stream.Completion));
}
