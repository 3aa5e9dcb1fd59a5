using Zvonok.Journal.Commit;

namespace Zvonok.Journal.Feed;

/// <summary>Rings when something has been committed.</summary>
internal sealed class RingingStore(IJournalStore store, FeedBell bell) : IJournalStore
{
    public async Task Commit(IReadOnlyList<PendingAppend> batch, CancellationToken deadline)
    {
        await store.Commit(batch, deadline);
        bell.Ring();
    }

    public Task<bool> HasLanded(PendingAppend append, CancellationToken deadline) => store.HasLanded(append, deadline);

    public ValueTask DisposeAsync() => store.DisposeAsync();
}
