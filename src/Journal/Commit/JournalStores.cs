using Zvonok.Journal.Feed;

namespace Zvonok.Journal.Commit;

/// <summary>The database's stores, one for each transaction that may run at the same time.</summary>
internal sealed class JournalStores(JournalDatabase database, FeedBell bell) : IAsyncDisposable
{
    public IReadOnlyList<IJournalStore> All { get; } = [.. Enumerable.Range(0, database.Writers).Select(_ => new RingingStore(database.CreateStore(), bell))];

    public async ValueTask DisposeAsync()
    {
        foreach (var store in All) await store.DisposeAsync();
    }
}
