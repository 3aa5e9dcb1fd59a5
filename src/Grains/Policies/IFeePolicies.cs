using Zvonok.Grains.Journal;

namespace Zvonok.Grains.Policies;

/// <summary>What fees cost (M13), as it is stored. Every method throws <see cref="JournalUnavailableException"/> when the database does not answer.</summary>
public interface IFeePolicies
{
    /// <summary>Sets what a fee costs at a school, or in the city.</summary>
    /// <returns>False when nobody registered the school.</returns>
    Task<bool> Set(FeePolicy policy);

    /// <summary>Takes away what was set for a school, or for the city; when nothing was, nothing happens.</summary>
    /// <returns>False when nobody registered the school.</returns>
    Task<bool> Remove(BuildingId? building, FeeKind kind);

    /// <summary>What a fee costs at a school: by its own policy, else the city's, else nothing.</summary>
    Task<Money> Find(BuildingId building, FeeKind kind);

    /// <summary>What was set, the city's first, then by school, and by kind; at most <paramref name="count"/>.</summary>
    /// <param name="building">Where to begin: 0 is the city.</param>
    /// <param name="kind">With which kind there.</param>
    /// <param name="count">How many.</param>
    Task<IReadOnlyList<FeePolicy>> List(int building, FeeKind kind, int count);
}
