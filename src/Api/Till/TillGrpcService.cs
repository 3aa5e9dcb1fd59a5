using Google.Protobuf;
using Zvonok.Api.Hosting;
using Zvonok.Api.Shapes;
using Zvonok.Till.V1;

namespace Zvonok.Api.Till;

/// <summary>The tills' door.</summary>
internal sealed class TillGrpcService(Door door, SaleDoor sales, ILogger<TillGrpcService> logger) : TillService.TillServiceBase
{
    public override Task<SellResponse> Sell(SellRequest request, ServerCallContext context) => DeviceCall.Answer(
        sales.Sell(request),
        static answer => answer.Refusal == AccountRefusal.None ? new SellResponse { Granted = Granted(answer) } : new SellResponse { Refused = Refused(answer) },
        context, logger);

    public override Task<ReverseSaleResponse> ReverseSale(ReverseSaleRequest request, ServerCallContext context) => DeviceCall.Answer(
        sales.Reverse(request),
        static answer => answer.Refusal == AccountRefusal.None ? new ReverseSaleResponse { Granted = Granted(answer) } : new ReverseSaleResponse { Refused = Refused(answer) },
        context, logger);

    public override Task Connect(IAsyncStreamReader<ConnectRequest> requestStream, IServerStreamWriter<ConnectResponse> responseStream, ServerCallContext context) =>
        Pipeline.Run(requestStream, responseStream, Answer, context.CancellationToken, door.ServerStops);

    private async ValueTask<ConnectResponse> Answer(ConnectRequest request)
    {
        var result = new OperationResult();
        try
        {
            result.OperationId = OperationIdOf(request);
            var answer = request.MessageCase == ConnectRequest.MessageOneofCase.Sell
                ? await sales.Sell(request.Sell)
                : await sales.Reverse(request.ReverseSale);
            if (answer.Refusal == AccountRefusal.None) result.Granted = Granted(answer);
            else result.Refused = Refused(answer);
        }
        catch (Exception exception)
        {
            result.Error = Faults.StatusOf(exception, "TillService/Connect", logger);
        }

        return new ConnectResponse { OperationResult = result };
    }

    private static ByteString OperationIdOf(ConnectRequest request) => request.MessageCase switch
    {
        ConnectRequest.MessageOneofCase.Sell => request.Sell.OperationId,
        ConnectRequest.MessageOneofCase.ReverseSale => request.ReverseSale.OperationId,
        _ => throw new BadFieldException("message", "should be a sale or a reversal."),
    };

    private static OperationGranted Granted(AccountAnswer answer) => new()
    {
        AccountNumber = answer.Account.Value,
        EntryNumber = answer.Seq,
        BalanceKopecks = answer.Meal.Kopecks,
        EventTime = answer.EventAt.ToTimestamp(),
    };

    private static OperationRefused Refused(AccountAnswer answer) => new()
    {
        Reason = (RefusalReason)answer.Refusal,
        CashierMessage = CashierMessages.Of(answer.Refusal),
        LineIndexes = { answer.Lines.Indexes() },
    };
}
