using Zvonok.Api.Hosting;
using Zvonok.Api.Shapes;
using Zvonok.Grains.Notices;
using Zvonok.Registry.V1;

namespace Zvonok.Api.Registry;

/// <summary>The registry's door.</summary>
internal sealed class RegistryGrpcService(RegistryIntake intake, TokenKeys keys, CardTokens tokens, IChannelRules channels) : RegistryService.RegistryServiceBase
{
    /// <summary>Bytes of a message: 2,000 rows, a card with all its buildings being the largest (D3).</summary>
    public const int MessageSizeMax = 1024 * 1024;

    private const int RowsMax = 2_000;
    private const int AtOnce = 32;

    public override async Task<ImportResponse> Import(IAsyncStreamReader<ImportRequest> requestStream, ServerCallContext context)
    {
        var response = new ImportResponse();
        var number = 0L;
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
        {
            if (request.CalculateSize() is > MessageSizeMax and var size)
                throw new MessageTooLargeException($"The message has {size} bytes, and {MessageSizeMax} are the most: send fewer rows a message.");
            if (request.Rows.Count > RowsMax) Check.Fail("rows", $"at most {RowsMax} rows a message");
            // A registered card goes over to the newest key before its row is compared with it.
            if (tokens.IsRotating) await GoOver(request.Rows, context.CancellationToken);
            var chunk = RegistryRows.Read(request.Rows, number, keys.Newest, channels);
            number += request.Rows.Count;
            RegistryAnswers.Add(response, await intake.Take(chunk.Rows, context.CancellationToken), chunk.Bad);
        }

        return response;
    }

    // A radio number of a wrong length is told with its row.
    private Task GoOver(IEnumerable<Row> rows, CancellationToken stop) => Parallel.ForEachAsync(
        rows.Where(row => row.Card?.CardUid.Length is >= CardDigest.UidLengthMin and <= CardDigest.UidLengthMax).Select(row => row.Card.CardUid),
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop },
        async (uid, _) => await tokens.Of(uid));
}
