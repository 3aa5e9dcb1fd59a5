using Google.Protobuf.Collections;
using Zvonok.Registry.V1;
using AccessRule = Zvonok.Domain.Cards.AccessRule;

namespace Zvonok.Api.Shapes;

/// <summary>Access rules (P4) as the protocol has them, and as the domain has them.</summary>
internal static class AccessRuleShape
{
    public static AccessRule[] Read(RepeatedField<Zvonok.Registry.V1.AccessRule> rules)
    {
        if (rules.Count > Limits.AccessRulesMax) Check.Fail("access_rules", $"at most {Limits.AccessRulesMax}");
        return [.. rules.Select(Read)];
    }

    public static Zvonok.Registry.V1.AccessRule ToMessage(AccessRule rule)
    {
        var message = new Zvonok.Registry.V1.AccessRule
        {
            Effect = rule.IsDeny ? AccessEffect.Deny : AccessEffect.Allow,
            BuildingId = rule.Building?.Value ?? 0,
            Weekdays = { rule.Weekdays.Days().Select(day => (Google.Type.DayOfWeek)day) },
            FirstDate = rule.From?.ToDate(),
            LastDate = rule.Until?.ToDate(),
        };
        if (rule.Hours is { } hours) (message.FirstMinute, message.EndMinute) = (hours.First, hours.End);
        return message;
    }

    /// <summary>From when to when; null for what is absent.</summary>
    public static (LocalDate? From, LocalDate? Until) Days(Google.Type.Date? first, Google.Type.Date? last, string at)
    {
        var from = first is null ? default(LocalDate?) : Check.HistoryDate(first, $"{at}first_date");
        var until = last is null ? default(LocalDate?) : Check.HistoryDate(last, $"{at}last_date");
        if (until < from) Check.Fail($"{at}last_date", "not before first_date");
        return (from, until);
    }

    public static AccessRule Read(Zvonok.Registry.V1.AccessRule rule)
    {
        if (rule.Effect is not (AccessEffect.Allow or AccessEffect.Deny)) Check.Fail("access_rules.effect", "ALLOW or DENY");
        var (from, until) = Days(rule.FirstDate, rule.LastDate, "access_rules.");
        return new AccessRule(
            rule.Effect == AccessEffect.Deny,
            rule.BuildingId == 0 ? null : new BuildingId(Check.Id(rule.BuildingId, "access_rules.building_id")),
            WeekdaySet.Of(rule.Weekdays.Select(day => Check.Enum<IsoDayOfWeek>((int)day, "access_rules.weekdays"))),
            Hours(rule), from, until);
    }

    private static HourSpan? Hours(Zvonok.Registry.V1.AccessRule rule)
    {
        if (!rule.HasFirstMinute && !rule.HasEndMinute) return null;
        if (!rule.HasFirstMinute || rule.FirstMinute is < 0 or >= HourSpan.DayMinutes) Check.Fail("access_rules.first_minute", $"0 to {HourSpan.DayMinutes - 1} when there is an end_minute, or both absent");
        if (!rule.HasEndMinute || rule.EndMinute <= rule.FirstMinute || rule.EndMinute > HourSpan.DayMinutes) Check.Fail("access_rules.end_minute", $"after first_minute and at most {HourSpan.DayMinutes}, or both absent");
        return new HourSpan((short)rule.FirstMinute, (short)rule.EndMinute);
    }
}
