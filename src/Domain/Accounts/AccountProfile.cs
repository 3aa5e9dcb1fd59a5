namespace Zvonok.Domain.Accounts;

/// <summary>
/// The slow state of an account: it changes a few times a year, in the same transaction as the entry that tells of it,
/// so that one sequence orders everything about a child.
/// </summary>
[GenerateSerializer, Immutable, Alias("zvonok.AccountProfile")]
public sealed record AccountProfile
{
    /// <summary>Whose it is.</summary>
    [Id(0)]
    public required AccountNumber Number { get; init; }

    /// <summary>Pupil, employee…</summary>
    [Id(1)]
    public required AccountKind Kind { get; init; }

    /// <summary>The IANA zone whose calendar days count.</summary>
    [Id(2)]
    public required string ZoneId { get; init; }

    /// <summary>The daily limit of the meal purse in all (M2); null: none.</summary>
    [Id(3)]
    public Money? DailyLimit { get; init; }

    /// <summary>A closed account refuses everything but reading (M12).</summary>
    [Id(4)]
    public bool IsClosed { get; init; }

    /// <summary>The sequence number of the entry that last changed this profile; 0 as registered.</summary>
    [Id(5)]
    public long Version { get; init; }

    /// <summary>The daily limit of hot meals (M2); null: none.</summary>
    [Id(6)]
    public Money? HotMealLimit { get; init; }

    /// <summary>The daily limit of the buffet (M2); null: none.</summary>
    [Id(7)]
    public Money? BuffetLimit { get; init; }

    /// <summary>What the family does not want to be sold (M3); null: it stops nothing.</summary>
    [Id(8)]
    public StopList? StopList { get; init; }

    /// <summary>The daily limit of rides (M10); null: none.</summary>
    [Id(9)]
    public Money? RideLimit { get; init; }

    /// <summary>Meals at public cost (M5); null: none.</summary>
    [Id(10)]
    public EntitlementList? Entitlements { get; init; }

    /// <summary>The class or group, by an opaque key (D4): 1 to <see cref="Limits.GroupKeyLengthMax"/> characters; null: none. As registered, whatever the version.</summary>
    [Id(11)]
    public string? Group { get; init; }

    /// <summary>What the person is named to (S1, S3). As registered, whatever the version.</summary>
    [Id(12)]
    public RoleNames Roles { get; init; }
}
