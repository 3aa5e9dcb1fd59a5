using System.Text.Json;
using NodaTime.Text;

namespace Zvonok.Journal.Encoding;

/// <summary>Entitlements (M5) as JSON, as people read them in the database. Members are only ever added.</summary>
internal static class EntitlementCodec
{
    // A school's pupils have few different ones, and most the same as the one before: that is read, and kept, once for all of them.
    private static Decoded? _last;

    /// <summary>Null for none.</summary>
    public static string? Encode(EntitlementList? list) => list is null ? null : JsonSerializer.Serialize(list.All.Select(one =>
        new Content(one.Funder.Code, one.Meals.Bits, one.Weekdays.Bits, LocalDatePattern.Iso.Format(one.From), LocalDatePattern.Iso.Format(one.Until))));

    public static EntitlementList? Decode(string? json)
    {
        if (json is null) return null;
        var last = _last;
        if (last?.Json != json) _last = last = new Decoded(json, Read(json));
        return last.List;
    }

    private static EntitlementList Read(string json) => new(
        [.. JsonSerializer.Deserialize<Content[]>(json)!.Select(one => new Entitlement(
            ContraAccount.FromCode(one.Funder), new MealSet(one.Meals), new WeekdaySet(one.Weekdays), LocalDatePattern.Iso.Parse(one.From).Value, LocalDatePattern.Iso.Parse(one.Until).Value))]);

    private sealed record Decoded(string Json, EntitlementList List);

    private sealed record Content(long Funder, int Meals, int Weekdays, string From, string Until);
}
