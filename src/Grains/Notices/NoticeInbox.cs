using Zvonok.Grains.Feed;

namespace Zvonok.Grains.Notices;

/// <summary>
/// What a partition's stream has brought and is still to be told. A batch that does not join on is left out: the facts in between were
/// lost on the way, and the feed has them all.
/// </summary>
internal sealed class NoticeInbox(int batchesMax)
{
    private readonly Queue<NoticeBatch> _batches = new();
    private FeedPosition _known;
    private FeedPosition? _received;

    /// <summary>True when the feed is known to reach further than what was received.</summary>
    public bool IsBehind => _batches.Count == 0 && _received is { } received && received < _known;

    /// <summary>Begins at a place: what comes next has to join on there.</summary>
    public void Begin(FeedPosition at)
    {
        _batches.Clear();
        _received = at;
    }

    /// <summary>Takes a batch, or remembers only how far it reaches.</summary>
    public void Offer(NoticeBatch batch)
    {
        if (batch.To > _known) _known = batch.To;
        if (_received is not { } received || batch.To <= received || batch.From > received || _batches.Count >= batchesMax) return;
        _batches.Enqueue(batch);
        _received = batch.To;
    }

    /// <summary>The next batches, joined, without what is decided already.</summary>
    /// <param name="decided">Facts up to here are decided.</param>
    /// <param name="factsMax">About how many facts; a batch is never cut.</param>
    /// <returns>Null when there is none.</returns>
    public (IReadOnlyList<Fact> Facts, FeedPosition To)? TryTake(FeedPosition decided, int factsMax)
    {
        var facts = new List<Fact>();
        var to = decided;
        while (facts.Count < factsMax && _batches.TryDequeue(out var batch))
        {
            // It came while the feed was read, and the feed reached further.
            if (batch.To <= to) continue;
            // Batches may overlap: a fact counts once.
            facts.AddRange(batch.Facts.Where(fact => fact.Position > to));
            to = batch.To;
        }

        return to > decided ? (facts, to) : null;
    }

    /// <summary>The feed itself was read up to here.</summary>
    public void SkipTo(FeedPosition to) => _received = to;
}
