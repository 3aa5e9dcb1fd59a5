using Google.Protobuf.Collections;
using Entitlement = Zvonok.Domain.Accounts.Entitlement;
using MealKind = Zvonok.Domain.Accounts.MealKind;

namespace Zvonok.Api.Shapes;

/// <summary>Entitlements as the protocol has them, and as the domain has them.</summary>
internal static class EntitlementShape
{
    /// <summary>Null for none.</summary>
    public static EntitlementList? Read(RepeatedField<Zvonok.Family.V1.Entitlement> list)
    {
        if (list.Count > Limits.EntitlementsMax) Check.Fail("entitlements", $"at most {Limits.EntitlementsMax}");
        return list.Count == 0 ? null : new EntitlementList([.. list.Select((one, i) => Read(one, $"entitlements[{i}]."))]);
    }

    /// <summary>As the protocol has them.</summary>
    public static IEnumerable<Zvonok.Family.V1.Entitlement> ToMessages(EntitlementList? list) => (list?.All ?? []).Select(one => new Zvonok.Family.V1.Entitlement
    {
        FunderId = one.Funder.Id,
        Meals = { one.Meals.Meals().Select(meal => (Zvonok.Till.V1.MealKind)meal) },
        Weekdays = { one.Weekdays.Days().Select(day => (Google.Type.DayOfWeek)day) },
        FirstDate = one.From.ToDate(),
        LastDate = one.Until.ToDate(),
    });

    private static Entitlement Read(Zvonok.Family.V1.Entitlement one, string at)
    {
        var meals = MealSet.Of(one.Meals.Select(meal => Check.Enum<MealKind>((int)meal, $"{at}meals")));
        if (meals.IsEmpty) Check.Fail($"{at}meals", "at least one meal");
        var days = WeekdaySet.Of(one.Weekdays.Select(day => Check.Enum<IsoDayOfWeek>((int)day, $"{at}weekdays")));
        if (days.IsEmpty) Check.Fail($"{at}weekdays", "at least one day of the week");
        var (from, until) = (Check.Date(one.FirstDate, $"{at}first_date"), Check.Date(one.LastDate, $"{at}last_date"));
        if (until < from) Check.Fail($"{at}last_date", "not before first_date");
        return new Entitlement(ContraAccount.Budget(Check.Id(one.FunderId, $"{at}funder_id")), meals, days, from, until);
    }
}
