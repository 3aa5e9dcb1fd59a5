using Zvonok.Api.Shapes;
using Zvonok.Office.V1;
using ClaimsLine = Zvonok.Grains.Reports.ClaimsLine;
using ExceptionsLine = Zvonok.Grains.Reports.ExceptionsLine;
using SettlementLine = Zvonok.Grains.Reports.SettlementLine;
using TrialBalanceLine = Zvonok.Grains.Reports.TrialBalanceLine;

namespace Zvonok.Api.Office;

/// <summary>Reports as the protocol has them.</summary>
internal static class ReportShape
{
    private const int DaysMax = 366;

    public static ContraSelection Whose(string text) => ContraSelection.TryParse(text, out var whose)
        ? whose
        : throw Check.Bad("contra_account", "a contra account such as operator/7, a kind of them (operator, bank, carrier, budget, transit, fee), or empty for all");

    public static ContraAccount? Funder(int id) => id == 0 ? null : ContraAccount.Budget(Check.Id(id, "funder_id"));

    public static LocalDate Day(Google.Type.Date? date, string field) => Check.Date(date, field) is { Year: >= 2000 and <= 2999 } day
        ? day
        : throw Check.Bad(field, "a day of the years 2000 to 2999");

    public static BuildingId? Building(int id) => id == 0 ? null : new BuildingId(Check.Id(id, "building_id"));

    public static (LocalDate First, LocalDate Last) Days(Google.Type.Date? firstDate, Google.Type.Date? lastDate)
    {
        var (first, last) = (Day(firstDate, "first_date"), Day(lastDate, "last_date"));
        if (last < first || Period.DaysBetween(first, last) >= DaysMax) Check.Fail("last_date", $"not before first_date, and at most {DaysMax} days with it");
        return (first, last);
    }

    public static Zvonok.Office.V1.TrialBalanceLine ToMessage(TrialBalanceLine line) => new() { Side = line.Side.ToString(), TotalKopecks = line.Total.Kopecks };

    public static Zvonok.Office.V1.SettlementLine ToMessage(SettlementLine line) => new()
    {
        ContraAccount = line.Contra.ToString(),
        Kind = (Zvonok.Family.V1.EntryKind)line.Kind,
        OtherSide = line.Other.ToString(),
        EntryCount = line.Entries,
        AmountKopecks = line.Amount.Kopecks,
    };

    public static Zvonok.Office.V1.ClaimsLine ToMessage(ClaimsLine line) => new()
    {
        FunderId = line.Funder.Id,
        BuildingId = line.Building.Value,
        Date = line.Day.ToDate(),
        MealKind = (Zvonok.Till.V1.MealKind)line.Meal,
        MealCount = line.Meals,
        AmountKopecks = line.Amount.Kopecks,
    };

    public static Zvonok.Office.V1.ExceptionsLine ToMessage(ExceptionsLine line) => new()
    {
        AccountNumber = line.Entry.Account.Value,
        EntryNumber = line.Entry.Seq,
        Kind = (Zvonok.Family.V1.EntryKind)line.Entry.Kind,
        BuildingId = line.Building.Value,
        DeviceId = line.Entry.Device.Value,
        EventTime = line.Entry.EventAt.ToTimestamp(),
        RecordTime = line.Entry.RecordedAt.ToTimestamp(),
        AmountKopecks = line.Entry.Amount.Kopecks,
        MealKind = (Zvonok.Till.V1.MealKind)(line.Entry.Meal ?? 0),
        Marks = { Enum.GetValues<FactMarks>().Where(mark => mark != FactMarks.None && line.Entry.Marks!.Value.HasFlag(mark)).Select(ToMessage) },
    };

    // They are bits there, so that the n-th is numbered n here.
    private static FactMark ToMessage(FactMarks mark) => (FactMark)(System.Numerics.BitOperations.TrailingZeroCount((int)mark) + 1);
}
