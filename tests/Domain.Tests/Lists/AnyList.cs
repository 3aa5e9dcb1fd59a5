using Zvonok.Domain.Accounts;
using Zvonok.Domain.Buildings;
using Zvonok.Domain.Cards;
using Zvonok.Domain.Lists;

namespace Zvonok.Domain.Tests.Lists;

/// <summary>Lists of every content, and others that come after them.</summary>
public static class AnyList
{
    private static readonly Gen<Money> Money = Gen.Long[0, Limits.AmountMax].Select(kopecks => new Money(kopecks));

    private static readonly Gen<OfflineAllowance> Allowance = Gen.Select(Money, Money, Money, (total, buffet, hot) => new OfflineAllowance(total, buffet, hot));

    private static readonly Gen<Instant> Second = Gen.Long[0, 200_000_000_000].Select(Instant.FromUnixTimeSeconds);

    private static readonly Gen<LocalDate> Day = Gen.Int[0, 20_000].Select(days => new LocalDate(2020, 1, 1).PlusDays(days));

    private static readonly Gen<uint[]> Marks = Gen.UInt.Array[0, 4].Select(marks => marks.Distinct().Order().ToArray());

    private static readonly Gen<AccessRule> Rule = Gen.Select(
        Gen.Bool, Gen.Int[1, 3].Nullable(), Gen.Int[1, 7].Array[0, 3], Gen.Int[0, 700].Nullable(), Day.Nullable(),
        (isDeny, building, days, first, from) => new AccessRule(
            isDeny, building is { } id ? new BuildingId(id) : null, WeekdaySet.Of(days.Select(day => (IsoDayOfWeek)day)), first is { } minute ? new HourSpan((short)minute, (short)(minute + 60)) : null, from));

    private static readonly Gen<ListedCard> Card = Gen.Select(
        Gen.ULong, Gen.OneOf(Gen.Const(CardState.Active), Gen.Const(CardState.Lost), Gen.Const(CardState.Blocked)), Second.Nullable(), Rule.Array[0, 2], Gen.Bool,
        (token, state, end, rules, isByRulesOnly) => new ListedCard(new ListToken(token), state, end) { Rules = rules, IsByRulesOnly = isByRulesOnly });

    private static readonly Gen<ListedStops> Stops = Gen.Select(
        Gen.Int[0, (1 << 14) - 1], Gen.Enum<StopStrength>().Nullable(), Gen.Enum<StopStrength>().Nullable(), Marks, Marks,
        (allergens, hot, buffet, hard, soft) => new ListedStops((Allergens)allergens, hot, buffet, hard, soft));

    private static readonly Gen<ListedMeal> Meal = Gen.Select(
        Day, Gen.Enum<MealKind>(), Gen.Int[1, 3], Gen.Select(Gen.String[Gen.Char['A', 'C'], 1, 2], Gen.Int[1, Limits.QuantityMax], (code, quantity) => new ListedProduct(code, quantity)).Array[1, 2],
        (day, meal, seller, products) => new ListedMeal(day, meal, ContraAccount.Operator(seller), products));

    private static readonly Gen<Holder> Holder = Gen.Select(
        Gen.Int[1, 20], Gen.Enum<AccountKind>(), Card.Array[1, 3], Gen.Select(Gen.Int[0, 15], Gen.Int[0, 15]), Marks, Stops.Null(), Allowance, Gen.Select(Allowance, Gen.Bool),
        (handle, kind, cards, meals, orders, stops, today, later) => new Holder
        {
            Handle = handle,
            Kind = kind,
            Cards = [.. cards.DistinctBy(card => card.Token).OrderBy(card => card.Token.Value)],
            Meals = new MealSet(meals.Item1 << 1),
            NextMeals = new MealSet(meals.Item2 << 1),
            Orders = orders,
            Stops = stops,
            Allowance = today,
            NextAllowance = later.Item1,
            EntersInLockdown = later.Item2,
        });

    private static readonly Gen<ListTerms> Terms = Gen.Select(
        Gen.Int[1, Limits.IdMax], Gen.OneOf(Gen.Const(DeviceKind.Gate), Gen.Const(DeviceKind.Till)), Gen.UInt, Gen.Enum<BuildingMode>(), Gen.OneOf(Gen.Const("Europe/Moscow"), Gen.Const("Asia/Yekaterinburg")), Day, Day, Gen.Select(Money, Gen.Bool),
        (building, audience, key, mode, zone, day, next, allowance) => new ListTerms(new BuildingId(building), audience, key, mode, zone, day, next, allowance.Item1) { HasHardAntiPassback = allowance.Item2 });

    /// <summary>One list; its version is the test's to set.</summary>
    public static readonly Gen<OfflineList> One = Gen.Select(
        Terms, Meal.Array[0, 6], Holder.Array[0, 20], Second, Gen.Int[1, 336],
        (terms, meals, holders, at, hours) => new OfflineList(terms, meals.DistinctBy(meal => meal.Mark), holders.DistinctBy(holder => holder.Handle))
        {
            Version = 1,
            MadeAt = at,
            ValidUntil = at + Duration.FromHours(hours),
        });

    /// <summary>Versions of a list, one after the other: some holders stay, some change, some come and go.</summary>
    public static readonly Gen<OfflineList[]> Chain = Gen.Select(One, Gen.Select(Terms.Null(), Meal.Array[0, 3], Holder.Array[0, 6], Gen.Int[0, 40].Array[0, 5], Gen.Int[1, 5]).Array[1, 8], (first, steps) =>
    {
        var chain = new List<OfflineList> { first };
        foreach (var (terms, meals, holders, gone, ahead) in steps) chain.Add(After(chain[^1], terms, meals, holders, gone, ahead));
        return chain.ToArray();
    });

    private static OfflineList After(OfflineList list, ListTerms? terms, ListedMeal[] meals, Holder[] holders, int[] gone, int ahead) => new(
        terms ?? list.Terms,
        meals.Concat(list.Meals.Where((_, i) => !gone.Contains(i))).DistinctBy(meal => meal.Mark),
        holders.Concat(list.Holders.Where(holder => !gone.Contains(holder.Handle))).DistinctBy(holder => holder.Handle))
    {
        Version = list.Version + ahead,
        MadeAt = list.MadeAt + Duration.FromSeconds(ahead),
        ValidUntil = list.ValidUntil + Duration.FromSeconds(ahead),
    };
}
