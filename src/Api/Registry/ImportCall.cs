using Zvonok.Registry.V1;

namespace Zvonok.Api.Registry;

/// <summary>The client's half of <c>RegistryService.Import</c>.</summary>
public static class ImportCall
{
    /// <summary>Sends all messages and returns the service's report; throws <see cref="RpcException"/> with the service's own reason when it refuses.</summary>
    /// <param name="registry">Where to.</param>
    /// <param name="messages">Each at most 2,000 rows, made when it is asked for.</param>
    /// <param name="sent">Told after each message how many rows went out so far.</param>
    /// <param name="stop">Breaks the import off.</param>
    public static async Task<ImportResponse> Send(
        RegistryService.RegistryServiceClient registry, IEnumerable<ImportRequest> messages, IProgress<long>? sent = null, CancellationToken stop = default)
    {
        using var call = registry.Import(cancellationToken: stop);
        var count = 0L;
        foreach (var message in messages)
        {
            if (!await Goes(call.RequestStream.WriteAsync(message, stop), call.ResponseAsync, stop)) return await call;
            sent?.Report(count += message.Rows.Count);
        }

        await Goes(call.RequestStream.CompleteAsync(), call.ResponseAsync, stop);
        return await call;
    }

    // A server that refuses need not read on. Then a write may be broken off, in one of several ways, or wait for ever for room that nobody gives
    // it; the server's answer ends the import, and says why.
    private static async Task<bool> Goes(Task writing, Task answer, CancellationToken stop)
    {
        if (await Task.WhenAny(writing, answer) != writing) return false;
        try
        {
            await writing;
            return true;
        }
        catch (Exception fault) when (fault is RpcException or HttpRequestException or IOException && !stop.IsCancellationRequested)
        {
            return false;
        }
    }
}
