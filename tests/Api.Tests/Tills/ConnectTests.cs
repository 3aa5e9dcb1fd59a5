using Google.Rpc;
using Zvonok.Api.Tests.Servers;
using Zvonok.Api.Tests.Shapes;
using Zvonok.Till.V1;

namespace Zvonok.Api.Tests.Tills;

[Collection(nameof(World))]
public sealed class ConnectTests(World world)
{
    private readonly Server _server = world.Server;

    [Fact]
    public async Task Pipelined_sales_are_each_answered_under_their_operation_id()
    {
        var pupils = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _server.NewPupil(meal: 10_000)));
        var sales = Enumerable.Range(0, 400).Select(n => Given.Sell(_server.NewId(), pupils[n % pupils.Length], total: 100)).ToList();

        var results = await Send([.. sales.Select(sale => new ConnectRequest { Sell = sale })]);

        results.Select(result => result.OperationId).ShouldBe(sales.Select(sale => sale.OperationId), ignoreOrder: true);
        results.ShouldAllBe(result => result.ResultCase == OperationResult.ResultOneofCase.Granted);
        foreach (var pupil in pupils) (await _server.Get(pupil)).MealBalanceKopecks.ShouldBe(8_000);
        // The unary door gives the same answers.
        foreach (var sale in sales[..10]) (await _server.Tills.SellAsync(sale)).Granted.ShouldBe(results.Single(result => result.OperationId == sale.OperationId).Granted);
    }

    [Fact]
    [Trait("Rule", "D2")]
    public async Task Errors_and_refusals_are_answers_of_their_own_and_the_stream_goes_on()
    {
        var pupil = await _server.NewPupil(meal: 50_000);
        (await _server.Tills.SellAsync(Given.Sell(_server.NewId(), pupil))).Granted.ShouldNotBeNull();
        var bad = BadRequests(pupil).ToList();
        var refused = Given.Sell(_server.NewId(), pupil, total: 50_001);
        var good = Given.Reverse(_server.NewId(), pupil, 2);

        var results = await Send(
            [.. bad.Select(request => request.Request), new ConnectRequest(), new ConnectRequest { Sell = refused }, new ConnectRequest { ReverseSale = good }]);

        results.Count.ShouldBe(bad.Count + 3);
        var errors = results.Where(result => result.ResultCase == OperationResult.ResultOneofCase.Error).ToList();
        errors.ShouldAllBe(result => result.Error.Code == (int)Code.InvalidArgument);
        errors.Select(result => FaultOf.FieldOf(result.Error).Field).ShouldBe(bad.Select(request => request.Field).Append("message"), ignoreOrder: true);
        results.Single(result => result.OperationId == refused.OperationId).Refused.ShouldSatisfyAllConditions(
            answer => answer.Reason.ShouldBe(RefusalReason.InsufficientFunds),
            answer => answer.CashierMessage.Ru.ShouldNotBeEmpty());
        results.Single(result => result.OperationId == good.OperationId).Granted.BalanceKopecks.ShouldBe(50_000);
    }

    private IEnumerable<(string Field, ConnectRequest Request)> BadRequests(Pupil pupil)
    {
        foreach (var bad in BadFields.Sell)
        {
            var sale = Given.Sell(_server.NewId(), pupil);
            bad.Spoil(sale, _server);
            yield return (bad.Field, new ConnectRequest { Sell = sale });
        }

        foreach (var bad in BadFields.ReverseSale)
        {
            var reversal = Given.Reverse(_server.NewId(), pupil, 2);
            bad.Spoil(reversal, _server);
            yield return (bad.Field, new ConnectRequest { ReverseSale = reversal });
        }
    }

    private async Task<List<OperationResult>> Send(params ConnectRequest[] requests)
    {
        using var call = _server.Tills.Connect();
        var answers = Task.Run(async () =>
        {
            var results = new List<OperationResult>();
            await foreach (var response in call.ResponseStream.ReadAllAsync()) results.Add(response.OperationResult);
            return results;
        });
        foreach (var request in requests) await call.RequestStream.WriteAsync(request);
        await call.RequestStream.CompleteAsync();
        return await answers.WaitAsync(Server.Deadline);
    }
}
