using Google.Protobuf;
using Zvonok.Api.Hosting;
using Zvonok.Api.Shapes;
using Zvonok.Till.V1;

namespace Zvonok.Api.Till;

/// <summary>The tills' door, and the validators'.</summary>
internal sealed class TillGrpcService(Door door, SaleDoor sales, RideDoor rides, ILogger<TillGrpcService> logger) : TillService.TillServiceBase
{
    public override Task<SellResponse> Sell(SellRequest request, ServerCallContext context) => DeviceCall.Answer(
        sales.Sell(request),
        static answer => answer.Refusal == AccountRefusal.None ? new SellResponse { Granted = Granted(answer) } : new SellResponse { Refused = Refused(answer) },
        context, logger);

    public override Task<ReverseSaleResponse> ReverseSale(ReverseSaleRequest request, ServerCallContext context) => DeviceCall.Answer(
        sales.Reverse(request),
        static answer => answer.Refusal == AccountRefusal.None ? new ReverseSaleResponse { Granted = Granted(answer) } : new ReverseSaleResponse { Refused = Refused(answer) },
        context, logger);

    public override Task<RedeemMealResponse> RedeemMeal(RedeemMealRequest request, ServerCallContext context) => DeviceCall.Answer(
        sales.Redeem(request),
        static answer => answer.Refusal == AccountRefusal.None ? new RedeemMealResponse { Granted = Granted(answer) } : new RedeemMealResponse { Refused = Refused(answer) },
        context, logger);

    public override Task<PayRideResponse> PayRide(PayRideRequest request, ServerCallContext context) => DeviceCall.Answer(
        rides.Pay(request),
        static answer => answer.Refusal == AccountRefusal.None ? new PayRideResponse { Granted = GrantedRide(answer) } : new PayRideResponse { Refused = Refused(answer) },
        context, logger);

    public override Task Connect(IAsyncStreamReader<ConnectRequest> requestStream, IServerStreamWriter<ConnectResponse> responseStream, ServerCallContext context) =>
        Pipeline.Run(requestStream, responseStream, Answer, context.CancellationToken, door.ServerStops);

    private async ValueTask<ConnectResponse> Answer(ConnectRequest request)
    {
        var result = new OperationResult();
        try
        {
            result.OperationId = OperationIdOf(request);
            var answer = await Do(request);
            if (answer.Refusal != AccountRefusal.None) result.Refused = Refused(answer);
            else result.Granted = request.MessageCase == ConnectRequest.MessageOneofCase.PayRide ? GrantedRide(answer) : Granted(answer);
        }
        catch (Exception exception)
        {
            result.Error = Faults.StatusOf(exception, "TillService/Connect", logger);
        }

        return new ConnectResponse { OperationResult = result };
    }

    private ValueTask<AccountAnswer> Do(ConnectRequest request) => request.MessageCase switch
    {
        ConnectRequest.MessageOneofCase.Sell => sales.Sell(request.Sell),
        ConnectRequest.MessageOneofCase.ReverseSale => sales.Reverse(request.ReverseSale),
        ConnectRequest.MessageOneofCase.RedeemMeal => sales.Redeem(request.RedeemMeal),
        _ => rides.Pay(request.PayRide),
    };

    private static ByteString OperationIdOf(ConnectRequest request) => request.MessageCase switch
    {
        ConnectRequest.MessageOneofCase.Sell => request.Sell.OperationId,
        ConnectRequest.MessageOneofCase.ReverseSale => request.ReverseSale.OperationId,
        ConnectRequest.MessageOneofCase.RedeemMeal => request.RedeemMeal.OperationId,
        ConnectRequest.MessageOneofCase.PayRide => request.PayRide.OperationId,
        _ => throw new BadFieldException("message", "should be a sale, a meal, a reversal or a ride."),
    };

    private static OperationGranted Granted(AccountAnswer answer) => Granted(answer, answer.Meal);

    private static OperationGranted GrantedRide(AccountAnswer answer) => Granted(answer, answer.Transport);

    private static OperationGranted Granted(AccountAnswer answer, Money balance) => new()
    {
        AccountNumber = answer.Account.Value,
        EntryNumber = answer.Seq,
        BalanceKopecks = balance.Kopecks,
        EventTime = answer.EventAt.ToTimestamp(),
    };

    private static OperationRefused Refused(AccountAnswer answer) => new()
    {
        Reason = (RefusalReason)answer.Refusal,
        CashierMessage = CashierMessages.Of(answer.Refusal),
        LineIndexes = { answer.Lines.Indexes() },
    };
}
