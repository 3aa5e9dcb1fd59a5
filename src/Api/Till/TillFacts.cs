using Google.Rpc;
using Zvonok.Api.Hosting;
using Zvonok.Till.V1;
using FactCase = Zvonok.Till.V1.UploadFactsRequest.FactOneofCase;
using Status = Google.Rpc.Status;

namespace Zvonok.Api.Till;

/// <summary>What tills and validators did without a connection (O3), on its way into the ledger.</summary>
internal sealed class TillFacts(SaleDoor sales, RideDoor rides, Door door, ILogger<TillFacts> logger) : FactUpload<UploadFactsRequest, UploadFactsResponse>(door, "TillService/UploadFacts", logger)
{
    protected override long PositionOf(UploadFactsRequest request) => request.Position;

    protected override async ValueTask<Status?> Merge(UploadFactsRequest request)
    {
        var answer = await Do(request);
        return answer.Refusal == AccountRefusal.None
            ? null
            : new Status { Code = (int)Code.NotFound, Message = $"card_uid: {answer.Refusal}: nobody has registered this card, or its account." };
    }

    protected override UploadFactsResponse Acknowledged(long position, IReadOnlyList<(long Position, Status Error)> notTaken) => new()
    {
        AcknowledgedPosition = position,
        NotTaken = { notTaken.Select(fact => new FactNotTaken { Position = fact.Position, Error = fact.Error }) },
    };

    private static Happened Happened(UploadFactsRequest request) => new(IsFact: true, request.Holder);

    private ValueTask<AccountAnswer> Do(UploadFactsRequest request) => request.FactCase switch
    {
        FactCase.Sell => sales.Sell(request.Sell, Happened(request)),
        FactCase.RedeemMeal => sales.Redeem(request.RedeemMeal, Happened(request)),
        FactCase.RedeemOrder => sales.RedeemOrder(request.RedeemOrder, Happened(request)),
        FactCase.PayRide => rides.Pay(request.PayRide, Happened(request)),
        _ => throw new BadFieldException("fact", "should be a sale, a meal or a ride."),
    };
}
