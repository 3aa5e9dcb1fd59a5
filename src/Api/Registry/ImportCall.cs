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
        try
        {
            foreach (var message in messages)
            {
                await call.RequestStream.WriteAsync(message, stop);
                sent?.Report(count += message.Rows.Count);
            }

            await call.RequestStream.CompleteAsync();
        }
        catch (RpcException fault) when (fault.StatusCode == StatusCode.Cancelled && !stop.IsCancellationRequested)
        {
            // A server that refuses need not read on, which breaks the writing off: its answer says why.
        }

        return await call;
    }
}
