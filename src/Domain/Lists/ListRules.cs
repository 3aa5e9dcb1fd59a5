using Zvonok.Domain.Accounts;
using Zvonok.Domain.Buildings;
using Zvonok.Domain.Cards;
using Zvonok.Domain.Time;

namespace Zvonok.Domain.Lists;

/// <summary>What is on a building's list (O1). Pure.</summary>
public static class ListRules
{
    /// <summary>How far ahead the next day of meals is looked for: from a Friday over a holiday.</summary>
    public const int DaysAheadMax = 7;

    /// <summary>True for a card that belongs on the building's lists: it opens the building, and somebody may present it.</summary>
    public static bool IsListed(Card card, BuildingId building) => ListedCard.IsListed(card) && card.Rights.Open(building);

    /// <summary>A building's list as of <paramref name="now"/>; its version is for whoever keeps it to say.</summary>
    /// <param name="facts">All that is known.</param>
    /// <param name="audience">For gates, who are told of cards alone, for tills, or for validators, who are told of cards and of rides.</param>
    /// <param name="key">The building's.</param>
    /// <param name="tokens">What made the tokens of the cards. While one is being replaced nobody can tell which of them made a token, so that a card is listed under each.</param>
    /// <param name="now">The server's time.</param>
    /// <param name="validFor">How long tills may sell by it, and validators let people ride.</param>
    public static OfflineList Make(ListFacts facts, DeviceKind audience, ListKey key, TokenKeys tokens, Instant now, Duration validFor)
    {
        var day = Calendars.DayOf(now, facts.Building.ZoneId);
        var isTill = audience == DeviceKind.Till;
        var terms = new ListTerms(
            facts.Building.Id, audience, key.Id, facts.Mode, facts.Building.ZoneId, day, isTill ? NextDay(facts, day) : day.PlusDays(1), audience == DeviceKind.Gate ? Money.Zero : facts.Allowance)
        {
            HasHardAntiPassback = audience == DeviceKind.Gate && facts.Building.HasHardAntiPassback,
        };
        var meals = new Dictionary<ListedMeal, uint>();
        var holders = new List<Holder>(facts.Cards.Count);
        foreach (var cards in facts.Cards.Where(card => IsListed(card, facts.Building.Id)).GroupBy(card => card.Account))
        {
            if (!facts.Handles.TryGetValue(cards.Key, out var handle) || !facts.Accounts.TryGetValue(cards.Key, out var account)) continue;
            var holder = new Holder { Handle = handle, Kind = account.Profile.Kind, Cards = [.. cards.SelectMany(card => Listed(card, facts.Building.Id, key, tokens)).OrderBy(card => card.Token.Value)] };
            holders.Add(audience switch
            {
                DeviceKind.Till => ForTill(holder, account, facts, terms, key, meals),
                DeviceKind.Validator => ForValidator(holder, account, facts, terms),
                _ => holder with { EntersInLockdown = account.Profile.Roles.Overlaps(facts.Building.LockdownRoles) },
            });
        }

        var madeAt = Instant.FromUnixTimeSeconds(now.ToUnixTimeSeconds());
        // A mark is one meal on a list, also where two digests begin alike.
        return new OfflineList(terms, meals.DistinctBy(meal => meal.Value).Select(meal => meal.Key), holders) { MadeAt = madeAt, ValidUntil = madeAt + validFor };
    }

    /// <summary>
    /// The next day on which meals are served: the first on which at least half as many people have one as on the fullest of the coming week. So an entitlement for every day of somebody who works there makes
    /// no school day of a Sunday. The day after, when nobody has a meal.
    /// </summary>
    public static LocalDate NextDay(ListFacts facts, LocalDate day)
    {
        var people = Enumerable.Range(1, DaysAheadMax).Select(ahead => facts.Accounts.Values.Count(account => HasMeal(account, day.PlusDays(ahead)))).ToArray();
        var most = people.Max();
        return day.PlusDays(1 + Array.FindIndex(people, count => 2 * count >= most));
    }

    private static bool HasMeal(AccountState account, LocalDate day) =>
        !account.Profile.IsClosed && (Array.Exists(account.Orders, order => order.Order.Day == day) || !Entitled(account, day).IsEmpty);

    private static MealSet Entitled(in AccountState account, LocalDate day)
    {
        var meals = MealSet.None;
        foreach (var entitlement in account.Profile.Entitlements?.All ?? [])
            if (day >= entitlement.From && day <= entitlement.Until && entitlement.Weekdays.Contains(day.DayOfWeek)) meals = new MealSet(meals.Bits | entitlement.Meals.Bits);
        return meals;
    }

    private static IEnumerable<ListedCard> Listed(Card card, BuildingId building, ListKey key, TokenKeys tokens) =>
        tokens.Older.Prepend(tokens.Newest).Select(token => ListedCard.Of(card, building, key.TokenOf(token.DigestOf(card.Token))));

    private static Holder ForTill(Holder holder, in AccountState account, ListFacts facts, ListTerms terms, ListKey key, Dictionary<ListedMeal, uint> meals) => account.Profile.IsClosed ? holder : holder with
    {
        Meals = Left(account, terms.Day),
        NextMeals = Left(account, terms.NextDay),
        Orders = Orders(account, terms, meals),
        Stops = ListedStops.Of(account.Profile.StopList, key),
        Allowance = OfflineAllowance.Of(account, facts.Allowance, facts.CreditFloor, terms.Day),
        NextAllowance = OfflineAllowance.Of(account, facts.Allowance, facts.CreditFloor, terms.NextDay),
    };

    private static Holder ForValidator(Holder holder, in AccountState account, ListFacts facts, ListTerms terms) => holder with
    {
        Allowance = OfflineAllowance.OnRides(account, facts.Allowance, terms.Day),
        NextAllowance = OfflineAllowance.OnRides(account, facts.Allowance, terms.NextDay),
    };

    private static MealSet Left(in AccountState account, LocalDate day) =>
        new(Entitled(account, day).Bits & ~(AccountRules.RedeemedOn(account, day) ?? MealSet.None).Bits);

    private static uint[] Orders(in AccountState account, ListTerms terms, Dictionary<ListedMeal, uint> meals)
    {
        if (account.Orders.Length == 0) return [];
        var marks = new List<uint>(account.Orders.Length);
        foreach (var order in account.Orders.Select(open => open.Order))
        {
            if (order.Building != terms.Building || (order.Day != terms.Day && order.Day != terms.NextDay)) continue;
            if (account.Profile.StopList?.Stopped(order.Lines, order.Seller) is { Hard.IsEmpty: false }) continue;
            var meal = ListedMeal.Of(order);
            // A school orders few different meals: each is digested once.
            if (!meals.TryGetValue(meal, out var mark)) meals[meal] = mark = meal.Mark;
            marks.Add(mark);
        }

        return [.. marks.Order()];
    }
}
