using Google.Rpc;
using Microsoft.Extensions.DependencyInjection;
using Zvonok.Api.Tests.Servers;
using Zvonok.Api.Tests.Shapes;
using Zvonok.Domain.Lists;
using Zvonok.Family.V1;
using Zvonok.Grains.Lists;
using Zvonok.Office.V1;
using Zvonok.Till.V1;

namespace Zvonok.Api.Tests.Tills;

/// <summary>A till comes back and uploads what it did by itself.</summary>
[Collection(nameof(World))]
[Trait("Rule", "O3")]
public sealed class UploadTests(World world)
{
    private readonly Server _server = world.Server;

    [Fact]
    public async Task Everything_is_acknowledged_and_in_the_ledger_once_however_often_it_is_sent()
    {
        var pupils = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => _server.NewPupil(meal: 10_000)));
        var facts = Enumerable.Range(0, 1_000).Select(n => Fact(n + 1, Given.Sell(_server.NewId(), pupils[n % pupils.Length], total: 150))).ToList();
        // Its call was never answered.
        (await _server.Tills.SellAsync(facts[0].Sell)).Granted.ShouldNotBeNull();

        var first = await Upload(facts);
        var again = await Upload(facts);

        foreach (var answers in new[] { first, again })
        {
            answers[^1].AcknowledgedPosition.ShouldBe(1_000);
            answers.Select(answer => answer.AcknowledgedPosition).ShouldBeInOrder();
            answers.ShouldAllBe(answer => answer.NotTaken.Count == 0);
        }

        foreach (var pupil in pupils) (await _server.Get(pupil)).ShouldSatisfyAllConditions(account => account.MealBalanceKopecks.ShouldBe(-5_000), account => account.LastEntryNumber.ShouldBe(101));
    }

    [Fact]
    public async Task What_cannot_be_taken_as_it_is_holds_up_nothing_and_is_named()
    {
        var pupil = await _server.NewPupil(meal: 50_000);
        var sold = Given.Sell(_server.NewId(), pupil, total: 200);
        await _server.Tills.SellAsync(sold);
        var unknown = Given.Sell(_server.NewId(), pupil);
        unknown.CardUid = ByteString.CopyFrom(9, 9, 9, 9);
        var wrong = Given.Sell(_server.NewId(), pupil);
        wrong.TotalKopecks++;

        var answers = await Upload(
        [
            Fact(3, wrong), Fact(5, unknown), new UploadFactsRequest { Position = 7 }, Fact(8, new SellRequest(sold) { CashierConfirmed = true }),
            Fact(9, Given.Sell(_server.NewId(), pupil, total: 1_000)), new UploadFactsRequest { Position = 20, PayRide = Given.Ride(_server.NewId(), pupil) },
        ]);

        answers[^1].AcknowledgedPosition.ShouldBe(20);
        var notTaken = answers.SelectMany(answer => answer.NotTaken).ToList();
        notTaken.Select(fact => (fact.Position, (Code)fact.Error.Code)).ShouldBe([(3, Code.InvalidArgument), (5, Code.NotFound), (7, Code.InvalidArgument), (8, Code.AlreadyExists)]);
        new[] { notTaken[0], notTaken[2] }.Select(fact => FaultOf.FieldOf(fact.Error).Field).ShouldBe(["total_kopecks", "fact"]);
        (await _server.Get(pupil)).ShouldSatisfyAllConditions(account => account.MealBalanceKopecks.ShouldBe(48_800), account => account.LastEntryNumber.ShouldBe(4));
    }

    [Fact]
    [Trait("Rule", "O1")]
    public async Task People_may_be_named_by_the_handles_of_the_list_and_it_is_the_same_operation()
    {
        var pupil = await _server.NewPupil(meal: 10_000);
        await _server.Tills.FetchListAsync(new FetchListRequest { DeviceId = Given.Till, KeyId = _server.Services.GetRequiredService<ListKeys>().Newest.Id });
        var holders = _server.Services.GetRequiredService<IListHolders>();
        var handle = 1;
        while (await holders.Of(new Domain.BuildingId(Given.School), handle) is { } account && account.Value != pupil.Number) handle++;
        // It was sent, and never answered.
        var sold = Given.Sell(_server.NewId(), pupil, total: 200);
        await _server.Tills.SellAsync(sold);

        var answers = await Upload(
        [
            ByHandle(1, sold), ByHandle(2, Given.Sell(_server.NewId(), pupil, total: 300)), new UploadFactsRequest { Position = 3, Sell = Given.Sell(_server.NewId(), pupil), Holder = handle },
            new UploadFactsRequest(ByHandle(4, Given.Sell(_server.NewId(), pupil))) { Holder = 99_999_999 }, new UploadFactsRequest(ByHandle(5, Given.Sell(_server.NewId(), pupil))) { Holder = -1 },
            new UploadFactsRequest { Position = 6, RedeemMeal = Without(Given.Redeem(_server.NewId(), pupil)), Holder = handle },
            new UploadFactsRequest { Position = 7, RedeemOrder = new RedeemOrderRequest(Given.RedeemOrder(_server.NewId(), pupil)) { CardUid = ByteString.Empty }, Holder = handle },
            new UploadFactsRequest { Position = 8, PayRide = new PayRideRequest(Given.Ride(_server.NewId(), pupil)) { CardUid = ByteString.Empty }, Holder = handle },
        ]);

        var notTaken = answers.SelectMany(answer => answer.NotTaken).ToList();
        notTaken.Select(fact => (fact.Position, (Code)fact.Error.Code)).ShouldBe([(3, Code.InvalidArgument), (4, Code.NotFound), (5, Code.InvalidArgument), (8, Code.NotFound)], "a handle is of its own building");
        new[] { notTaken[0], notTaken[2] }.Select(fact => FaultOf.FieldOf(fact.Error).Field).ShouldBe(["card_uid", "holder"]);
        (await _server.Get(pupil)).ShouldSatisfyAllConditions(account => account.MealBalanceKopecks.ShouldBe(9_500), account => account.LastEntryNumber.ShouldBe(5));

        UploadFactsRequest ByHandle(long position, SellRequest sale) => new() { Position = position, Sell = new SellRequest(sale) { CardUid = ByteString.Empty }, Holder = handle };

        static RedeemMealRequest Without(RedeemMealRequest request) => new(request) { CardUid = ByteString.Empty };
    }

    [Fact]
    public async Task A_till_that_nobody_registered_keeps_its_facts()
    {
        var pupil = await _server.NewPupil(meal: 50_000);
        var strange = Given.Sell(_server.NewId(), pupil);
        strange.DeviceId = 999_999_998;

        var (answers, failure) = await Try([Fact(1, Given.Sell(_server.NewId(), pupil, total: 100)), Fact(2, strange), Fact(3, Given.Sell(_server.NewId(), pupil, total: 100))]);

        failure.ShouldNotBeNull().StatusCode.ShouldBe(StatusCode.NotFound);
        answers.ShouldHaveSingleItem().AcknowledgedPosition.ShouldBe(1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(5)]
    public async Task Positions_ascend(long position)
    {
        var pupil = await _server.NewPupil(meal: 50_000);

        var (answers, failure) = await Try([Fact(5, Given.Sell(_server.NewId(), pupil, total: 100)), Fact(position, Given.Sell(_server.NewId(), pupil, total: 100))]);

        failure.ShouldNotBeNull().ShouldSatisfyAllConditions(fault => fault.StatusCode.ShouldBe(StatusCode.InvalidArgument), fault => FaultOf.FieldOf(fault.GetRpcStatus()!).Field.ShouldBe("position"));
        answers.ShouldHaveSingleItem().AcknowledgedPosition.ShouldBe(5);
    }

    [Fact]
    [Trait("Rule", "O4")]
    public async Task A_second_meal_at_public_cost_is_in_the_schools_exceptions_and_not_in_the_claims()
    {
        var pupil = await _server.NewPupil();
        await _server.Office.SetEntitlementsAsync(Given.Entitlements(_server.NewId(), pupil));
        (await _server.Tills.RedeemMealAsync(Given.Redeem(_server.NewId(), pupil))).Granted.ShouldNotBeNull();

        await Upload([new UploadFactsRequest { Position = 1, RedeemMeal = Given.Redeem(_server.NewId(), pupil) }, new UploadFactsRequest { Position = 2, RedeemOrder = Given.RedeemOrder(_server.NewId(), pupil) }]);

        var today = _server.Clock.GetCurrentInstant().InUtc().Date;
        var request = new GetExceptionsReportRequest { BuildingId = Given.School, FirstDate = DateOf(today.PlusDays(-1)), LastDate = DateOf(today.PlusDays(1)), TimeZone = "UTC" };
        using var patience = new CancellationTokenSource(Server.Deadline);
        var lines = (await _server.Office.GetExceptionsReport(request, cancellationToken: patience.Token).ResponseStream.ReadAllAsync(patience.Token).ToListAsync(patience.Token)).SelectMany(message => message.Lines)
            .Where(line => line.AccountNumber == pupil.Number).ToList();
        lines.Select(line => (line.EntryNumber, line.Kind, line.AmountKopecks, line.Marks.ShouldHaveSingleItem())).ShouldBe(
            [(3, EntryKind.HandedOut, 0, FactMark.SecondMeal), (4, EntryKind.HandedOut, 0, FactMark.NotOrdered)]);
        (await _server.Entries(pupil)).Count(entry => entry.Kind == EntryKind.Redemption).ShouldBe(1);
    }

    private async Task<List<UploadFactsResponse>> Upload(IEnumerable<UploadFactsRequest> facts)
    {
        var (answers, failure) = await Try(facts);
        failure.ShouldBeNull();
        return answers;
    }

    private async Task<(List<UploadFactsResponse> Answers, RpcException? Failure)> Try(IEnumerable<UploadFactsRequest> facts)
    {
        using var patience = new CancellationTokenSource(Server.Deadline);
        using var call = _server.Tills.UploadFacts(cancellationToken: patience.Token);
        var sending = Send();
        var answers = new List<UploadFactsResponse>();
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

    private static UploadFactsRequest Fact(long position, SellRequest sale) => new() { Position = position, Sell = sale };

    private static Google.Type.Date DateOf(LocalDate day) => new() { Year = day.Year, Month = day.Month, Day = day.Day };
}
