using Zvonok.Domain.Notices;
using Zvonok.Grains.Feed;
using Zvonok.Grains.Journal;

namespace Zvonok.Grains.Notices;

/// <summary>
/// Who wants to be told of what. A change holds from one place of the child's partition on: facts before it are told as before, facts
/// after it as asked now, none twice and none not at all. Every method throws <see cref="JournalUnavailableException"/> when the
/// database does not answer.
/// </summary>
public interface ISubscriptions
{
    /// <summary>The subscriptions to some children; children without any are absent.</summary>
    Task<IReadOnlyDictionary<AccountNumber, SubscriptionList>> Find(IReadOnlyCollection<AccountNumber> accounts);

    /// <summary>Replaces a guardian's subscriptions to a child; the same again changes nothing.</summary>
    /// <returns>False when nobody registered the account.</returns>
    Task<bool> Replace(AccountNumber account, string guardian, IReadOnlyList<Subscription> subscriptions);

    /// <summary>The subscriptions to a child, by guardian and channel; null when nobody registered the account.</summary>
    Task<IReadOnlyList<Subscription>?> List(AccountNumber account);
}

/// <summary>The subscriptions to one child.</summary>
/// <param name="ZoneId">The child's zone.</param>
/// <param name="Subscriptions">All of them.</param>
public sealed record SubscriptionList(string ZoneId, IReadOnlyList<StandingSubscription> Subscriptions);

/// <summary>A subscription and from where on it holds.</summary>
/// <param name="Subscription">Who wants to be told of what.</param>
/// <param name="Since">Facts after this position are told.</param>
public sealed record StandingSubscription(Subscription Subscription, FeedPosition Since);
