using System.Globalization;
using NodaTime.Text;

namespace Zvonok.Journal.Encoding;

/// <summary>
/// What a card opens besides its home, as stored in one text, separated by blanks: the numbers of its further buildings, then its rules (P4); null for nothing. A rule is <c>+</c>
/// for allow or <c>-</c> for deny, a building's number or <c>*</c> for all, and what else it says: <c>w24</c> for Tuesdays and Thursdays, <c>h900-1080</c> for the minutes of the
/// day, <c>f</c> and <c>u</c> for the first and the last day, each after a slash: <c>+2002/w24/h900-1080/f2026-09-01/u2027-05-31</c>. Parts are only ever added.
/// </summary>
internal static class BuildingListCodec
{
    public static string? Encode(AccessRights rights) => rights.Further.Length == 0 && rights.Rules.Length == 0
        ? null
        : string.Join(' ', rights.Further.Select(building => Number(building.Value)).Concat(rights.Rules.Select(Encode)));

    public static AccessRights Decode(BuildingId home, string? encoded)
    {
        if (encoded is null) return new AccessRights(home);
        var parts = encoded.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToLookup(part => part[0] is '+' or '-');
        return new AccessRights(home, [.. parts[false].Select(Building)], [.. parts[true].Select(DecodeRule)]);
    }

    private static string Encode(AccessRule rule)
    {
        var text = $"{(rule.IsDeny ? '-' : '+')}{(rule.Building is { } building ? Number(building.Value) : "*")}";
        if (!rule.Weekdays.IsEmpty) text += $"/w{string.Concat(rule.Weekdays.Days().Select(day => Number((int)day)))}";
        if (rule.Hours is { } hours) text += $"/h{Number(hours.First)}-{Number(hours.End)}";
        if (rule.From is { } from) text += $"/f{LocalDatePattern.Iso.Format(from)}";
        if (rule.Until is { } until) text += $"/u{LocalDatePattern.Iso.Format(until)}";
        return text;
    }

    private static AccessRule DecodeRule(string encoded)
    {
        var parts = encoded[1..].Split('/');
        var rule = new AccessRule(encoded[0] == '-', parts[0] == "*" ? null : Building(parts[0]));
        foreach (var part in parts.Skip(1))
        {
            var value = part[1..];
            rule = part[0] switch
            {
                'w' => rule with { Weekdays = WeekdaySet.Of(value.Select(day => (IsoDayOfWeek)(day - '0'))) },
                'h' => rule with { Hours = Hours(value.Split('-')) },
                'f' => rule with { From = LocalDatePattern.Iso.Parse(value).Value },
                'u' => rule with { Until = LocalDatePattern.Iso.Parse(value).Value },
                _ => throw new FormatException($"An access rule says '{part}': start a newer program."),
            };
        }

        return rule;
    }

    private static HourSpan Hours(string[] minutes) => new(short.Parse(minutes[0], CultureInfo.InvariantCulture), short.Parse(minutes[1], CultureInfo.InvariantCulture));

    private static BuildingId Building(string number) => new(int.Parse(number, CultureInfo.InvariantCulture));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
