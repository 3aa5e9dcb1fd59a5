using Zvonok.Api.Tests.Servers;
using Zvonok.Gate.V1;

namespace Zvonok.Api.Tests.Gates;

/// <summary>A gate's call with what it did without us.</summary>
internal static class GateUpload
{
    public static UploadFactsRequest Fact(long position, PassageFact passage) => new() { Position = position, Passage = passage };

    public static UploadFactsRequest Fact(long position, ReportGateEventRequest report) => new() { Position = position, Report = report };

    /// <summary>Sends them all, and returns what came back and what the call ended with.</summary>
    public static async Task<(List<UploadFactsResponse> Answers, RpcException? Failure)> Try(Server server, IEnumerable<UploadFactsRequest> facts)
    {
        using var patience = new CancellationTokenSource(Server.Deadline);
        using var call = server.Gates.UploadFacts(cancellationToken: patience.Token);
        var answers = new List<UploadFactsResponse>();
        var sending = Send();
        try
        {
            await foreach (var answer in call.ResponseStream.ReadAllAsync(patience.Token)) answers.Add(answer);
            await sending;
            return (answers, null);
        }
        catch (RpcException failure)
        {
            return (answers, failure);
        }

        async Task Send()
        {
            foreach (var fact in facts) await call.RequestStream.WriteAsync(fact, patience.Token);
            await call.RequestStream.CompleteAsync();
        }
    }

    /// <summary>The same when it ends well: what was not taken.</summary>
    public static async Task<IReadOnlyList<FactNotTaken>> All(Server server, params UploadFactsRequest[] facts)
    {
        var (answers, failure) = await Try(server, facts);
        failure.ShouldBeNull();
        answers[^1].AcknowledgedPosition.ShouldBe(facts[^1].Position);
        answers.Select(answer => answer.AcknowledgedPosition).ShouldBeInOrder();
        return [.. answers.SelectMany(answer => answer.NotTaken)];
    }
}
