namespace Zvonok.Grains.Lists;

/// <summary>Whom the handles of lists name (O1). Throws <see cref="Journal.JournalUnavailableException"/> when the database does not answer in time.</summary>
public interface IListHolders
{
    /// <summary>The account that a building's lists call so, for ever; null when none was ever called so.</summary>
    ValueTask<AccountNumber?> Of(BuildingId building, int handle);
}
