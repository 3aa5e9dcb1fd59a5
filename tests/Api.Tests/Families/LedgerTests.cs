using Zvonok.Api.Tests.Servers;
using Zvonok.Family.V1;

namespace Zvonok.Api.Tests.Families;

[Collection(nameof(World))]
public sealed class LedgerTests(World world)
{
    private readonly Server _server = world.Server;

    [Fact]
    [Trait("Rule", "M14")]
    public async Task Every_kind_of_entry_tells_all_that_is_recorded()
    {
        var pupil = await _server.NewPupil(meal: 50_000);
        var sale = Given.Sell(_server.NewId(), pupil);
        await _server.Tills.SellAsync(sale);
        await _server.Tills.ReverseSaleAsync(Given.Reverse(_server.NewId(), pupil, 2));
        await _server.Families.SetDailyLimitAsync(new SetDailyLimitRequest { OperationId = _server.NewId(), AccountNumber = pupil.Number, LimitKopecks = 1 });

        var entries = await _server.Entries(pupil);

        entries.Select(entry => entry.EntryNumber).ShouldBe([4, 3, 2, 1]);
        entries.Select(entry => entry.Kind).ShouldBe([EntryKind.LimitChange, EntryKind.Reversal, EntryKind.Sale, EntryKind.TopUp]);
        entries.Select(entry => entry.AmountKopecks).ShouldBe([0, 15_000, -15_000, 50_000]);
        entries.Select(entry => entry.MealBalanceKopecks).ShouldBe([50_000, 50_000, 35_000, 50_000]);
        entries.Select(entry => entry.ContraAccount).ShouldBe(["none", "operator/7", "operator/7", "bank/3"]);
        entries.Select(entry => entry.ReversedEntryNumber).ShouldBe([0, 2, 0, 0]);
        entries.Select(entry => entry.DeviceId).ShouldBe([0, Given.Till, Given.Till, 0]);
        entries.ShouldAllBe(entry => entry.Purse == Purse.Meal && entry.TransportBalanceKopecks == 0);
        entries[2].OperationId.ShouldBe(sale.OperationId);
        entries[2].Lines.ShouldBe(
        [
            new EntryLine { ProductCode = "LUNCH", Quantity = 1, UnitPriceKopecks = 15_000, Category = Zvonok.Till.V1.ProductCategory.HotMeal },
            new EntryLine { ProductCode = "WATER", Quantity = 2, Category = Zvonok.Till.V1.ProductCategory.Buffet },
        ]);
        var day = _server.Clock.GetCurrentInstant().InZone(DateTimeZoneProviders.Tzdb[Given.Zone]).Date;
        entries[2].LimitDate.ShouldBeOneOf(Date(day), Date(day.PlusDays(-1)));
        entries[2].RecordTime.ShouldBeGreaterThanOrEqualTo(entries[2].EventTime);
    }

    // A test that runs over midnight is right too.
    private static Google.Type.Date Date(LocalDate day) => new() { Year = day.Year, Month = day.Month, Day = day.Day };
}
