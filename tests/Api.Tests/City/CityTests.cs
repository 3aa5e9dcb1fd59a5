using Google.Protobuf.WellKnownTypes;
using Zvonok.Api.Tests.Servers;
using Zvonok.Api.Tests.Shapes;
using Zvonok.Cities.V1;
using Zvonok.Gate.V1;

namespace Zvonok.Api.Tests.City;

/// <summary>A morning and a lunch break as the city's dashboard asks for them, on a server of its own, whose clock is put forward.</summary>
[Trait("Rule", "S5")]
public sealed class CityTests : IAsyncLifetime
{
    private Server _server = null!;

    // The quarter of an hour before the last one that is over: all that happens in it is believed, and midnight does not come between.
    private Instant _start;

    public async Task InitializeAsync()
    {
        _server = await Server.Start();
        _start = Instant.FromUnixTimeSeconds(_server.Clock.GetCurrentInstant().ToUnixTimeSeconds() / 900 * 900 - 1_800);
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task What_ten_children_did_is_told_and_what_nine_did_is_not()
    {
        for (var n = 1; n <= 10; n++)
        {
            var pupil = await _server.NewPupil(meal: 50_000);
            (await _server.Gates.TapAsync(At(Given.Tap(_server.NewId(), pupil)))).Outcome.ShouldBe(Outcome.Admitted);
            if (n < 10) (await _server.Gates.TapAsync(At(Given.Tap(_server.NewId(), pupil, Direction.Out)))).Outcome.ShouldBe(Outcome.Admitted);
            var sale = Given.Sell(_server.NewId(), pupil);
            sale.EventTime = Time;
            (await _server.Tills.SellAsync(sale)).Granted.ShouldNotBeNull();
        }

        await FaultOf.Call(() => Ask(), StatusCode.OutOfRange);
        _server.Clock.PutForward(days: 3);

        Figure[] told =
        [
            new() { BuildingId = Given.School, StartTime = Start, Kind = FigureKind.Came, AccountCount = 10, FactCount = 10 },
            new() { BuildingId = Given.School, StartTime = Start, Kind = FigureKind.Bought, AccountCount = 10, FactCount = 10, AmountKopecks = 150_000 },
        ];
        (await Ask()).ShouldBe(told);
        (await Ask(Given.School)).ShouldBe(told);
        (await Ask(Given.Club)).ShouldBeEmpty();
    }

    [Fact]
    public void A_figure_has_no_field_in_which_a_child_a_card_a_device_or_an_operation_could_be() =>
        CityServiceReflection.Descriptor.MessageTypes.SelectMany(message => message.Fields.InDeclarationOrder()).Select(field => field.Name).Order(StringComparer.Ordinal)
            .ShouldBe(["account_count", "amount_kopecks", "building_id", "building_id", "date", "fact_count", "figures", "kind", "start_time"]);

    private Timestamp Start => Timestamp.FromDateTimeOffset(_start.ToDateTimeOffset());

    private Timestamp Time => Timestamp.FromDateTimeOffset((_start + NodaTime.Duration.FromMinutes(7)).ToDateTimeOffset());

    private TapRequest At(TapRequest tap)
    {
        tap.EventTime = Time;
        return tap;
    }

    private async Task<List<Figure>> Ask(int building = 0)
    {
        var day = _start.InZone(DateTimeZoneProviders.Tzdb[Given.Zone]).Date;
        using var patience = new CancellationTokenSource(Server.Deadline);
        using var call = _server.City.GetFigures(new GetFiguresRequest { Date = new() { Year = day.Year, Month = day.Month, Day = day.Day }, BuildingId = building }, cancellationToken: patience.Token);
        return [.. (await call.ResponseStream.ReadAllAsync(patience.Token).ToListAsync(patience.Token)).SelectMany(message => message.Figures)];
    }
}
