using System.Text.Json;
using NodaTime.Text;

namespace Zvonok.Journal.Encoding;

/// <summary>Entitlements (M5) as JSON, as people read them in the database. Members are only ever added.</summary>
internal static class EntitlementCodec
{
    /// <summary>Null for none.</summary>
    public static string? Encode(EntitlementList? list) => list is null ? null : JsonSerializer.Serialize(list.All.Select(one =>
        new Content(one.Funder.Code, one.Meals.Bits, one.Weekdays.Bits, LocalDatePattern.Iso.Format(one.From), LocalDatePattern.Iso.Format(one.Until))));

    public static EntitlementList? Decode(string? json) => json is null ? null : new EntitlementList(
        [.. JsonSerializer.Deserialize<Content[]>(json)!.Select(one => new Entitlement(
            ContraAccount.FromCode(one.Funder), new MealSet(one.Meals), new WeekdaySet(one.Weekdays), LocalDatePattern.Iso.Parse(one.From).Value, LocalDatePattern.Iso.Parse(one.Until).Value))]);

    private sealed record Content(long Funder, int Meals, int Weekdays, string From, string Until);
}
