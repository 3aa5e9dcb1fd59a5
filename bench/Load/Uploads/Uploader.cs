using System.Diagnostics;
using Grpc.Core;
using Grpc.Net.Client;
using Zvonok.Gate.V1;
using Zvonok.Load.Devices;
using Zvonok.Till.V1;

namespace Zvonok.Load.Uploads;

/// <summary>Uploads queues of devices, and counts what the core acknowledges.</summary>
/// <param name="failures">Where failures are counted: also what the core did not take.</param>
internal sealed class Uploader(Failures failures)
{
    private const int TriesMax = 10;
    private static readonly TimeSpan SendAhead = TimeSpan.FromMilliseconds(50);
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly int[] _bySecond = new int[3_600];
    private long _acknowledged;
    private int _repeats;

    /// <summary>Facts acknowledged so far.</summary>
    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <summary>Uploads that the core broke off, and that were taken up again.</summary>
    public int Repeats => _repeats;

    /// <summary>Facts acknowledged in each second so far.</summary>
    public IReadOnlyList<int> BySecond => _bySecond[..Math.Min(_bySecond.Length, 1 + (int)Stopwatch.GetElapsedTime(_began).TotalSeconds)];

    /// <summary>A device waits for its turn, and goes as fast as it was told. What it is told to send again later it sends again, from the first fact that is not acknowledged.</summary>
    public async Task InTurn(DeviceLine line, Func<int?, Task> upload)
    {
        try
        {
            var turn = await line.Welcomed;
            await Task.Delay(turn.After);
            for (var attempt = 1; !await TryUpload(attempt, () => upload(turn.PerSecond)); attempt++) await Task.Delay(TimeSpan.FromSeconds(attempt));
        }
        catch (Exception exception)
        {
            failures.Add("upload", exception);
        }
    }

    private async Task<bool> TryUpload(int attempt, Func<Task> upload)
    {
        try
        {
            await upload();
            return true;
        }
        catch (RpcException exception) when (exception.StatusCode is StatusCode.ResourceExhausted or StatusCode.Unavailable && attempt < TriesMax)
        {
            Interlocked.Increment(ref _repeats);
            return false;
        }
    }

    /// <summary>A gate's queue. Without a pace, as fast as the core takes it.</summary>
    public Task Upload(GrpcChannel channel, IEnumerable<Gate.V1.UploadFactsRequest> facts, int? perSecond, Action<long>? left = null, long after = 0) =>
        Upload(new GateService.GateServiceClient(channel).UploadFacts(), facts, told => (told.AcknowledgedPosition, told.NotTaken.FirstOrDefault()?.Error.Message), perSecond, left, after);

    /// <summary>A till's queue.</summary>
    public Task Upload(GrpcChannel channel, IEnumerable<Till.V1.UploadFactsRequest> facts, int? perSecond, Action<long>? left = null, long after = 0) =>
        Upload(new TillService.TillServiceClient(channel).UploadFacts(), facts, told => (told.AcknowledgedPosition, told.NotTaken.FirstOrDefault()?.Error.Message), perSecond, left, after);

    private async Task Upload<TRequest, TResponse>(
        AsyncDuplexStreamingCall<TRequest, TResponse> call, IEnumerable<TRequest> facts, Func<TResponse, (long Position, string? NotTaken)> read, int? perSecond, Action<long>? left, long after)
        where TRequest : class
        where TResponse : class
    {
        using (call)
        {
            var reading = Read(call.ResponseStream, read, left, after);
            var (began, sent) = (Stopwatch.GetTimestamp(), 0L);
            try
            {
                foreach (var fact in facts.Skip((int)after))
                {
                    await Wait(began, sent++, perSecond);
                    await call.RequestStream.WriteAsync(fact);
                }

                await call.RequestStream.CompleteAsync();
            }
            catch (Exception) when (!reading.IsCompletedSuccessfully)
            {
                // The core has broken it off: why is told where its answers are read.
                await reading;
                throw;
            }

            if (await reading is var acknowledged && acknowledged != after + sent) failures.Add($"of {after + sent} facts of a device {acknowledged} were acknowledged");
        }
    }

    private static Task Wait(long began, long sent, int? perSecond)
    {
        if (perSecond is not { } pace) return Task.CompletedTask;
        var early = TimeSpan.FromSeconds(sent / (double)pace) - Stopwatch.GetElapsedTime(began);
        return early > SendAhead ? Task.Delay(early) : Task.CompletedTask;
    }

    private async Task<long> Read<TResponse>(IAsyncStreamReader<TResponse> responses, Func<TResponse, (long Position, string? NotTaken)> read, Action<long>? left, long after)
    {
        var last = after;
        await foreach (var response in responses.ReadAllAsync())
        {
            var (position, notTaken) = read(response);
            if (notTaken is not null) failures.Add($"not taken: {notTaken}");
            Interlocked.Add(ref _acknowledged, position - last);
            Interlocked.Add(ref _bySecond[Math.Min(_bySecond.Length - 1, (int)Stopwatch.GetElapsedTime(_began).TotalSeconds)], (int)(position - last));
            left?.Invoke(position);
            last = position;
        }

        return last;
    }
}
