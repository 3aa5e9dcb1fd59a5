namespace Zvonok.Domain.Lists;

/// <summary>A part of a list that is told from the others by a key.</summary>
/// <typeparam name="TKey">What it is told by.</typeparam>
internal interface IListed<out TKey>
{
    /// <summary>The same for ever.</summary>
    TKey Key { get; }
}

/// <summary>What the devices of a building decide by while they have no connection (O1): all who may come in, with what a till needs to know.</summary>
[GenerateSerializer, Immutable, Alias("zvonok.OfflineList")]
public sealed record OfflineList
{
    /// <summary>Takes the meals and the holders in any order.</summary>
    public OfflineList(ListTerms terms, IEnumerable<ListedMeal> meals, IEnumerable<Holder> holders)
    {
        (Terms, Meals, Holders) = (terms, [.. meals.OrderBy(meal => meal.Mark)], [.. holders.OrderBy(holder => holder.Handle)]);
        Digest = ListDigest.Of(Terms, Meals, Holders);
    }

    /// <summary>What holds for all of it.</summary>
    [Id(0)]
    public ListTerms Terms { get; }

    /// <summary>What people have ordered, ascending by their marks.</summary>
    [Id(1)]
    public ListedMeal[] Meals { get; }

    /// <summary>Ascending by their handles.</summary>
    [Id(2)]
    public Holder[] Holders { get; }

    /// <summary>Of the content.</summary>
    [Id(3)]
    public ListDigest Digest { get; }

    /// <summary>A later list has a larger one, over restarts and silos; two lists of one building, audience and key with one version are the same.</summary>
    [Id(4)]
    public long Version { get; init; }

    /// <summary>As of when it is true, to the second.</summary>
    [Id(5)]
    public Instant MadeAt { get; init; }

    /// <summary>Until when tills may sell by it, and validators let people ride. A gate admits by it also later: nobody is left outside because a list is old.</summary>
    [Id(6)]
    public Instant ValidUntil { get; init; }

    /// <inheritdoc/>
    public bool Equals(OfflineList? other) => other is not null && (Version, MadeAt, ValidUntil, Digest) == (other.Version, other.MadeAt, other.ValidUntil, other.Digest);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Version, Digest);
}

/// <summary>What makes one version of a list the next one, or says that nothing has changed.</summary>
[GenerateSerializer, Immutable, Alias("zvonok.ListDelta")]
public sealed record ListDelta
{
    /// <summary>The only version to which it may be applied.</summary>
    [Id(0)]
    public required long Base { get; init; }

    /// <summary>The version that results; the same as <see cref="Base"/> when nothing has changed.</summary>
    [Id(1)]
    public required long Version { get; init; }

    /// <inheritdoc cref="OfflineList.MadeAt"/>
    [Id(2)]
    public required Instant MadeAt { get; init; }

    /// <inheritdoc cref="OfflineList.ValidUntil"/>
    [Id(3)]
    public required Instant ValidUntil { get; init; }

    /// <summary>The digest of the list that results.</summary>
    [Id(4)]
    public required ListDigest Digest { get; init; }

    /// <summary>The new terms; null when they stay.</summary>
    [Id(5)]
    public ListTerms? Terms { get; init; }

    /// <summary>Holders that are new or have changed.</summary>
    [Id(6)]
    public Holder[] Holders { get; init; } = [];

    /// <summary>The handles of those who have gone.</summary>
    [Id(7)]
    public int[] Gone { get; init; } = [];

    /// <summary>Meals that nobody had ordered before.</summary>
    [Id(8)]
    public ListedMeal[] Meals { get; init; } = [];

    /// <summary>The marks of meals that nobody has ordered any longer.</summary>
    [Id(9)]
    public uint[] MealsGone { get; init; } = [];
}
