namespace Zvonok.Domain.Cards;

/// <summary>
/// The buildings that a card opens (P4): its home and its further buildings at any time, as far as no rule says otherwise, and whatever rules let it into.
/// </summary>
/// <remarks>
/// To be at home in a building, or to have it among the further ones, is as specific as a rule that allows the building and says nothing else. The most specific of what applies wins
/// (<see cref="AccessRule.Specificity"/>), of equally specific rules those that deny; nothing that applies, no right.
/// </remarks>
[GenerateSerializer, Immutable, Alias("zvonok.AccessRights")]
public sealed class AccessRights : IEquatable<AccessRights>
{
    // Null when a silo of before there were any has sent it.
    [Id(2)]
    private readonly AccessRule[]? _rules;

    /// <summary>The home building, and at most <see cref="Limits.FurtherBuildingsMax"/> further ones; their order means nothing.</summary>
    public AccessRights(BuildingId home, params BuildingId[] further)
        : this(home, further, [])
    {
    }

    /// <summary>The same, with at most <see cref="Limits.AccessRulesMax"/> rules; their order means nothing either.</summary>
    public AccessRights(BuildingId home, BuildingId[] further, AccessRule[] rules)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(further.Length, Limits.FurtherBuildingsMax);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rules.Length, Limits.AccessRulesMax);
        Home = home;
        Further = [.. further.Distinct().Where(building => building != home).OrderBy(building => building.Value)];
        _rules = rules.Length == 0 ? [] :
        [
            .. rules.Distinct().OrderBy(rule => rule.Building?.Value ?? 0).ThenBy(rule => rule.IsDeny).ThenBy(rule => rule.Weekdays.Bits)
                .ThenBy(rule => rule.Hours?.First ?? -1).ThenBy(rule => rule.Hours?.End ?? -1).ThenBy(rule => rule.From ?? LocalDate.MinIsoValue).ThenBy(rule => rule.Until ?? LocalDate.MaxIsoValue),
        ];
    }

    /// <summary>Where the person learns or works.</summary>
    [Id(0)]
    public BuildingId Home { get; }

    /// <summary>Clubs, the network's other schools; ascending, without the home.</summary>
    [Id(1)]
    public BuildingId[] Further { get; }

    /// <summary>Where and when else it opens gates, or does not; none usually, which costs a tap nothing.</summary>
    public AccessRule[] Rules => _rules ?? [];

    /// <summary>Every building that is named.</summary>
    public IEnumerable<BuildingId> Named => Further.Append(Home).Concat(Rules.Select(rule => rule.Building).OfType<BuildingId>()).Distinct();

    /// <summary>True for the home and the further buildings.</summary>
    public bool Names(BuildingId building) => building == Home || Array.IndexOf(Further, building) >= 0;

    /// <summary>True when they let the card into a building at some time.</summary>
    public bool Open(BuildingId building) => Names(building) || Array.Exists(Rules, rule => !rule.IsDeny && rule.IsAbout(building));

    /// <summary>What they say of a building.</summary>
    /// <param name="building">Which.</param>
    /// <param name="at">When.</param>
    /// <param name="zoneId">The building's IANA zone. Throws <see cref="NodaTime.TimeZones.DateTimeZoneNotFoundException"/> for a name that is none.</param>
    public AccessVerdict Check(BuildingId building, Instant at, string zoneId)
    {
        var isListed = Names(building);
        if (Rules.Length == 0) return isListed ? AccessVerdict.Allowed : AccessVerdict.NoRight;
        return Check(building, isListed, at.InZone(DateTimeZoneProviders.Tzdb[zoneId]).LocalDateTime);
    }

    /// <inheritdoc/>
    public bool Equals(AccessRights? other) =>
        other is not null && Home == other.Home && Further.AsSpan().SequenceEqual(other.Further) && Rules.AsSpan().SequenceEqual(other.Rules);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AccessRights);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Home, Further.Length, Rules.Length);

    private AccessVerdict Check(BuildingId building, bool isListed, LocalDateTime local)
    {
        var (best, isDenied, mayAtTimes) = (isListed ? AccessRule.OfBuilding : -1, false, isListed);
        foreach (var rule in Rules)
        {
            if (!rule.IsAbout(building)) continue;
            mayAtTimes |= !rule.IsDeny;
            if (!rule.HoldsAt(local) || rule.Specificity < best) continue;
            // Deny beats allow among equals.
            isDenied = rule.IsDeny || (isDenied && rule.Specificity == best);
            best = rule.Specificity;
        }

        return best < 0 ? (mayAtTimes ? AccessVerdict.NotNow : AccessVerdict.NoRight) : isDenied ? AccessVerdict.Denied : AccessVerdict.Allowed;
    }
}
