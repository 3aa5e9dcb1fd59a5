using Zvonok.Grains.Notices;

namespace Zvonok.Journal.Notices;

/// <summary>What the two databases say differently about notices; all else is said once, in <see cref="NoticeLog"/> and <see cref="SubscriptionStore"/>.</summary>
internal interface INoticeStore : IAsyncDisposable
{
    /// <summary>Connections of the notices' own, so that they never take one from taps and sales.</summary>
    DbDataSource Source { get; }

    /// <summary>Takes steps and settles rows in one transaction. A step whose partition stands elsewhere is left out.</summary>
    /// <returns>The partitions that moved.</returns>
    Task<IReadOnlySet<int>> Write(IReadOnlyList<NoticeStep> steps, IReadOnlyList<NoticeRow> settled, CancellationToken deadline);

    /// <summary>Writes subscriptions, new or changed, in the transaction.</summary>
    Task Write(DbTransaction transaction, IReadOnlyList<StandingSubscription> subscriptions, CancellationToken deadline);
}
