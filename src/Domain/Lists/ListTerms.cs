using Zvonok.Domain.Buildings;

namespace Zvonok.Domain.Lists;

/// <summary>What holds for a whole list; it changes once a day, and with the mode or a policy.</summary>
/// <param name="Building">Whose list it is.</param>
/// <param name="Audience">For gates, tills or validators: nobody is told more than is needed there.</param>
/// <param name="KeyId">The name of the key under which the cards are found (<see cref="ListKey"/>).</param>
/// <param name="Mode">How the building's gates behave, as of when the list was made.</param>
/// <param name="ZoneId">The IANA zone of its calendar days.</param>
/// <param name="Day">The calendar day on which it was made.</param>
/// <param name="NextDay">The next day on which meals are served: <see cref="ListRules.NextDay"/>.</param>
/// <param name="Allowance">The most that a till or validator may sell to one person on a day while it has no connection, by policy; zero on a gate's list.</param>
[GenerateSerializer, Immutable, Alias("zvonok.ListTerms")]
public sealed record ListTerms(
    [property: Id(0)] BuildingId Building,
    [property: Id(1)] DeviceKind Audience,
    [property: Id(2)] uint KeyId,
    [property: Id(3)] BuildingMode Mode,
    [property: Id(4)] string ZoneId,
    [property: Id(5)] LocalDate Day,
    [property: Id(6)] LocalDate NextDay,
    [property: Id(7)] Money Allowance)
{
    /// <summary>True when visitors and employees who are inside are not let in again before they went out (P3); on a gate's list alone.</summary>
    [Id(8)]
    public bool HasHardAntiPassback { get; init; }

    internal void Write(DigestWriter digest)
    {
        digest.Add(Building.Value);
        digest.Add((long)Audience);
        digest.Add(KeyId);
        digest.Add((long)Mode);
        digest.Add(ZoneId);
        digest.Add(Day);
        digest.Add(NextDay);
        digest.Add(Allowance.Kopecks);
        digest.Add(HasHardAntiPassback ? 1 : 0);
    }
}
