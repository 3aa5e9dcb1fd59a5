using Zvonok.Domain.Lists;
using Zvonok.Grains.Journal;

namespace Zvonok.Grains.Lists;

/// <summary>
/// How much tills may sell, and validators take, without a connection (O2, M10), as it is stored. Lists tell it from their next look on. Every method throws <see cref="JournalUnavailableException"/> when the database does not answer.
/// </summary>
public interface IOfflinePolicies
{
    /// <summary>Sets the policy of a school, or of the city.</summary>
    /// <returns>False when nobody registered the school.</returns>
    Task<bool> Set(OfflinePolicy policy);

    /// <summary>Takes away the policy of a school, or of the city; without one nothing happens.</summary>
    /// <returns>False when nobody registered the school.</returns>
    Task<bool> Remove(BuildingId? building);

    /// <summary>The city's policy and those of schools, by their numbers, from <paramref name="from"/> on (0: the city), at most <paramref name="count"/>.</summary>
    Task<IReadOnlyList<OfflinePolicy>> List(int from, int count);
}
