using System.Diagnostics;
using Grpc.Net.Client;
using Zvonok.Till.V1;

namespace Zvonok.Load.Compare;

/// <summary>Settles classes (M7), a call for each.</summary>
internal sealed class ClassArm(string name, Uri address, int serverProcessId, ClientSettings client, City city, Failures failures) : IArm
{
    private readonly GrpcChannel[] _channels = [.. Enumerable.Range(0, client.Connections).Select(_ => Connection.Open(address))];
    private readonly ClassSource _classes = new(city);
    private readonly OperationIds _ids = new(SystemClock.Instance, name.GetHashCode(StringComparison.Ordinal));

    public string Name => name;

    public int ServerProcessId => serverProcessId;

    public int SalesPerCall => ClassSource.Size;

    public Task Run(Recorder recorder, CancellationToken stop) => Task.WhenAll(
        from channel in _channels
        from _ in Enumerable.Range(0, client.InFlight)
        select Settle(new TillService.TillServiceClient(channel), recorder, stop));

    public ValueTask DisposeAsync()
    {
        foreach (var channel in _channels) channel.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task Settle(TillService.TillServiceClient till, Recorder recorder, CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                var lunch = _classes.Next(_ids.Next());
                var started = Stopwatch.GetTimestamp();
                // Not cancelled at the end, as a sale is not.
                var told = await till.SettleClassAsync(lunch, cancellationToken: CancellationToken.None);
                recorder.Answered(started);
                Check(told);
            }
        }
        catch (Exception failure)
        {
            failures.Add(name, failure);
        }
    }

    private void Check(SettleClassResponse told)
    {
        if (told.Answers.Count != SalesPerCall) failures.Add($"{name}: {told.Answers.Count} answers for {SalesPerCall} children");
        foreach (var answer in told.Answers)
            if (answer.Granted is null) failures.Add(answer.Error is { } error ? $"{name}: error: {error.Message}" : $"{name}: refused: {answer.Refused?.Reason}");
    }
}
