using Zvonok.Domain.Notices;
using Zvonok.Grains.Feed;
using Zvonok.Grains.Notices;
using Zvonok.Journal.Read;

namespace Zvonok.Journal.Notices;

/// <summary>
/// Subscriptions in their table. A change counts up the changes of the partition in its transaction, so that a batch which was decided by older
/// subscriptions cannot be written down any more and is decided again: each fact is told by the subscriptions of exactly one side of the change.
/// </summary>
internal sealed class SubscriptionStore : ISubscriptions, IAsyncDisposable
{
    private const int BatchSizeMax = 1_000;

    private readonly JournalDatabase _database;
    private readonly INoticeStore _store;
    private readonly Queries _queries;
    private readonly IFeed _feed;
    private readonly BatchLoader<AccountNumber, SubscriptionList> _lists;

    public SubscriptionStore(JournalDatabase database, INoticeStore store, Queries queries, IFeed feed)
    {
        (_database, _store, _queries, _feed) = (database, store, queries, feed);
        _lists = new(keys => queries.Run(deadline => Read(null, keys, deadline)), BatchSizeMax, lanes: 1);
    }

    public async Task<IReadOnlyDictionary<AccountNumber, SubscriptionList>> Find(IReadOnlyCollection<AccountNumber> accounts)
    {
        var found = new Dictionary<AccountNumber, SubscriptionList>(accounts.Count);
        foreach (var (account, reading) in accounts.Select(account => (account, _lists.Load(account))).ToList())
            if (await reading is { } list) found[account] = list;
        return found;
    }

    public async Task<bool> Replace(AccountNumber account, string guardian, IReadOnlyList<Subscription> subscriptions)
    {
        var end = await _feed.FindEnd(CancellationToken.None);
        return await _queries.Change(async (transaction, deadline) =>
        {
            var places = await Lock(transaction, [NoticePartitions.Of(account)], end, deadline);
            if (!await IsRegistered(transaction, account, deadline)) return (false, false);

            var before = Of(await Read(transaction, [account], deadline), account).Where(standing => standing.Subscription.Guardian == guardian).ToList();
            var removed = before.Where(standing => subscriptions.All(wanted => wanted.Receiver != standing.Subscription.Receiver)).ToList();
            var written = Changed(before, subscriptions, places, end);
            if (removed.Count == 0 && written.Count == 0) return (false, true);

            foreach (var standing in removed)
                await _queries.Select(
                    transaction, "delete from subscription where account = @account and receiver = @receiver returning 1", _ => { }, _ => true, deadline,
                    ("account", account.Value), ("receiver", _database.ToDb(standing.Subscription.Receiver.Value)));
            if (written.Count > 0) await _store.Write(transaction, written, deadline);
            return (true, true);
        });
    }

    public async Task<IReadOnlyList<Subscription>?> List(AccountNumber account)
    {
        var found = Of(await _queries.Run(deadline => Read(null, [account], deadline)), account);
        if (found.Count > 0)
            return [.. found.Select(standing => standing.Subscription).OrderBy(one => one.Guardian, StringComparer.Ordinal).ThenBy(one => one.Channel.Kind).ThenBy(one => one.Channel.Address, StringComparer.Ordinal)];
        return await _queries.Run(deadline => IsRegistered(null, account, deadline)) ? [] : null;
    }

    /// <summary>Adds or changes subscriptions of registered accounts, as an import does; others stay.</summary>
    /// <returns>What was there before, by account and receiver.</returns>
    public async Task<IReadOnlyDictionary<(AccountNumber, ReceiverId), Subscription>> Import(IReadOnlyList<Subscription> subscriptions)
    {
        var end = await _feed.FindEnd(CancellationToken.None);
        return await _queries.Change<IReadOnlyDictionary<(AccountNumber, ReceiverId), Subscription>>(async (transaction, deadline) =>
        {
            var places = await Lock(transaction, [.. subscriptions.Select(one => NoticePartitions.Of(one.Account)).Distinct()], end, deadline);
            var before = (await Read(transaction, [.. subscriptions.Select(one => one.Account).Distinct()], deadline)).Values.SelectMany(list => list.Subscriptions).ToList();
            var written = Changed(before, subscriptions, places, end);
            if (written.Count > 0) await _store.Write(transaction, written, deadline);
            return (written.Count > 0, before.ToDictionary(standing => (standing.Subscription.Account, standing.Subscription.Receiver), standing => standing.Subscription));
        });
    }

    public ValueTask DisposeAsync() => _lists.DisposeAsync();

    // What is new tells of what comes from now on. What is changed goes on where the old left off.
    private static List<StandingSubscription> Changed(
        IReadOnlyList<StandingSubscription> before, IReadOnlyList<Subscription> wanted, IReadOnlyDictionary<int, FeedPosition> places, FeedPosition end)
    {
        var old = before.ToDictionary(standing => (standing.Subscription.Account, standing.Subscription.Receiver), standing => standing.Subscription);
        return
        [
            .. from subscription in wanted
               let place = places[NoticePartitions.Of(subscription.Account)]
               let earlier = old.GetValueOrDefault((subscription.Account, subscription.Receiver))
               where subscription != earlier
               select new StandingSubscription(subscription, earlier is not null || place > end ? place : end),
        ];
    }

    private static IReadOnlyList<StandingSubscription> Of(Dictionary<AccountNumber, SubscriptionList> lists, AccountNumber account) =>
        lists.TryGetValue(account, out var list) ? list.Subscriptions : [];

    private async Task<IReadOnlyDictionary<int, FeedPosition>> Lock(DbTransaction transaction, IReadOnlyList<long> partitions, FeedPosition end, CancellationToken deadline)
    {
        // In their order, so that nobody waits for one who waits for him.
        await _queries.Select(
            transaction, $"select partition from notice_place where partition in ({_database.Keys}) order by partition {_database.RowLock}",
            command => _database.AddKeys(command, partitions), row => row.GetInt16(0), deadline);
        return (await _queries.Select(
            transaction,
            $"""
            update notice_place set subscriptions = subscriptions + 1, position = coalesce(position, @end)
            where partition in ({_database.Keys}) returning partition, position
            """,
            command => _database.AddKeys(command, partitions), row => (Partition: (int)row.GetInt16(0), Position: new FeedPosition(row.GetInt64(1))), deadline, ("end", end.Value)))
            .ToDictionary(place => place.Partition, place => place.Position);
    }

    private async Task<bool> IsRegistered(DbTransaction? transaction, AccountNumber account, CancellationToken deadline) =>
        (await _queries.Select(transaction, "select 1 from account where number = @account", _ => { }, _ => true, deadline, ("account", account.Value))).Count > 0;

    private async Task<Dictionary<AccountNumber, SubscriptionList>> Read(DbTransaction? transaction, IReadOnlyList<AccountNumber> accounts, CancellationToken deadline)
    {
        var lists = new Dictionary<AccountNumber, SubscriptionList>();
        await _queries.Select(
            transaction,
            $"select {NoticeRows.Subscription}, zone from subscription join account on account.number = subscription.account where subscription.account in ({_database.Keys})",
            command => _database.AddKeys(command, [.. accounts.Select(account => account.Value)]),
            row =>
            {
                var standing = NoticeRows.ReadSubscription(row);
                if (!lists.TryGetValue(standing.Subscription.Account, out var list))
                    lists[standing.Subscription.Account] = list = new SubscriptionList(row.GetString(10), new List<StandingSubscription>());
                ((List<StandingSubscription>)list.Subscriptions).Add(standing);
                return true;
            },
            deadline);
        return lists;
    }
}
