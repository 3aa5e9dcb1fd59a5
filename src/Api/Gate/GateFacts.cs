using Zvonok.Api.Hosting;
using Zvonok.Gate.V1;
using Zvonok.Grains.Journal;
using FactCase = Zvonok.Gate.V1.UploadFactsRequest.FactOneofCase;
using Status = Google.Rpc.Status;

namespace Zvonok.Api.Gate;

/// <summary>What gates did without us (O3), on its way into the passages.</summary>
internal sealed class GateFacts(PassageDoor passages, GateDoor gates, Door door, ILogger<GateFacts> logger) : FactUpload<UploadFactsRequest, UploadFactsResponse>(door, "GateService/UploadFacts", logger)
{
    protected override long PositionOf(UploadFactsRequest request) => request.Position;

    protected override async ValueTask<Status?> Merge(UploadFactsRequest request)
    {
        switch (request.FactCase)
        {
            case FactCase.Passage:
                await passages.Merge(request.Passage);
                break;
            case FactCase.Report:
                Recorded.OrUnavailable(await gates.Report(request.Report));
                break;
            default:
                throw new BadFieldException("fact", "should be a passage or a report.");
        }

        return null;
    }

    protected override UploadFactsResponse Acknowledged(long position, IReadOnlyList<(long Position, Status Error)> notTaken) => new()
    {
        AcknowledgedPosition = position,
        NotTaken = { notTaken.Select(fact => new FactNotTaken { Position = fact.Position, Error = fact.Error }) },
    };
}

/// <summary>A fact is acknowledged when it is recorded; that a building remembers it is not enough (O5).</summary>
internal static class Recorded
{
    public static BuildingAnswer OrUnavailable(BuildingAnswer answer) =>
        answer.IsUnrecorded ? throw new JournalUnavailableException("The journal's database does not answer: send the facts again that are not acknowledged.") : answer;
}
