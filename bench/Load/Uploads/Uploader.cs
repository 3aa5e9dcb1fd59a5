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
    private static readonly TimeSpan SendAhead = TimeSpan.FromMilliseconds(50);
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly int[] _bySecond = new int[3_600];
    private long _acknowledged;

    /// <summary>Facts acknowledged so far.</summary>
    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <summary>Facts acknowledged in each second so far.</summary>
    public IReadOnlyList<int> BySecond => _bySecond[..Math.Min(_bySecond.Length, 1 + (int)Stopwatch.GetElapsedTime(_began).TotalSeconds)];

    /// <summary>A device waits for its turn, and goes as fast as it was told.</summary>
    public async Task InTurn(DeviceLine line, Func<int?, Task> upload)
    {
        try
        {
            var turn = await line.Welcomed;
            await Task.Delay(turn.After);
            await upload(turn.PerSecond);
        }
        catch (Exception exception)
        {
            failures.Add("upload", exception);
        }
    }

    /// <summary>A gate's queue. Without a pace, as fast as the core takes it.</summary>
    public Task Upload(GrpcChannel channel, IEnumerable<Gate.V1.UploadFactsRequest> facts, int? perSecond, Action<long>? left = null) =>
        Upload(new GateService.GateServiceClient(channel).UploadFacts(), facts, told => (told.AcknowledgedPosition, told.NotTaken.FirstOrDefault()?.Error.Message), perSecond, left);

    /// <summary>A till's queue.</summary>
    public Task Upload(GrpcChannel channel, IEnumerable<Till.V1.UploadFactsRequest> facts, int? perSecond, Action<long>? left = null) =>
        Upload(new TillService.TillServiceClient(channel).UploadFacts(), facts, told => (told.AcknowledgedPosition, told.NotTaken.FirstOrDefault()?.Error.Message), perSecond, left);

    private async Task Upload<TRequest, TResponse>(
        AsyncDuplexStreamingCall<TRequest, TResponse> call, IEnumerable<TRequest> facts, Func<TResponse, (long Position, string? NotTaken)> read, int? perSecond, Action<long>? left)
        where TRequest : class
        where TResponse : class
    {
        using (call)
        {
            var reading = Read(call.ResponseStream, read, left);
            var (began, sent) = (Stopwatch.GetTimestamp(), 0L);
            foreach (var fact in facts)
            {
                await Wait(began, sent++, perSecond);
                await call.RequestStream.WriteAsync(fact);
            }

            await call.RequestStream.CompleteAsync();
            if (await reading is var acknowledged && acknowledged != sent) failures.Add($"of {sent} facts of a device {acknowledged} were acknowledged");
        }
    }

    private static Task Wait(long began, long sent, int? perSecond)
    {
        if (perSecond is not { } pace) return Task.CompletedTask;
        var early = TimeSpan.FromSeconds(sent / (double)pace) - Stopwatch.GetElapsedTime(began);
        return early > SendAhead ? Task.Delay(early) : Task.CompletedTask;
    }

    private async Task<long> Read<TResponse>(IAsyncStreamReader<TResponse> responses, Func<TResponse, (long Position, string? NotTaken)> read, Action<long>? left)
    {
        var last = 0L;
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
