using Microsoft.Extensions.Hosting;

namespace Zvonok.Api.Hosting;

/// <summary>Sends lines at their reader's pace: no more is held than a message.</summary>
internal sealed class LineStream(IHostApplicationLifetime lifetime)
{
    private const int LinesOfMessage = 500;

    // Whoever takes no message for so long has gone without saying so: the database shall not wait for it.
    private static readonly TimeSpan PatienceMax = TimeSpan.FromSeconds(30);

    /// <summary>Sends all of them, in messages of some hundred.</summary>
    public async Task Send<TLine, TResponse>(
        Func<CancellationToken, IAsyncEnumerable<TLine>> read, Func<TLine[], TResponse> shape, IServerStreamWriter<TResponse> responses, CancellationToken stop)
    {
        // A server that stops does not wait for minutes: whoever asked asks another silo.
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, lifetime.ApplicationStopping);
        await foreach (var lines in read(either.Token).Chunk(LinesOfMessage).WithCancellation(either.Token)) await Write(responses, shape(lines), either.Token);
    }

    /// <summary>Sends one message.</summary>
    public static async Task Write<TResponse>(IServerStreamWriter<TResponse> responses, TResponse message, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(PatienceMax);
        await responses.WriteAsync(message, patience.Token);
    }
}
