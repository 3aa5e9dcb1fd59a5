using System.Globalization;
using Zvonok.Api.Tests.Servers;
using Zvonok.Family.V1;
using Zvonok.Office.V1;
using MealKind = Zvonok.Till.V1.MealKind;

namespace Zvonok.Api.Tests.Offices;

/// <summary>Reports as an office asks for them, on a server of its own, so that all figures are known.</summary>
[Trait("Rule", "M14")]
public sealed class ReportTests : IAsyncLifetime
{
    // Where it is about noon, so that no midnight comes between a sale and its report.
    private static readonly string Noon = ZoneAt(12 - SystemClock.Instance.GetCurrentInstant().InUtc().Hour);

    private static readonly LocalDate Today = SystemClock.Instance.GetCurrentInstant().InZone(DateTimeZoneProviders.Tzdb[Noon]).Date;

    private Server _server = null!;

    public async Task InitializeAsync()
    {
        _server = await Server.Start();
        var (pupil, other) = (await _server.NewPupil(meal: 50_000), await _server.NewPupil());
        await _server.TopUp(pupil, 10_000, Purse.Transport);
        await _server.Tills.SellAsync(Given.Sell(_server.NewId(), pupil));
        await _server.Tills.PayRideAsync(Given.Ride(_server.NewId(), pupil));
        foreach (var child in new[] { pupil, other })
        {
            await _server.Office.SetEntitlementsAsync(Given.Entitlements(_server.NewId(), child));
            await _server.Tills.RedeemMealAsync(Given.Redeem(_server.NewId(), child));
        }
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task The_trial_balance_has_a_line_for_each_side_and_its_sum_is_zero()
    {
        var messages = await All(_server.Office.GetTrialBalance(new GetTrialBalanceRequest()).ResponseStream);

        messages.SelectMany(message => message.Lines).Select(line => (line.Side, line.TotalKopecks)).ShouldBe(
        [
            ("purse/meal", 35_000), ("purse/transport", 5_400), ("operator/7", 45_000), ("bank/3", -60_000), ("carrier/12", 4_600), ("budget/5", -30_000),
        ]);
        messages[^1].HasSumKopecks.ShouldBeTrue();
        messages[^1].SumKopecks.ShouldBe(0);
        messages[..^1].ShouldAllBe(message => !message.HasSumKopecks);
    }

    [Fact]
    public async Task The_settlement_of_a_day_is_by_kind_and_other_side()
    {
        (await Settlement(Today, "")).ShouldBe(
        [
            ("operator/7", EntryKind.Sale, "purse/meal", 1, 15_000),
            ("operator/7", EntryKind.Redemption, "budget/5", 2, 30_000),
            ("bank/3", EntryKind.TopUp, "purse/meal", 1, -50_000),
            ("bank/3", EntryKind.TopUp, "purse/transport", 1, -10_000),
            ("carrier/12", EntryKind.Ride, "purse/transport", 1, 4_600),
            ("budget/5", EntryKind.Redemption, "operator/7", 2, -30_000),
        ]);
        (await Settlement(Today, "carrier")).ShouldBe([("carrier/12", EntryKind.Ride, "purse/transport", 1, 4_600)]);
        (await Settlement(Today, "operator/8")).ShouldBeEmpty();
        (await Settlement(Today.PlusDays(1), "")).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Rule", "M5")]
    public async Task The_claims_of_a_budget_are_by_school_day_and_meal()
    {
        var (budget, other) = (await Claims(5), await Claims(6));

        budget.ShouldAllBe(line => line.FunderId == 5 && line.BuildingId == Given.School && line.MealKind == MealKind.Lunch && line.Date.Year >= 2026);
        budget.Sum(line => line.MealCount).ShouldBe(2);
        budget.Sum(line => line.AmountKopecks).ShouldBe(30_000);
        other.ShouldBeEmpty();
        (await Claims(0)).ShouldBe(budget);
    }

    private async Task<List<(string, EntryKind, string, long, long)>> Settlement(LocalDate day, string contra)
    {
        var request = new GetSettlementReportRequest { ContraAccount = contra, Date = DateOf(day), TimeZone = Noon };
        var messages = await All(_server.Office.GetSettlementReport(request).ResponseStream);
        return [.. messages.SelectMany(message => message.Lines).Select(line => (line.ContraAccount, line.Kind, line.OtherSide, line.EntryCount, line.AmountKopecks))];
    }

    // Whatever day it is in the pupils' zone.
    private async Task<List<ClaimsLine>> Claims(int funder)
    {
        var request = new GetClaimsReportRequest { FunderId = funder, FirstDate = DateOf(Today.PlusDays(-1)), LastDate = DateOf(Today.PlusDays(1)) };
        return [.. (await All(_server.Office.GetClaimsReport(request).ResponseStream)).SelectMany(message => message.Lines)];
    }

    private static async Task<List<T>> All<T>(IAsyncStreamReader<T> stream)
    {
        using var patience = new CancellationTokenSource(Server.Deadline);
        return await stream.ReadAllAsync(patience.Token).ToListAsync(patience.Token);
    }

    private static Google.Type.Date DateOf(LocalDate day) => new() { Year = day.Year, Month = day.Month, Day = day.Day };

    // East of Greenwich is minus in these names.
    private static string ZoneAt(int hours) => hours == 0 ? "Etc/GMT" : string.Create(CultureInfo.InvariantCulture, $"Etc/GMT{-hours:+0;-0}");
}
