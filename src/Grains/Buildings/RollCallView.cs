namespace Zvonok.Grains.Buildings;

/// <summary>Who is inside a building, all as of one moment (S2).</summary>
/// <param name="Profile">The building.</param>
/// <param name="Mode">How its gates behave.</param>
/// <param name="InMode">Since when and through whom; null when that was never changed.</param>
/// <param name="At">The moment, by the server.</param>
/// <param name="Seq">The newest passage counted in.</param>
/// <param name="Lines">Everybody inside, by group and account number; those without a group last.</param>
[GenerateSerializer, Immutable, Alias("zvonok.RollCallView")]
public sealed record RollCallView(
    [property: Id(0)] BuildingProfile Profile,
    [property: Id(1)] BuildingMode Mode,
    [property: Id(2)] ModePeriod? InMode,
    [property: Id(3)] Instant At,
    [property: Id(4)] long Seq,
    [property: Id(5)] RollCallLine[] Lines);
