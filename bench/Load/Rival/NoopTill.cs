using Grpc.Core;
using Zvonok.Till.V1;

namespace Zvonok.Load.Rival;

/// <summary>Answers at once and does nothing: what the way there and back costs.</summary>
internal sealed class NoopTill : TillService.TillServiceBase
{
    public override Task<SellResponse> Sell(SellRequest request, ServerCallContext context) => Task.FromResult(new SellResponse
    {
        Granted = new OperationGranted { AccountNumber = 12_345_678, EntryNumber = 1, BalanceKopecks = 1_000_000, EventTime = request.EventTime },
    });
}
