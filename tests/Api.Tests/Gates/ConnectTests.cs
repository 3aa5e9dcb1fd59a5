using Google.Rpc;
using Zvonok.Api.Tests.Servers;
using Zvonok.Api.Tests.Shapes;
using Zvonok.Gate.V1;

namespace Zvonok.Api.Tests.Gates;

[Collection(nameof(World))]
public sealed class ConnectTests(World world)
{
    private readonly Server _server = world.Server;

    [Fact]
    public async Task Pipelined_taps_are_each_answered_under_their_operation_id()
    {
        var pupils = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _server.NewPupil()));
        var taps = Enumerable.Range(0, 150).Select(n => Given.Tap(_server.NewId(), pupils[n % pupils.Length], Direction.Toggle)).ToList();

        var results = await Send([.. taps.Select(tap => new ConnectRequest { Tap = tap })]);

        results.Select(result => result.OperationId).ShouldBe(taps.Select(tap => tap.OperationId), ignoreOrder: true);
        results.ShouldAllBe(result => result.ResultCase == TapResult.ResultOneofCase.Response);
        results.Select(result => result.Response.PassageNumber).ShouldBeUnique();
        // The unary door gives the same answers.
        foreach (var tap in taps[..10]) (await _server.Gates.TapAsync(tap)).ShouldBe(results.Single(result => result.OperationId == tap.OperationId).Response);
    }

    [Fact]
    [Trait("Rule", "D2")]
    public async Task Errors_are_answers_of_their_own_and_the_stream_goes_on()
    {
        var pupil = await _server.NewPupil();
        var requests = new List<ConnectRequest>();
        foreach (var bad in BadFields.Tap)
        {
            var tap = Given.Tap(_server.NewId(), pupil);
            bad.Spoil(tap, _server);
            requests.Add(new ConnectRequest { Tap = tap });
        }

        var good = Given.Tap(_server.NewId(), pupil);
        var results = await Send([.. requests, new ConnectRequest(), new ConnectRequest { Tap = good }]);

        results.Count.ShouldBe(requests.Count + 2);
        var errors = results.Where(result => result.ResultCase == TapResult.ResultOneofCase.Error).ToList();
        errors.ShouldAllBe(result => result.Error.Code == (int)Code.InvalidArgument);
        errors.Select(result => FaultOf.FieldOf(result.Error).Field).ShouldBe(BadFields.Tap.Select(bad => bad.Field).Append("message"), ignoreOrder: true);
        errors.Select(result => result.OperationId).ShouldBe(requests.Select(request => request.Tap.OperationId).Append(ByteString.Empty), ignoreOrder: true);
        results.Single(result => result.OperationId == good.OperationId).Response.Outcome.ShouldBe(Outcome.Admitted);
    }

    private async Task<List<TapResult>> Send(params ConnectRequest[] requests)
    {
        using var call = _server.Gates.Connect();
        var answers = Task.Run(async () =>
        {
            var results = new List<TapResult>();
            await foreach (var response in call.ResponseStream.ReadAllAsync()) results.Add(response.TapResult);
            return results;
        });
        foreach (var request in requests) await call.RequestStream.WriteAsync(request);
        await call.RequestStream.CompleteAsync();
        return await answers.WaitAsync(Server.Deadline);
    }
}
