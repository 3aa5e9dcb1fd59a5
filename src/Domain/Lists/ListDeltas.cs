namespace Zvonok.Domain.Lists;

/// <summary>What became of a delta.</summary>
public enum ListApplication
{
    /// <summary>The list is now what the core has.</summary>
    Applied = 1,

    /// <summary>It is for another version: ask again, with the version that is there.</summary>
    OtherBase = 2,

    /// <summary>What results is not what the core has: fetch the whole list.</summary>
    OtherResult = 3,
}

/// <summary>How lists become others (O1). Pure.</summary>
public static class ListDeltas
{
    /// <summary>What makes one list the other.</summary>
    public static ListDelta Diff(OfflineList old, OfflineList next)
    {
        var (holders, gone) = Changes<int, Holder>(old.Holders, next.Holders);
        var (meals, mealsGone) = Changes<uint, ListedMeal>(old.Meals, next.Meals);
        return new ListDelta
        {
            Base = old.Version,
            Version = next.Version,
            MadeAt = next.MadeAt,
            ValidUntil = next.ValidUntil,
            Digest = next.Digest,
            Terms = old.Terms == next.Terms ? null : next.Terms,
            Holders = holders,
            Gone = gone,
            Meals = meals,
            MealsGone = mealsGone,
        };
    }

    /// <summary>One delta for two that follow each other.</summary>
    public static ListDelta Then(this ListDelta first, ListDelta second)
    {
        if (first.Version != second.Base) throw new ArgumentException($"A delta of version {second.Base} does not follow one to {first.Version}.", nameof(second));
        var (holders, gone) = Join(first.Holders, first.Gone, second.Holders, second.Gone);
        var (meals, mealsGone) = Join(first.Meals, first.MealsGone, second.Meals, second.MealsGone);
        return second with { Base = first.Base, Terms = second.Terms ?? first.Terms, Holders = holders, Gone = gone, Meals = meals, MealsGone = mealsGone };
    }

    /// <summary>The list after a delta. Only with <see cref="ListApplication.Applied"/> it is another one: what was found wrong changes nothing.</summary>
    public static (ListApplication Outcome, OfflineList List) Apply(OfflineList list, ListDelta delta)
    {
        if (delta.Base != list.Version) return (ListApplication.OtherBase, list);
        var next = new OfflineList(delta.Terms ?? list.Terms, After(list.Meals, delta.Meals, delta.MealsGone), After(list.Holders, delta.Holders, delta.Gone))
        {
            Version = delta.Version,
            // A delta that says that nothing has changed may be played again.
            MadeAt = Instant.Max(list.MadeAt, delta.MadeAt),
            ValidUntil = Instant.Max(list.ValidUntil, delta.ValidUntil),
        };
        return next.Digest == delta.Digest ? (ListApplication.Applied, next) : (ListApplication.OtherResult, list);
    }

    private static (T[] Put, TKey[] Gone) Changes<TKey, T>(T[] old, T[] next)
        where TKey : notnull
        where T : class, IListed<TKey>
    {
        var before = old.ToDictionary(one => one.Key);
        var put = new List<T>();
        foreach (var one in next)
            if (!before.Remove(one.Key, out var was) || !one.Equals(was)) put.Add(one);
        return ([.. put], [.. before.Keys.Order()]);
    }

    // Of both the later has its way.
    private static (T[] Put, TKey[] Gone) Join<TKey, T>(T[] put, TKey[] gone, T[] laterPut, TKey[] laterGone)
        where TKey : notnull
        where T : class, IListed<TKey>
    {
        var all = After<TKey, T>(put, laterPut, laterGone);
        return ([.. all], [.. gone.Union(laterGone).Except(all.Select(one => one.Key)).Order()]);
    }

    private static Dictionary<TKey, T>.ValueCollection After<TKey, T>(T[] there, T[] put, TKey[] gone)
        where TKey : notnull
        where T : class, IListed<TKey>
    {
        var all = there.ToDictionary(one => one.Key);
        foreach (var key in gone) all.Remove(key);
        foreach (var one in put) all[one.Key] = one;
        return all.Values;
    }
}
