using Zvonok.Api.Tests.Servers;
using Zvonok.Family.V1;
using Zvonok.Gate.V1;
using Duration = Google.Protobuf.WellKnownTypes.Duration;

namespace Zvonok.Api.Tests.Families;

[Collection(nameof(World))]
[Trait("Rule", "A4")]
public sealed class ReportTests(World world)
{
    private readonly Server _server = world.Server;

    [Fact]
    public async Task A_days_report_has_what_counts_on_the_day_and_the_balance_of_now()
    {
        var night = await Night.Begin(_server);
        await night.TopUp(-45, 50_000);
        await night.Tap(-120, Direction.In);
        await night.Sell(-30, 15_000);
        await night.Tap(30, Direction.Out);
        await night.Sell(45, 9_000);

        var yesterday = await Day(night, night.Today.PlusDays(-1));
        var today = await Day(night);

        yesterday.ShouldBe(new GetDayReportResponse
        {
            Date = Night.Date(night.Today.PlusDays(-1)),
            TimeInside = new Duration { Seconds = 7_200 },
            Balances = new PurseBalances { MealKopecks = 26_000 },
            Spent = new Spending { MealKopecks = 15_000 },
            Meals = new MealsHad { BoughtCount = 1 },
        });
        today.ShouldBe(new GetDayReportResponse
        {
            Date = Night.Date(night.Today),
            TimeInside = new Duration { Seconds = 1_800 },
            Balances = new PurseBalances { MealKopecks = 26_000 },
            Spent = new Spending { MealKopecks = 9_000 },
            Meals = new MealsHad { BoughtCount = 1 },
        });
        (await _server.Get(night.Pupil)).SpentTodayKopecks.ShouldBe(today.Spent.MealKopecks);
    }

    [Fact]
    [Trait("Rule", "M9")]
    public async Task What_was_answered_is_in_the_next_report()
    {
        var pupil = await _server.NewPupil();
        for (var n = 1; n <= 5; n++)
        {
            await _server.TopUp(pupil, 1_000);
            await _server.TopUp(pupil, 100, Purse.Transport);
            (await _server.Families.GetDayReportAsync(new GetDayReportRequest { AccountNumber = pupil.Number })).Balances.ShouldBe(new PurseBalances { MealKopecks = n * 1_000, TransportKopecks = n * 100 });
        }
    }

    [Fact]
    public async Task A_child_who_has_not_left_is_inside_until_now()
    {
        var night = await Night.Begin(_server);
        await night.Tap(30, Direction.In);
        var (before, report, after) = (_server.Clock.GetCurrentInstant(), await Day(night), _server.Clock.GetCurrentInstant());

        var inside = report.TimeInside.ToTimeSpan();
        inside.ShouldBeInRange((before - night.Midnight).ToTimeSpan() - TimeSpan.FromMinutes(30), (after - night.Midnight).ToTimeSpan() - TimeSpan.FromMinutes(30));
    }

    [Fact]
    [Trait("Rule", "M5")]
    public async Task Meals_at_public_cost_are_told_by_kind()
    {
        var pupil = await _server.NewPupil();
        await _server.Office.SetEntitlementsAsync(Given.Entitlements(_server.NewId(), pupil));
        await _server.Tills.RedeemMealAsync(Given.Redeem(_server.NewId(), pupil));

        var report = await _server.Families.GetDayReportAsync(new GetDayReportRequest { AccountNumber = pupil.Number });

        report.Meals.ShouldBe(new MealsHad { AtPublicCost = { new MealCount { MealKind = Zvonok.Till.V1.MealKind.Lunch, Count = 1 } } });
        report.Spent.ShouldBe(new Spending());
    }

    [Fact]
    public async Task A_weeks_report_has_seven_days_that_add_up()
    {
        var night = await Night.Begin(_server);
        await night.TopUp(-45, 50_000);
        await night.TopUp(20, 7_000);
        await night.Tap(15, Direction.In);
        await night.Sell(25, 9_000);
        await night.Tap(45, Direction.Out);

        var report = await _server.Families.GetWeekReportAsync(new GetWeekReportRequest { AccountNumber = night.Pupil.Number });
        var named = await _server.Families.GetWeekReportAsync(new GetWeekReportRequest { AccountNumber = night.Pupil.Number, Date = Night.Date(night.Today) });

        named.ShouldBe(report);
        var monday = night.Today.PlusDays(IsoDayOfWeek.Monday - night.Today.DayOfWeek);
        report.Days.Select(day => day.Date).ShouldBe(Enumerable.Range(0, 7).Select(n => Night.Date(monday.PlusDays(n))));
        report.Days.Single(day => day.Date.Equals(Night.Date(night.Today))).ShouldSatisfyAllConditions(
            day => day.TimeInside.Seconds.ShouldBe(1_800), day => day.Spent.MealKopecks.ShouldBe(9_000));
        report.TimeInside.Seconds.ShouldBe(report.Days.Sum(day => day.TimeInside.Seconds));
        report.Spent.MealKopecks.ShouldBe(report.Days.Sum(day => day.Spent.MealKopecks));
        report.StartBalances.ShouldBe(new PurseBalances());
        report.EndBalances.ShouldBe(new PurseBalances { MealKopecks = 48_000 });
        report.Meals.BoughtCount.ShouldBe(1);
        // Yesterday is in the same week unless today is its first day.
        (report.TopUpCount, report.TopUpKopecks).ShouldBe(night.Today == monday ? (1, 7_000) : (2, 57_000));
    }

    [Fact]
    public async Task Days_to_come_are_empty()
    {
        var pupil = await _server.NewPupil(meal: 700);

        var report = await _server.Families.GetDayReportAsync(new GetDayReportRequest { AccountNumber = pupil.Number, Date = new() { Year = 2999, Month = 12, Day = 31 } });

        report.ShouldSatisfyAllConditions(
            day => day.TimeInside.ShouldBe(new Duration()), day => day.Spent.ShouldBe(new Spending()), day => day.Balances.MealKopecks.ShouldBe(700));
        (await _server.Families.GetWeekReportAsync(new GetWeekReportRequest { AccountNumber = pupil.Number, Date = new() { Year = 2999, Month = 12, Day = 31 } })).StartBalances.MealKopecks.ShouldBe(700);
    }

    private async Task<GetDayReportResponse> Day(Night night, LocalDate? day = null)
    {
        var request = new GetDayReportRequest { AccountNumber = night.Pupil.Number };
        if (day is { } named) request.Date = Night.Date(named);
        return await _server.Families.GetDayReportAsync(request);
    }
}
