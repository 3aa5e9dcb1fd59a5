using System.Buffers.Binary;
using System.Diagnostics;
using Zvonok.Till.V1;

namespace Zvonok.Load.Compare;

/// <summary>
/// A stream that always has the same number of sales in flight. The place of a sale in the window is written into the
/// random bits of its operation id, so that an answer finds its place without a dictionary.
/// </summary>
internal sealed class StreamWindow : IAsyncDisposable
{
    private readonly PipelinedStream<ConnectRequest, ConnectResponse> _stream;
    private readonly SaleSource _sales;
    private readonly Recorder _recorder;
    private readonly Action<string> _refused;
    private readonly Random _random = new(Guid.NewGuid().GetHashCode());
    private readonly long[] _started;
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _inFlight;
    private CancellationToken _stop;

    public StreamWindow(TillService.TillServiceClient till, int size, SaleSource sales, Recorder recorder, Action<string> refused)
    {
        (_sales, _recorder, _refused) = (sales, recorder, refused);
        _started = new long[size];
        _inFlight = size;
        _stream = new(till.Connect(), Answered);
    }

    /// <summary>Keeps the window full until told to stop, then waits for the last answers.</summary>
    public async Task Run(CancellationToken stop)
    {
        _stop = stop;
        for (var place = 0; place < _started.Length; place++) Sell(place);
        await Task.WhenAny(_idle.Task, _stream.Completion);
        await _stream.Finish();
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    // The first sales come from the starting thread, all others from the one that reads the answers.
    private void Sell(int place)
    {
        OperationId operation;
        lock (_random) operation = OperationId.Create(SystemClock.Instance.GetCurrentInstant(), (ulong)_random.NextInt64(), (ulong)_random.NextInt64() << 16 | (uint)place);
        Span<byte> bytes = stackalloc byte[OperationId.Length];
        operation.Write(bytes);
        var request = new ConnectRequest { Sell = _sales.Next(ByteString.CopyFrom(bytes)) };
        _started[place] = Stopwatch.GetTimestamp();
        _stream.Post(request);
    }

    private void Answered(ConnectResponse response)
    {
        var result = response.OperationResult;
        var place = BinaryPrimitives.ReadUInt16BigEndian(result.OperationId.Span[^2..]);
        _recorder.Answered(_started[place]);
        if (result.Granted is null) _refused(result.Error is { } error ? $"error: {error.Message}" : $"refused: {result.Refused?.Reason}");
        if (!_stop.IsCancellationRequested) Sell(place);
        else if (--_inFlight == 0) _idle.TrySetResult();
    }
}
