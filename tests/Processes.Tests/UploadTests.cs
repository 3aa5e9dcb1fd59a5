using Grpc.Core;
using Zvonok.Till.V1;
using Xunit.Abstractions;

namespace Zvonok.Processes.Tests;

/// <summary>Tills that were cut off upload what they sold, while the silo is killed (SIGKILL) again and again.</summary>
[Collection(WithPostgres.Name)]
[Trait("Rule", "O3")]
[Trait("soak", "upload")]
public sealed class UploadTests(PostgresFixture postgres, ITestOutputHelper output)
{
    private const int Tills = 8;
    private const int FactsOfEach = 2_500;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly CityPlan Plan = new() { Pupils = 60, Schools = 3 };

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task Every_sale_is_in_the_ledger_once(Store store)
    {
        await using var scene = new Scene(output, postgres);
        await scene.Play(async () =>
        {
            var random = new Random(scene.Seed);
            var city = City.Create(Plan);
            var settings = await scene.NewSettings(store);
            var silo = await scene.Start(settings);
            await Scene.Register(silo, city);
            var mix = new Mix(city, new OperationIds(SystemClock.Instance, scene.Seed));
            var queues = Enumerable.Range(0, Tills).Select(_ => Enumerable.Range(0, FactsOfEach).Select(_ => (SaleOperation)mix.Sale(mix.AnyPupil(random))).ToArray()).ToArray();
            var acknowledged = new long[Tills];
            var calls = 0;

            var uploads = queues.Select((queue, till) => Upload(silo.Address, queue, () => acknowledged[till], to => acknowledged[till] = to, () => Interlocked.Increment(ref calls))).ToArray();
            for (var kill = 1; kill <= Knobs.Kills; kill++)
            {
                var moment = Tills * FactsOfEach * kill / (Knobs.Kills + 1);
                await Eventually.Holds(() => acknowledged.Sum() >= moment, $"{moment} facts acknowledged, before kill {kill}");
                await silo.Kill();
                silo = await scene.Start(settings);
            }

            await Task.WhenAll(uploads);
            scene.Say($"{store}: {Knobs.Kills} kills, {Tills * FactsOfEach} facts in {calls} calls");

            calls.ShouldBeGreaterThan(Tills, "a kill that nobody noticed proves nothing");
            await BalancesAddUp(silo, queues);
            (await silo.Stop()).ShouldBe(0);
            await Scene.AuditIsClean(settings);
        });
    }

    // Nobody has topped up anything: what is missing is what was eaten.
    private static async Task BalancesAddUp(SiloProcess silo, SaleOperation[][] queues)
    {
        using var channel = Connection.OpenPatient(silo.Address);
        var families = new Family.V1.FamilyService.FamilyServiceClient(channel);
        foreach (var sold in queues.SelectMany(queue => queue).GroupBy(sale => sale.Account))
        {
            var account = await families.GetAccountAsync(new Family.V1.GetAccountRequest { AccountNumber = sold.Key });
            (account.LastEntryNumber, account.MealBalanceKopecks).ShouldBe((sold.Count(), -sold.Sum(sale => sale.Request.TotalKopecks)), $"account {sold.Key}");
        }
    }

    // What a terminal does: from the first fact that is not acknowledged, as often as it takes.
    private static async Task Upload(Uri address, SaleOperation[] queue, Func<long> place, Action<long> acknowledge, Action called)
    {
        using var channel = Connection.Open(address, Pause);
        var till = new TillService.TillServiceClient(channel);
        while (place() < queue.Length)
        {
            called();
            using var call = till.UploadFacts();
            var sending = Send(call.RequestStream, queue, (int)place());
            try
            {
                await foreach (var answer in call.ResponseStream.ReadAllAsync())
                {
                    answer.NotTaken.ShouldBeEmpty();
                    acknowledge(answer.AcknowledgedPosition);
                }
            }
            catch (RpcException failure) when (failure.StatusCode is StatusCode.Unavailable or StatusCode.ResourceExhausted or StatusCode.Internal)
            {
                await Task.Delay(Pause);
            }

            await sending;
        }
    }

    private static async Task Send(IClientStreamWriter<UploadFactsRequest> facts, SaleOperation[] queue, int from)
    {
        try
        {
            for (var i = from; i < queue.Length; i++) await facts.WriteAsync(new UploadFactsRequest { Position = i + 1, Sell = queue[i].Request });
            await facts.CompleteAsync();
        }
        catch (Exception exception) when (exception is RpcException or InvalidOperationException or OperationCanceledException)
        {
            // The call has ended: what was not acknowledged goes in the next one.
        }
    }
}
