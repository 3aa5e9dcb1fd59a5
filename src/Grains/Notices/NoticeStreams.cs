using Orleans.Streams;

namespace Zvonok.Grains.Notices;

/// <summary>The streams from the publisher to the partitions: in memory, because the journal remembers.</summary>
internal static class NoticeStreams
{
    public const string Provider = "notices";
    public const string Namespace = "zvonok.notices";

    /// <summary>
    /// Queues that carry the streams, each with an agent in one of the silos that asks it for more. A few are enough for thousands of batches a
    /// second, and each costs a call per <see cref="PollInterval"/> for ever.
    /// </summary>
    public const int Queues = 4;

    public static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    public static IAsyncStream<NoticeBatch> Of(IStreamProvider provider, int partition) => provider.GetStream<NoticeBatch>(StreamId.Create(Namespace, partition));
}
