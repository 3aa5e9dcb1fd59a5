using Zvonok.Domain.Notices;
using Zvonok.Grains.Feed;

namespace Zvonok.Grains.Notices;

/// <summary>Facts and subscriptions make notices: the rules of <see cref="NoticeRules"/> over a batch.</summary>
public static class NoticePlan
{
    /// <summary>False when nobody can be told of the fact, whatever they subscribed to.</summary>
    public static bool MayTell(Fact fact) => fact switch
    {
        EntryFact { Entry: var entry } => NoticeRules.MayTell(entry),
        PassageFact { Passage: var passage } => NoticeRules.MayTell(passage),
        _ => false,
    };

    /// <summary>The notices of some facts.</summary>
    public static IEnumerable<(NoticeKey Key, Notice Notice)> Of(
        IEnumerable<Fact> facts, IReadOnlyDictionary<AccountNumber, SubscriptionList> subscriptions)
    {
        foreach (var fact in facts)
        {
            if (fact.Account is not { } account || !subscriptions.TryGetValue(account, out var list)) continue;
            foreach (var (subscription, since) in list.Subscriptions)
            {
                if (fact.Position <= since) continue;
                foreach (var notice in Tell(fact, subscription, list.ZoneId))
                    yield return (new NoticeKey(fact.Key, notice.Kind, subscription.Receiver), notice);
            }
        }
    }

    private static IEnumerable<Notice> Tell(Fact fact, Subscription subscription, string zone) => fact switch
    {
        EntryFact { Entry: var entry } => NoticeRules.Tell(entry, subscription, zone),
        PassageFact { Passage: var passage } => NoticeRules.Tell(passage, subscription, zone) is { } notice ? [notice] : [],
        _ => [],
    };
}
