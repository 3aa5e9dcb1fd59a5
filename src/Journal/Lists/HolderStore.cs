using System.Collections.Concurrent;
using Zvonok.Grains.Lists;

namespace Zvonok.Journal.Lists;

/// <summary>
/// Whom handles name, for both databases. A building's are read all at once, since who uploads one fact uploads hundreds, and kept: they never change, and eight bytes for each of a city's people are ten megabytes.
/// </summary>
internal sealed class HolderStore(Queries queries) : IListHolders
{
    private readonly ConcurrentDictionary<BuildingId, long[]> _known = new();
    private readonly ConcurrentDictionary<BuildingId, Lazy<Task<long[]>>> _reading = new();

    public ValueTask<AccountNumber?> Of(BuildingId building, int handle) =>
        _known.TryGetValue(building, out var known) && Find(known, handle) is { } account ? new(account) : Read(building, handle);

    // It may have come onto the list since. Those who wait at the same time share one reading, which begins when it is in its place: one that fails at once would else leave it before it came there, and then stay for ever.
    private async ValueTask<AccountNumber?> Read(BuildingId building, int handle) =>
        Find(await _reading.GetOrAdd(building, _ => new Lazy<Task<long[]>>(() => Read(building))).Value, handle);

    private async Task<long[]> Read(BuildingId building)
    {
        // Whoever finds the reading in its place may wait for it; it leaves it before it has an end, so that nobody finds an old one.
        try
        {
            var rows = await queries.Select(
                "select handle, account from list_holder where building = @building", row => (Handle: row.GetInt32(0), Account: row.GetInt64(1)), ("building", building.Value));
            if (rows.Count == 0) return [];
            var accounts = new long[rows.Max(row => row.Handle) + 1];
            foreach (var (handle, account) in rows) accounts[handle] = account;
            return _known[building] = accounts;
        }
        finally
        {
            _reading.TryRemove(building, out _);
        }
    }

    private static AccountNumber? Find(long[] accounts, int handle) => handle > 0 && handle < accounts.Length && accounts[handle] != 0 ? AccountNumber.From(accounts[handle]) : null;
}
