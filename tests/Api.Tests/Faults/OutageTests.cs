using Grpc.Health.V1;
using Zvonok.Api.Tests.Servers;
using Zvonok.Api.Tests.Shapes;
using Zvonok.Family.V1;
using Zvonok.Registry.V1;
using Outcome = Zvonok.Gate.V1.Outcome;

namespace Zvonok.Api.Tests.Faults;

/// <summary>The database goes away and comes back; the server stays, and says so.</summary>
public sealed class OutageTests
{
    [Fact]
    [Trait("Rule", "D2")]
    public async Task While_the_journal_is_down_every_door_says_unavailable_and_health_says_not_serving()
    {
        await using var postgres = await TemporaryPostgres.Start();
        await using var server = await Server.Start(("ConnectionStrings:Zvonok", await postgres.CreateDatabase("outage")));
        var pupil = await server.NewPupil(meal: 50_000);
        await HealthIs(server, HealthCheckResponse.Types.ServingStatus.Serving);

        await postgres.StopImmediately();

        var sale = Given.Sell(server.NewId(), pupil);
        var tap = Given.Tap(server.NewId(), pupil);
        foreach (var call in (Func<Task>[])
                 [
                     async () => await server.Tills.SellAsync(sale),
                     async () => await server.Gates.TapAsync(tap),
                     async () => await server.Families.TopUpAsync(BadFieldTests.TopUp(server, pupil)),
                     async () => await server.Families.ListHistoryAsync(new ListHistoryRequest { AccountNumber = pupil.Number }),
                     async () => await server.Families.GetDayReportAsync(new GetDayReportRequest { AccountNumber = pupil.Number }),
                     () => server.Import(new Row { Building = new Building { BuildingId = 30_001, TimeZone = Given.Zone } }),
                 ])
            (await FaultOf.Call(call, StatusCode.Unavailable)).Message.ShouldContain("epeat");
        await HealthIs(server, HealthCheckResponse.Types.ServingStatus.NotServing);

        await postgres.StartAgain();

        await HealthIs(server, HealthCheckResponse.Types.ServingStatus.Serving);
        (await server.Tills.SellAsync(sale)).Granted.ShouldSatisfyAllConditions(
            granted => granted.EntryNumber.ShouldBe(2), granted => granted.BalanceKopecks.ShouldBe(35_000));
        (await server.Gates.TapAsync(tap)).Outcome.ShouldBe(Outcome.Admitted);
        (await server.Import(new Row { Building = new Building { BuildingId = 30_001, TimeZone = Given.Zone } })).AddedCount.ShouldBe(1);
    }

    private static async Task HealthIs(Server server, HealthCheckResponse.Types.ServingStatus expected)
    {
        using var deadline = new CancellationTokenSource(Server.Deadline);
        using var watch = new Health.HealthClient(server.Channel).Watch(new HealthCheckRequest(), cancellationToken: deadline.Token);
        while (await watch.ResponseStream.MoveNext(deadline.Token))
            if (watch.ResponseStream.Current.Status == expected) return;
        throw new InvalidOperationException("The health service ended its watch.");
    }
}
