using System.Collections.Concurrent;
using Zvonok.Domain.Accounts;
using Zvonok.Domain.Cards;
using Zvonok.Domain.Lists;

namespace Zvonok.Terminals.Lists;

/// <summary>A list with a way to find a card on it. The content of one is shared by all terminals of the process that have the same list: a simulator has thousands of one building.</summary>
internal sealed class ListIndex
{
    private static readonly ConcurrentDictionary<ListDigest, WeakReference<ListIndex>> Shared = new();
    private readonly Dictionary<ListToken, (Holder Holder, ListedCard Card)> _cards;
    private readonly Dictionary<uint, ListedMeal> _meals;

    private ListIndex(OfflineList list)
    {
        List = list;
        _cards = new(list.Holders.Length);
        // Two people with one token are as good as impossible; then it is the later one on the list.
        foreach (var holder in list.Holders)
            foreach (var card in holder.Cards) _cards[card.Token] = (holder, card);
        _meals = list.Meals.ToDictionary(meal => meal.Mark);
    }

    private ListIndex(ListIndex content, OfflineList list) => (List, _cards, _meals) = (list, content._cards, content._meals);

    /// <summary>As the core made it.</summary>
    public OfflineList List { get; }

    /// <summary>An index of a list.</summary>
    public static ListIndex Of(OfflineList list)
    {
        if (Shared.TryGetValue(list.Digest, out var reference) && reference.TryGetTarget(out var same))
            return new ListIndex(same, same.List with { Version = list.Version, MadeAt = list.MadeAt, ValidUntil = list.ValidUntil });
        var index = new ListIndex(list);
        Shared[list.Digest] = new WeakReference<ListIndex>(index);
        if (Shared.Count > 4_096)
            foreach (var (digest, weak) in Shared)
                if (!weak.TryGetTarget(out _)) Shared.TryRemove(digest, out _);
        return index;
    }

    /// <summary>Who has that card; null: nobody on the list.</summary>
    public Found? Find(ListToken token) => _cards.TryGetValue(token, out var found) ? new Found(found.Holder, found.Card) : null;

    /// <summary>A person's open order; null: none of that day, meal and operator.</summary>
    public ListedMeal? Order(Holder holder, LocalDate day, MealKind meal, ContraAccount seller)
    {
        foreach (var mark in holder.Orders)
            if (_meals.TryGetValue(mark, out var order) && order.Day == day && order.Meal == meal && order.Seller == seller) return order;
        return null;
    }

    /// <summary>A card of the list and who has it.</summary>
    /// <param name="Holder">The person.</param>
    /// <param name="Listed">The card as listed.</param>
    public sealed record Found(Holder Holder, ListedCard Listed)
    {
        /// <summary>The card as the core's own rules take it; the person is called by the handle, which stands for the account.</summary>
        public Card Card(BuildingId building) => new()
        {
            Token = default,
            Kind = CardKind.SchoolCard,
            State = Listed.State,
            Account = Handles.ToAccount(Holder.Handle),
            Rights = Listed.Rights(building),
            ExpiresAt = Listed.ExpiresAt,
            Holder = Holder.Kind,
            Roles = Holder.EntersInLockdown ? ListedRoles.Entrants : RoleNames.None,
        };
    }
}

/// <summary>Roles where the core's rules ask for them: a list says of each person only whether there is one that comes in during a lockdown (S3).</summary>
internal static class ListedRoles
{
    public static readonly RoleNames Entrants = RoleNames.Of("entrant");
}

/// <summary>Handles where the core's rules name people by account number: nobody's real one.</summary>
internal static class Handles
{
    public static AccountNumber ToAccount(int handle) => AccountNumber.FromSerial(handle);

    public static int FromAccount(AccountNumber account) => (int)(account.Value / 10);
}
