namespace Zvonok.Domain.Cards;

/// <summary>The buildings that a card opens (P4).</summary>
[GenerateSerializer, Immutable, Alias("zvonok.AccessRights")]
public sealed class AccessRights : IEquatable<AccessRights>
{
    /// <summary>The home building, and at most <see cref="Limits.FurtherBuildingsMax"/> further ones; their order means nothing.</summary>
    public AccessRights(BuildingId home, params BuildingId[] further)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(further.Length, Limits.FurtherBuildingsMax);
        Home = home;
        Further = [.. further.Distinct().Where(building => building != home).OrderBy(building => building.Value)];
    }

    /// <summary>Where the person learns or works.</summary>
    [Id(0)]
    public BuildingId Home { get; }

    /// <summary>Clubs, the network's other schools; ascending, without the home.</summary>
    [Id(1)]
    public BuildingId[] Further { get; }

    /// <summary>True when the card opens that building.</summary>
    public bool Allow(BuildingId building) => building == Home || Array.IndexOf(Further, building) >= 0;

    /// <inheritdoc/>
    public bool Equals(AccessRights? other) => other is not null && Home == other.Home && Further.AsSpan().SequenceEqual(other.Further);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AccessRights);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Home, Further.Length);
}
