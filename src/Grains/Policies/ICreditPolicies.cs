using Zvonok.Grains.Journal;

namespace Zvonok.Grains.Policies;

/// <summary>
/// The policies of credit (M4), as they are stored. Tills learn of a change within <see cref="Devices.DeviceDirectory.AgeMax"/>. Every method throws
/// <see cref="JournalUnavailableException"/> when the database does not answer.
/// </summary>
public interface ICreditPolicies
{
    /// <summary>Sets the policy of a school, or of the city.</summary>
    /// <returns>False when nobody registered the school.</returns>
    Task<bool> Set(CreditPolicy policy);

    /// <summary>Takes away the policy of a school, or of the city; without one nothing happens.</summary>
    /// <returns>False when nobody registered the school.</returns>
    Task<bool> Remove(BuildingId? building);

    /// <summary>The city's policy and those of schools, by their numbers, from <paramref name="from"/> on (0: the city), at most <paramref name="count"/>.</summary>
    Task<IReadOnlyList<CreditPolicy>> List(int from, int count);
}
