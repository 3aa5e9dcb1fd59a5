using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Zvonok.Till.V1;

namespace Zvonok.Simulation.Devices;

/// <summary>A stream to <c>TillService.Connect</c>, for one till or many.</summary>
public sealed class TillLink : IAsyncDisposable
{
    private readonly PendingOperations<OperationResult> _pending = new();
    private readonly PipelinedStream<ConnectRequest, ConnectResponse> _stream;

    /// <summary>Connects. Whatever comes besides answers to operations is told to <paramref name="told"/>, which must not block.</summary>
    public TillLink(TillService.TillServiceClient tills, Action<ConnectResponse>? told = null)
    {
        _stream = new(tills.Connect(), response =>
        {
            if (response.OperationResult is { } result) _pending.Complete(result.OperationId, result);
            else told?.Invoke(response);
        });
        _ = EndWithStream();
    }

    /// <summary>Ends with the stream, and fails as it does.</summary>
    public Task Completion => _stream.Completion;

    /// <summary>A sale as a till sends it; the total is that of the lines.</summary>
    /// <param name="operation">Its id.</param>
    /// <param name="till">Which till.</param>
    /// <param name="cardUid">The radio number.</param>
    /// <param name="lines">What is sold.</param>
    /// <param name="at">The till's time; null when it has no clock.</param>
    public static SellRequest Request(ByteString operation, DeviceId till, ByteString cardUid, IEnumerable<Till.V1.SaleLine> lines, Instant? at = null)
    {
        var sale = new SellRequest
        {
            OperationId = operation,
            DeviceId = till.Value,
            CardUid = cardUid,
            EventTime = at is { } time ? Timestamp.FromDateTimeOffset(time.ToDateTimeOffset()) : null,
        };
        sale.Lines.Add(lines);
        foreach (var line in sale.Lines) sale.TotalKopecks += line.Quantity * line.UnitPriceKopecks;
        return sale;
    }

    /// <summary>Sends a sale and waits for its answer; throws <see cref="RpcException"/> when the stream ends without one.</summary>
    public Task<OperationResult> Sell(SellRequest sale)
    {
        var answer = _pending.Await(sale.OperationId);
        _stream.Post(new ConnectRequest { Sell = sale });
        return answer;
    }

    /// <summary>Sends a reversal, likewise.</summary>
    public Task<OperationResult> Reverse(ReverseSaleRequest reversal)
    {
        var answer = _pending.Await(reversal.OperationId);
        _stream.Post(new ConnectRequest { ReverseSale = reversal });
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
