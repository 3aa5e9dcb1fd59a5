using Zvonok.Api.Tests.Servers;
using Zvonok.Api.Tests.Shapes;
using Zvonok.Family.V1;
using Zvonok.Feed.V1;
using Zvonok.Gate.V1;
using Zvonok.Grains.Buildings;
using Zvonok.Registry.V1;
using BuildingMode = Zvonok.Feed.V1.BuildingMode;
using Direction = Zvonok.Gate.V1.Direction;
using Entry = Zvonok.Feed.V1.Entry;
using Passage = Zvonok.Feed.V1.Passage;

namespace Zvonok.Api.Tests.Feeds;

/// <summary>The feed as a neighbour reads it.</summary>
[Collection(nameof(World))]
[Trait("Rule", "N1")]
public sealed class WatchTests(World world)
{
    private readonly Server _server = world.Server;

    public static TheoryData<string, string> BadRequests
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var bad in BadFields.Watch) cases.Add(bad.Field, bad.Wrong);
            return cases;
        }
    }

    [Fact]
    public async Task Whatever_is_committed_comes_at_once_and_says_all_that_was_recorded()
    {
        using var reading = new Reading(_server, new WatchRequest { FromPosition = await End() });
        (await reading.Next()).ShouldNotBeNull().Facts.ShouldBeEmpty("the first message tells that the feed is being read");
        var pupil = await _server.NewPupil(meal: 50_000);
        var (tap, sale) = (Given.Tap(_server.NewId(), pupil), Given.Sell(_server.NewId(), pupil));
        var admitted = await _server.Gates.TapAsync(tap);
        var sold = (await _server.Tills.SellAsync(sale)).Granted;

        var facts = await reading.Take(4);

        var card = facts[0].CardChange;
        card.ShouldBe(new CardChange
        {
            CardToken = card.CardToken, Version = 1, Kind = CardKind.SchoolCard, State = CardState.Active, AccountNumber = pupil.Number, HomeBuildingId = Given.School,
        });
        card.CardToken.Length.ShouldBe(16);
        (facts[1].Entry.Kind, facts[1].Entry.AmountKopecks, facts[1].Entry.ContraAccount, facts[1].Entry.Purse).ShouldBe((EntryKind.TopUp, 50_000, "bank/3", Purse.Meal));
        facts[2].Passage.ShouldBe(new Passage
        {
            BuildingId = Given.School, PassageNumber = admitted.PassageNumber, Direction = Direction.In, Outcome = Outcome.Admitted,
            AccountNumber = pupil.Number, Kind = Zvonok.Gate.V1.PassageKind.Tap, CardToken = card.CardToken, OperationId = tap.OperationId, DeviceId = Given.Gate,
        });
        facts[2].EventTime.ShouldBe(admitted.EventTime);
        facts[3].Entry.ShouldBe(new Entry
        {
            AccountNumber = pupil.Number, EntryNumber = sold.EntryNumber, Kind = EntryKind.Sale, Purse = Purse.Meal, AmountKopecks = -15_000, ContraAccount = "operator/7",
            MealBalanceKopecks = 35_000, OperationId = sale.OperationId, DeviceId = Given.Till,
            Lines = { sale.Lines.Select(line => new EntryLine { ProductCode = line.ProductCode, Quantity = line.Quantity, UnitPriceKopecks = line.UnitPriceKopecks, Category = line.Category }) },
        });
        facts.ShouldAllBe(fact => fact.RecordTime != null && fact.EventTime != null);
    }

    [Fact]
    public async Task From_every_position_that_was_sent_the_rest_follows()
    {
        var start = await End();
        var pupils = new List<Pupil>();
        for (var n = 0; n < 4; n++) pupils.Add(await _server.NewPupil(meal: 50_000));
        foreach (var pupil in pupils) await _server.Tills.SellAsync(Given.Sell(_server.NewId(), pupil));
        using var whole = new Reading(_server, new WatchRequest { FromPosition = start });
        var all = (await whole.Take(12)).ConvertAll(Reading.KeyOf);

        foreach (var (position, told) in await Steps(start, all.Count))
        {
            using var rest = new Reading(_server, new WatchRequest { FromPosition = position });
            var wanted = all.Count - told;
            if (wanted > 0) (await rest.Take(wanted)).ConvertAll(Reading.KeyOf).ShouldBe(all.Skip(told));
        }
    }

    [Fact]
    public async Task A_filter_lets_through_what_it_names_and_its_reader_moves_on_with_the_others()
    {
        var start = await End();
        var pupil = await _server.NewPupil(meal: 50_000, change: card => card.FurtherBuildingIds.Add(Given.Club));
        var elsewhere = await _server.NewPupil();
        // Two minutes ago: at once, it would be two cards.
        var earlier = Given.Tap(_server.NewId(), pupil);
        earlier.EventTime = new() { Seconds = _server.Clock.GetCurrentInstant().ToUnixTimeSeconds() - 120 };
        await _server.Gates.TapAsync(earlier);
        await _server.Tills.SellAsync(Given.Sell(_server.NewId(), pupil));
        await _server.Gates.TapAsync(Given.Tap(_server.NewId(), pupil, gate: Given.ClubGate));
        var end = await End();

        (await Kinds(FactKind.Entry)).ShouldBe([FactOf.Entry, FactOf.Entry]);
        (await Kinds(FactKind.Passage)).ShouldBe([FactOf.Passage, FactOf.Passage]);
        (await Kinds(FactKind.CardChange, FactKind.Passage)).ShouldBe([FactOf.CardChange, FactOf.CardChange, FactOf.Passage, FactOf.Passage]);
        (await Kinds(FactKind.ModeChange)).ShouldBeEmpty();
        (await Buildings(Given.Club)).ShouldBe([FactOf.CardChange, FactOf.Passage], "the card opens it, the gate stands in it");
        (await Buildings(Given.School)).ShouldBe([FactOf.CardChange, FactOf.CardChange, FactOf.Passage, FactOf.Entry], "the top-up is of no building");
        (await Buildings(999)).ShouldBeEmpty();
        (await Read(new WatchRequest { Kinds = { FactKind.Entry, FactKind.Passage }, BuildingIds = { Given.Club, 999 } })).ShouldBe([FactOf.Passage]);

        Task<List<FactOf>> Kinds(params FactKind[] kinds) => Read(new WatchRequest { Kinds = { kinds } });

        Task<List<FactOf>> Buildings(params int[] buildings) => Read(new WatchRequest { BuildingIds = { buildings } });

        async Task<List<FactOf>> Read(WatchRequest request)
        {
            request.FromPosition = start;
            using var reading = new Reading(_server, request);
            return (await reading.TakeUntil(end)).ConvertAll(fact => Enum.Parse<FactOf>(fact.FactCase.ToString()));
        }
    }

    [Fact]
    public async Task A_change_of_mode_is_told()
    {
        const int building = 4_321;
        await _server.Import(new Row { Building = new Building { BuildingId = building, TimeZone = Given.Zone } });
        using var reading = new Reading(_server, new WatchRequest { FromPosition = await End(), BuildingIds = { building } });
        var operation = _server.NewId();

        await _server.Grains.GetGrain<IBuildingGrain>(building).ChangeMode(new Domain.Buildings.ModeChange
        {
            Operation = Domain.Operations.OperationId.FromGuid(new Guid(operation.Span, bigEndian: true)),
            Mode = Domain.Buildings.BuildingMode.Evacuation,
        });

        (await reading.Take(1))[0].ModeChange.ShouldBe(new Zvonok.Feed.V1.ModeChange
        {
            BuildingId = building, PassageNumber = 1, Mode = BuildingMode.Evacuation, OperationId = operation,
        });
    }

    [Fact]
    public async Task A_position_that_was_never_given_out_is_out_of_range_and_the_answer_says_what_to_do()
    {
        var end = await End();

        var status = await FaultOf.Call(() => Watch(new WatchRequest { FromPosition = end + 1_000_000 }), StatusCode.OutOfRange);

        status.Message.ShouldContain("or from 0 to read everything again");
    }

    [Theory, MemberData(nameof(BadRequests))]
    [Trait("Rule", "D2")]
    public async Task A_bad_field_is_named(string field, string wrong)
    {
        var request = new WatchRequest { Kinds = { FactKind.Entry }, BuildingIds = { 1, 2 } };
        BadFields.Watch.Single(bad => bad.Field == field && bad.Wrong == wrong).Spoil(request, _server);

        var status = await FaultOf.Call(() => Watch(request), StatusCode.InvalidArgument);

        var violation = FaultOf.FieldOf(status);
        violation.Field.ShouldBe(field);
        violation.Description.ShouldMatch("should be .+");
    }

    private async Task Watch(WatchRequest request)
    {
        using var reading = new Reading(_server, request);
        await reading.Next();
    }

    private async Task<long> End() => (await _server.Feeds.GetEndAsync(new GetEndRequest())).EndPosition;

    // Each position of the way, with how many facts lie before it; the tests of other classes leave this server alone meanwhile.
    private async Task<List<(long Position, int Told)>> Steps(long start, int count)
    {
        using var reading = new Reading(_server, new WatchRequest { FromPosition = start });
        var (steps, told) = (new List<(long, int)> { (start, 0) }, 0);
        while (told < count)
        {
            var message = (await reading.Next()).ShouldNotBeNull();
            told += message.Facts.Count;
            steps.Add((message.NextPosition, told));
        }

        return steps;
    }

    private enum FactOf
    {
        Entry,
        Passage,
        CardChange,
        ModeChange,
    }
}
