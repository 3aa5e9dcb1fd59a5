using Grpc.Core;
using Zvonok.Family.V1;

namespace Zvonok.Load.Setup;

/// <summary>Fills meal purses as payment providers do.</summary>
internal static class Purses
{
    /// <summary>What every purse is filled with: enough for hundreds of sales, and below the ceiling.</summary>
    public static readonly Domain.Money Filling = new(1_000_000);

    private const int InFlight = 256;
    private const int Provider = 3;

    /// <summary>Tops up the accounts, each once, and throws unless all are granted.</summary>
    public static async Task Fill(FamilyService.FamilyServiceClient family, IEnumerable<Pupil> pupils, OperationIds ids, IProgress<long> done, CancellationToken stop)
    {
        var count = 0L;
        var options = new ParallelOptions { MaxDegreeOfParallelism = InFlight, CancellationToken = stop };
        await Parallel.ForEachAsync(pupils, options, async (pupil, cancelled) =>
        {
            var answer = await family.TopUpAsync(Request(pupil, ids), cancellationToken: cancelled);
            if (answer.Granted is null) throw new RpcException(new Status(StatusCode.FailedPrecondition, $"A top-up was refused: {answer.Refused.Reason}."));
            done.Report(Interlocked.Increment(ref count));
        });
    }

    private static TopUpRequest Request(Pupil pupil, OperationIds ids) => new()
    {
        OperationId = ids.Next(),
        AccountNumber = pupil.Account.Value,
        Purse = Purse.Meal,
        AmountKopecks = Filling.Kopecks,
        ProviderId = Provider,
        BankReference = $"load-{pupil.Index}",
    };
}
