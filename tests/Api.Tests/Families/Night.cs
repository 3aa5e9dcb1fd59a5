using Zvonok.Api.Tests.Servers;
using Zvonok.Family.V1;
using Zvonok.Gate.V1;
using Zvonok.Registry.V1;
using AccountKind = Zvonok.Registry.V1.AccountKind;

namespace Zvonok.Api.Tests.Families;

/// <summary>
/// A pupil for whom it is between one and two o'clock at night, whenever the test runs: midnight is near enough for devices to tell of what happened before it.
/// </summary>
internal sealed class Night
{
    private readonly Server _server;

    private Night(Server server, string zone)
    {
        _server = server;
        Zone = DateTimeZoneProviders.Tzdb[zone];
        Pupil = new Pupil(server.NewNumber());
        Today = server.Clock.GetCurrentInstant().InZone(Zone).Date;
        Midnight = Zone.AtStartOfDay(Today).ToInstant();
    }

    public Pupil Pupil { get; }

    public DateTimeZone Zone { get; }

    public LocalDate Today { get; }

    public Instant Midnight { get; }

    public static async Task<Night> Begin(Server server)
    {
        var ahead = 1 - server.Clock.GetCurrentInstant().InUtc().Hour;
        if (ahead < -11) ahead += 24;
        // The signs of these zones are the other way round.
        var zone = $"Etc/GMT{(ahead > 0 ? "-" : "+")}{Math.Abs(ahead)}";
        var night = new Night(server, zone);
        (await server.Import(
            new Row { Account = new Account { AccountNumber = night.Pupil.Number, Kind = AccountKind.Pupil, TimeZone = zone } }, new Row { Card = Given.Card(night.Pupil) })).BadRows.ShouldBeEmpty();
        return night;
    }

    public static Google.Type.Date Date(LocalDate day) => new() { Year = day.Year, Month = day.Month, Day = day.Day };

    public async Task TopUp(int minutesAfterMidnight, long kopecks) => (await _server.Families.TopUpAsync(new TopUpRequest
    {
        OperationId = _server.NewId(),
        AccountNumber = Pupil.Number,
        Purse = Purse.Meal,
        AmountKopecks = kopecks,
        ProviderId = 3,
        BankReference = $"NIGHT-{Pupil.Number}-{minutesAfterMidnight}",
        EventTime = At(minutesAfterMidnight),
    })).Granted.ShouldNotBeNull();

    public async Task Sell(int minutesAfterMidnight, long kopecks, string product = "LUNCH")
    {
        var sale = Given.Sell(_server.NewId(), Pupil, kopecks);
        sale.EventTime = At(minutesAfterMidnight);
        sale.Lines[0].ProductCode = product;
        (await _server.Tills.SellAsync(sale)).Granted.ShouldNotBeNull();
    }

    public async Task Tap(int minutesAfterMidnight, Direction direction)
    {
        var tap = Given.Tap(_server.NewId(), Pupil, direction);
        tap.EventTime = At(minutesAfterMidnight);
        (await _server.Gates.TapAsync(tap)).Outcome.ShouldBeOneOf(Outcome.Admitted, Outcome.AdmittedFlagged);
    }

    public Google.Protobuf.WellKnownTypes.Timestamp At(int minutesAfterMidnight) => new() { Seconds = Midnight.ToUnixTimeSeconds() + 60 * minutesAfterMidnight };
}
