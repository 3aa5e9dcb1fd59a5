using Zvonok.Domain.Notices;
using Zvonok.Grains.Registry;
using Zvonok.Journal.Feed;
using Zvonok.Journal.Notices;

namespace Zvonok.Journal.Registry;

/// <summary>
/// Takes a registry import (N4): chunks of one kind, each compared with what is there, so that only what is new or changed is
/// written, and a bad row is left out with its number and reason.
/// </summary>
internal sealed partial class RegistryImporter(JournalDatabase database, JournalHealth health, FeedBell bell, SubscriptionStore subscriptions) : IRegistry
{
    private readonly IRegistryStore _store = database.CreateRegistryStore();
    private readonly RegistryLookup _lookup = new(database);

    public async Task<RegistryOutcome> Import(IReadOnlyList<RegistryRow> rows, CancellationToken stop)
    {
        health.ThrowIfDown();
        try
        {
            var tally = new Tally();
            for (var start = 0; start < rows.Count;)
            {
                var end = start + 1;
                while (end < rows.Count && rows[end].GetType() == rows[start].GetType()) end++;
                await ImportChunk([.. rows.Skip(start).Take(end - start)], tally, stop);
                start = end;
            }

            return tally.ToOutcome();
        }
        catch (Exception exception) when (database.IsUnreachable(exception) && !stop.IsCancellationRequested)
        {
            health.ReportDown(exception);
            throw new JournalUnavailableException("The registry's database does not answer: send the same rows again, repeated rows change nothing.", exception);
        }
    }

    private Task ImportChunk(RegistryRow[] rows, Tally tally, CancellationToken stop) => rows[0] switch
    {
        BuildingRow => ImportBuildings([.. rows.Cast<BuildingRow>()], tally, stop),
        DeviceRow => ImportDevices([.. rows.Cast<DeviceRow>()], tally, stop),
        AccountRow => ImportAccounts([.. rows.Cast<AccountRow>()], tally, stop),
        SubscriptionRow => ImportSubscriptions([.. rows.Cast<SubscriptionRow>()], tally, stop),
        MenuItemRow => ImportMenuItems([.. rows.Cast<MenuItemRow>()], tally, stop),
        PickUpRow => ImportPickUps([.. rows.Cast<PickUpRow>()], tally, stop),
        CardRow => ImportCards([.. rows.Cast<CardRow>()], tally, stop),
        _ => throw new InvalidOperationException($"Rows of {rows[0].GetType().Name} are not known."),
    };

    private async Task ImportBuildings(BuildingRow[] rows, Tally tally, CancellationToken stop)
    {
        var known = await _lookup.Buildings(rows.Select(row => row.Building.Id), stop);
        var write = new Dictionary<BuildingId, BuildingProfile>();
        foreach (var row in rows)
        {
            var before = write.GetValueOrDefault(row.Building.Id) ?? known.GetValueOrDefault(row.Building.Id);
            if (!tally.Count(before, row.Building)) continue;
            write[row.Building.Id] = row.Building;
            if (before is not null) tally.Buildings.Add(row.Building.Id);
        }

        if (write.Count > 0) await _store.Write([.. write.Values], stop);
    }

    private async Task ImportDevices(DeviceRow[] rows, Tally tally, CancellationToken stop)
    {
        var buildings = await _lookup.Buildings(rows.Select(row => row.Device.Building), stop);
        var known = await _lookup.Devices(rows.Select(row => row.Device.Id), stop);
        var write = new Dictionary<DeviceId, Device>();
        foreach (var row in rows)
        {
            if (!buildings.ContainsKey(row.Device.Building))
            {
                tally.Bad(row, "building_id", $"Building {row.Device.Building} is not registered: send it before its devices.");
                continue;
            }

            var before = write.GetValueOrDefault(row.Device.Id) ?? known.GetValueOrDefault(row.Device.Id);
            if (!tally.Count(before, row.Device)) continue;
            write[row.Device.Id] = row.Device;
            if (before is not null) tally.Devices.Add(row.Device.Id);
        }

        if (write.Count > 0) await _store.Write([.. write.Values], stop);
    }

    private async Task ImportAccounts(AccountRow[] rows, Tally tally, CancellationToken stop)
    {
        var known = await _lookup.Accounts(rows.Select(row => row.Account.Number), stop);
        var write = new Dictionary<AccountNumber, AccountProfile>();
        var regroup = new Dictionary<AccountNumber, AccountProfile>();
        foreach (var row in rows)
        {
            var before = write.GetValueOrDefault(row.Account.Number) ?? regroup.GetValueOrDefault(row.Account.Number) ?? known.GetValueOrDefault(row.Account.Number);
            if (before is null)
            {
                tally.Count<AccountProfile>(null, row.Account);
                write.Add(row.Account.Number, row.Account);
            }
            else if (before.Kind != row.Account.Kind)
            {
                tally.Bad(row, "kind", $"Account {row.Account.Number} is registered as {before.Kind}: an account's kind does not change; give the person another account.");
            }
            else if (before.ZoneId != row.Account.ZoneId)
            {
                tally.Bad(row, "time_zone", $"Account {row.Account.Number} is registered in {before.ZoneId}: its calendar days are in its ledger, so its zone does not change.");
            }
            else
            {
                // The limit of a registered account is its family's to set.
                var after = before with { Group = row.Account.Group, Roles = row.Account.Roles };
                if (tally.Count(before, after)) (write.ContainsKey(after.Number) ? write : regroup)[after.Number] = after;
            }
        }

        if (write.Count > 0) await _store.Write([.. write.Values], stop);
        if (regroup.Count == 0) return;
        await _store.Regroup([.. regroup.Values], stop);
        // Gates know of a group and of roles by the card.
        tally.Cards.UnionWith(await _lookup.CardsOf(regroup.Keys, stop));
    }

    private async Task ImportCards(CardRow[] rows, Tally tally, CancellationToken stop)
    {
        var accounts = await _lookup.Accounts(rows.Select(row => row.Card.Account), stop);
        var buildings = await _lookup.Buildings(rows.SelectMany(row => row.Card.Rights.Named), stop);
        var known = await _lookup.Cards(rows.Select(row => row.Card.Token), stop);
        var write = new Dictionary<CardToken, Card>();
        foreach (var row in rows)
        {
            var before = write.GetValueOrDefault(row.Card.Token) ?? known.GetValueOrDefault(row.Card.Token);
            if (Fault(row.Card, before, accounts, buildings) is var (field, reason))
            {
                tally.Bad(row, field, reason);
                if (before is { State: CardState.Active } && before.Account != row.Card.Account) tally.Clones.Add(new ShownClone(row.Card.Token, row.Card.Rights.Home));
                continue;
            }

            // What was seen of a card is settled when it is handed in, as when it is bound by an employee.
            var after = row.Card with { Version = before?.Version ?? 1, IsCloned = before is { IsCloned: true, State: not CardState.Returned } };
            if (!tally.Count(before, after)) continue;
            // Every version is told in the feed, so none is overwritten before it was stored.
            if (write.ContainsKey(row.Card.Token)) await WriteCards(write, known, stop);
            write[row.Card.Token] = before is null ? after : after with { Version = before.Version + 1 };
            if (before is not null) tally.Changed(before, after);
        }

        await WriteCards(write, known, stop);
    }

    private async Task WriteCards(Dictionary<CardToken, Card> write, Dictionary<CardToken, Card> known, CancellationToken stop)
    {
        if (write.Count == 0) return;
        await _store.Write([.. write.Values], stop);
        bell.Ring();
        foreach (var (token, card) in write) known[token] = card;
        write.Clear();
    }

    private async Task ImportSubscriptions(SubscriptionRow[] rows, Tally tally, CancellationToken stop)
    {
        var accounts = await _lookup.Accounts(rows.Select(row => row.Subscription.Account), stop);
        var good = new List<Subscription>(rows.Length);
        foreach (var row in rows)
        {
            if (accounts.ContainsKey(row.Subscription.Account)) good.Add(row.Subscription);
            else tally.Bad(row, "account_number", $"Account {row.Subscription.Account} is not registered: send it before its subscriptions.");
        }

        if (good.Count == 0) return;
        // Of two rows for one guardian at one channel the later one counts.
        var known = new Dictionary<(AccountNumber, ReceiverId), Subscription>(await subscriptions.Import([.. good.GroupBy(KeyOf).Select(same => same.Last())]));
        foreach (var subscription in good)
        {
            tally.Count(known.GetValueOrDefault(KeyOf(subscription)), subscription);
            known[KeyOf(subscription)] = subscription;
        }

        static (AccountNumber, ReceiverId) KeyOf(Subscription subscription) => (subscription.Account, subscription.Receiver);
    }

    private static (string Field, string Reason)? Fault(
        Card card, Card? before, Dictionary<AccountNumber, AccountProfile> accounts, Dictionary<BuildingId, BuildingProfile> buildings)
    {
        if (!accounts.ContainsKey(card.Account)) return ("account_number", $"Account {card.Account} is not registered: send it before its cards.");
        if (!buildings.ContainsKey(card.Rights.Home)) return ("home_building_id", $"Building {card.Rights.Home} is not registered: send it before the cards.");
        foreach (var building in card.Rights.Further)
            if (!buildings.ContainsKey(building)) return ("further_building_ids", $"Building {building} is not registered: send it before the cards.");
        foreach (var building in card.Rights.Named)
            if (!buildings.ContainsKey(building)) return ("access_rules", $"Building {building} is not registered: send it before the cards.");
        if (before is not null && !CardRules.MayBecome(before.State, card.State))
            return ("state", $"A card that is {before.State} cannot become {card.State}.");
        if (before is not null && before.Account != card.Account && before.State is not (CardState.Issued or CardState.Returned))
            return ("account_number", $"The card is bound to another account and {before.State}: it has to be handed in before it is bound again.");
        return null;
    }

    /// <summary>What became of the rows so far.</summary>
    private sealed class Tally
    {
        private readonly List<BadRow> _bad = [];
        private long _added;
        private long _changed;
        private long _unchanged;

        public HashSet<CardToken> Cards { get; } = [];

        public HashSet<BuildingId> Lists { get; } = [];

        public HashSet<ShownClone> Clones { get; } = [];

        public HashSet<BuildingId> Buildings { get; } = [];

        public HashSet<DeviceId> Devices { get; } = [];

        /// <summary>Counts a good row; true when it has to be written.</summary>
        public bool Count<T>(T? before, T after)
            where T : class
        {
            if (before is null) _added++;
            else if (before.Equals(after)) _unchanged++;
            else _changed++;
            return !after.Equals(before);
        }

        public void Changed(Card before, Card after)
        {
            Cards.Add(after.Token);
            Lists.UnionWith(before.Rights.Named);
            Lists.UnionWith(after.Rights.Named);
        }

        public void Bad(RegistryRow row, string field, string reason) => _bad.Add(new BadRow(row.Number, field, reason));

        public RegistryOutcome ToOutcome() => new()
        {
            Added = _added,
            Changed = _changed,
            Unchanged = _unchanged,
            Bad = _bad,
            ChangedCards = [.. Cards],
            OutdatedLists = [.. Lists],
            ShownClones = [.. Clones],
            ChangedBuildings = [.. Buildings],
            ChangedDevices = [.. Devices],
        };
    }
}
