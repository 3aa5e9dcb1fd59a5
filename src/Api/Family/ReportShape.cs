using Zvonok.Api.Shapes;
using Zvonok.Domain.Reports;
using Zvonok.Family.V1;

namespace Zvonok.Api.Family;

/// <summary>Reports as families are told them.</summary>
internal static class ReportShape
{
    public static GetDayReportResponse ToMessage(DayReport report) => new()
    {
        Date = report.Day.ToDate(),
        TimeInside = report.Inside.ToMessage(),
        Balances = ToMessage(report.Balances),
        Spent = ToMessage(report.Spent),
        Meals = ToMessage(report.Meals),
    };

    public static GetWeekReportResponse ToMessage(WeekReport report) => new()
    {
        Days = { report.Days.Select(day => new DayOfReport { Date = day.Day.ToDate(), TimeInside = day.Inside.ToMessage(), Spent = ToMessage(day.Spent) }) },
        TimeInside = report.Inside.ToMessage(),
        StartBalances = ToMessage(report.Start),
        EndBalances = ToMessage(report.End),
        TopUpCount = report.TopUpCount,
        TopUpKopecks = report.TopUps.Kopecks,
        Spent = ToMessage(report.Spent),
        Meals = ToMessage(report.Meals),
    };

    private static PurseBalances ToMessage(Balances balances) => new() { MealKopecks = balances.Meal.Kopecks, TransportKopecks = balances.Transport.Kopecks };

    private static Spending ToMessage(DaySpending spent) =>
        new() { MealKopecks = spent.Total.Kopecks, BuffetKopecks = spent.Buffet.Kopecks, RidesKopecks = spent.Rides.Kopecks };

    private static Zvonok.Family.V1.MealsHad ToMessage(Domain.Reports.MealsHad meals) => new()
    {
        BoughtCount = meals.Bought,
        AtPublicCost = { meals.AtPublicCost.Select(had => new MealCount { MealKind = (Zvonok.Till.V1.MealKind)had.Key, Count = had.Value }) },
    };
}
