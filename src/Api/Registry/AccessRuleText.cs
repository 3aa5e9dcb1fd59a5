using System.Globalization;
using NodaTime.Text;
using Zvonok.Api.Shapes;
using Zvonok.Registry.V1;
using AccessRule = Zvonok.Registry.V1.AccessRule;

namespace Zvonok.Api.Registry;

/// <summary>
/// An access rule (P4) as people write it in a CSV file: <c>allow</c> or <c>deny</c>, a building's number or <c>all</c>, and in any order what else it says: days of the week,
/// <c>tue+thu</c>; hours, <c>15:00-18:00</c>, until <c>24:00</c> at most; a first and a last day, <c>2026-09-01..2027-05-31</c>, of which one may be left out.
/// </summary>
internal static class AccessRuleText
{
    private const string Column = "access_rules";

    private static readonly string[] Days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    /// <summary>Throws <see cref="CsvFile.ColumnException"/>, which says what is wrong with which word.</summary>
    public static AccessRule Read(string text)
    {
        if (text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var effect, var building, .. var rest]) throw Wrong(text, "allow or deny, and a building's number or all");
        var rule = new AccessRule
        {
            Effect = effect switch { "allow" => AccessEffect.Allow, "deny" => AccessEffect.Deny, _ => throw Wrong(effect, "allow or deny") },
            BuildingId = building == "all" ? 0 : int.TryParse(building, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? id : throw Wrong(building, "a building's number or all"),
        };
        foreach (var word in rest)
        {
            if (word.Contains("..", StringComparison.Ordinal)) ReadDates(rule, word);
            else if (word.Contains(':', StringComparison.Ordinal)) ReadHours(rule, word);
            else rule.Weekdays.Add(word.Split('+').Select(day => Array.IndexOf(Days, day) is >= 0 and var n ? (Google.Type.DayOfWeek)(n + 1) : throw Wrong(day, string.Join(", ", Days))));
        }

        return rule;
    }

    private static void ReadDates(AccessRule rule, string word)
    {
        if (word.Split("..") is not [var first, var last]) throw Wrong(word, "a first and a last day, such as 2026-09-01..2027-05-31");
        if (first.Length > 0) rule.FirstDate = Date(first);
        if (last.Length > 0) rule.LastDate = Date(last);
    }

    private static void ReadHours(AccessRule rule, string word)
    {
        if (word.Split('-') is not [var first, var end]) throw Wrong(word, "hours such as 15:00-18:00");
        (rule.FirstMinute, rule.EndMinute) = (Minute(first), end == "24:00" ? HourSpan.DayMinutes : Minute(end));
    }

    private static Google.Type.Date Date(string text) => LocalDatePattern.Iso.Parse(text) is { Success: true } parsed ? parsed.Value.ToDate() : throw Wrong(text, "a date such as 2026-09-01");

    private static int Minute(string text) => LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(text) is { Success: true } parsed
        ? parsed.Value.Hour * 60 + parsed.Value.Minute
        : throw Wrong(text, "a time of the day such as 15:00");

    private static CsvFile.ColumnException Wrong(string word, string shouldBe) => new(Column, $"'{word}' should be {shouldBe}.");
}
