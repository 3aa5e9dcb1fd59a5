using Google.Protobuf;
using Zvonok.Api.Connections;
using Zvonok.Api.Hosting;
using Zvonok.Api.Lists;
using Zvonok.Api.Shapes;
using Zvonok.Grains.Journal;
using Zvonok.Till.V1;

namespace Zvonok.Api.Till;

/// <summary>The tills' door, and the validators'.</summary>
internal sealed class TillGrpcService(ConnectionServices connections, SaleDoor sales, RideDoor rides, ClassDoor classes, TillFacts facts, ListDoor lists, IJournalReader journal, ILogger<TillGrpcService> logger) : TillService.TillServiceBase
{
    private static readonly DeviceKind[] Audiences = [DeviceKind.Till, DeviceKind.Validator];

    public override Task<SellResponse> Sell(SellRequest request, ServerCallContext context) => DeviceCall.Answer(
        sales.Sell(request),
        static answer => answer.Refusal == AccountRefusal.None ? new SellResponse { Granted = TillAnswers.Granted(answer) } : new SellResponse { Refused = TillAnswers.Refused(answer) },
        context, logger);

    public override Task<ReverseSaleResponse> ReverseSale(ReverseSaleRequest request, ServerCallContext context) => DeviceCall.Answer(
        sales.Reverse(request),
        static answer => answer.Refusal == AccountRefusal.None ? new ReverseSaleResponse { Granted = TillAnswers.Granted(answer) } : new ReverseSaleResponse { Refused = TillAnswers.Refused(answer) },
        context, logger);

    public override Task<RedeemMealResponse> RedeemMeal(RedeemMealRequest request, ServerCallContext context) => DeviceCall.Answer(
        sales.Redeem(request),
        static answer => answer.Refusal == AccountRefusal.None ? new RedeemMealResponse { Granted = TillAnswers.Granted(answer) } : new RedeemMealResponse { Refused = TillAnswers.Refused(answer) },
        context, logger);

    public override Task<RedeemOrderResponse> RedeemOrder(RedeemOrderRequest request, ServerCallContext context) => DeviceCall.Answer(
        RedeemOrder(request), static answer => answer, context, logger);

    public override Task<SettleClassResponse> SettleClass(SettleClassRequest request, ServerCallContext context) =>
        DeviceCall.Answer(classes.Settle(request), static answer => answer, context, logger);

    public override Task<PayRideResponse> PayRide(PayRideRequest request, ServerCallContext context) => DeviceCall.Answer(
        rides.Pay(request),
        static answer => answer.Refusal == AccountRefusal.None ? new PayRideResponse { Granted = TillAnswers.GrantedRide(answer) } : new PayRideResponse { Refused = TillAnswers.Refused(answer) },
        context, logger);

    public override Task<FetchListResponse> FetchList(FetchListRequest request, ServerCallContext context) => DeviceCall.Answer(
        lists.Fetch(request.DeviceId, Audiences, request.KeyId, request.KnownVersion), list => new FetchListResponse { List = list, FetchAfter = lists.NextFetch().ToDuration() }, context, logger);

    public override Task Connect(IAsyncStreamReader<ConnectRequest> requestStream, IServerStreamWriter<ConnectResponse> responseStream, ServerCallContext context) =>
        new TillConversation(connections, Answer, context, logger).Run(requestStream, responseStream);

    public override Task UploadFacts(IAsyncStreamReader<UploadFactsRequest> requestStream, IServerStreamWriter<UploadFactsResponse> responseStream, ServerCallContext context) =>
        facts.Run(requestStream, responseStream, context.CancellationToken);

    private async ValueTask<ConnectResponse> Answer(ConnectRequest request, Action<int> checkDevice)
    {
        var result = new OperationResult();
        try
        {
            (result.OperationId, var device) = NamesOf(request);
            checkDevice(device);
            var answer = await Do(request);
            if (answer.Refusal != AccountRefusal.None) result.Refused = TillAnswers.Refused(answer);
            else result.Granted = await Granted(request.MessageCase, answer);
        }
        catch (Exception exception)
        {
            result.Error = Faults.StatusOf(exception, "TillService/Connect", logger);
        }

        return new ConnectResponse { OperationResult = result };
    }

    private async ValueTask<RedeemOrderResponse> RedeemOrder(RedeemOrderRequest request)
    {
        var answer = await sales.RedeemOrder(request);
        return answer.Refusal == AccountRefusal.None ? new RedeemOrderResponse { Granted = await GrantedOrder(answer) } : new RedeemOrderResponse { Refused = TillAnswers.Refused(answer) };
    }

    private async ValueTask<OperationGranted> Granted(ConnectRequest.MessageOneofCase kind, AccountAnswer answer) => kind switch
    {
        ConnectRequest.MessageOneofCase.PayRide => TillAnswers.GrantedRide(answer),
        ConnectRequest.MessageOneofCase.RedeemOrder => await GrantedOrder(answer),
        _ => TillAnswers.Granted(answer),
    };

    // Whoever hands it out has to be told what it is. When that cannot be read now, the till asks again and is served once all the same.
    private async ValueTask<OperationGranted> GrantedOrder(AccountAnswer answer)
    {
        var entry = await journal.ReadEntry(answer.Account, answer.Seq) ?? throw new InvalidOperationException($"Account {answer.Account} has no entry {answer.Seq}.");
        var granted = TillAnswers.Granted(answer);
        granted.Lines.Add(entry.Lines.Select(SaleShape.ToMessage));
        return granted;
    }

    private ValueTask<AccountAnswer> Do(ConnectRequest request) => request.MessageCase switch
    {
        ConnectRequest.MessageOneofCase.Sell => sales.Sell(request.Sell),
        ConnectRequest.MessageOneofCase.ReverseSale => sales.Reverse(request.ReverseSale),
        ConnectRequest.MessageOneofCase.RedeemMeal => sales.Redeem(request.RedeemMeal),
        ConnectRequest.MessageOneofCase.RedeemOrder => sales.RedeemOrder(request.RedeemOrder),
        _ => rides.Pay(request.PayRide),
    };

    private static (ByteString Operation, int Device) NamesOf(ConnectRequest request) => request.MessageCase switch
    {
        ConnectRequest.MessageOneofCase.Sell => (request.Sell.OperationId, request.Sell.DeviceId),
        ConnectRequest.MessageOneofCase.ReverseSale => (request.ReverseSale.OperationId, request.ReverseSale.DeviceId),
        ConnectRequest.MessageOneofCase.RedeemMeal => (request.RedeemMeal.OperationId, request.RedeemMeal.DeviceId),
        ConnectRequest.MessageOneofCase.RedeemOrder => (request.RedeemOrder.OperationId, request.RedeemOrder.DeviceId),
        ConnectRequest.MessageOneofCase.PayRide => (request.PayRide.OperationId, request.PayRide.DeviceId),
        _ => throw new BadFieldException("message", "should be a sale, a meal, a reversal or a ride."),
    };
}
