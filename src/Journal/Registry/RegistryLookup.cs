using Zvonok.Domain.Menus;
using Zvonok.Journal.Menus;
using Zvonok.Journal.PickUps;
using Zvonok.Journal.Read;

namespace Zvonok.Journal.Registry;

/// <summary>What is registered already of the things that a chunk names.</summary>
internal sealed class RegistryLookup(JournalDatabase database)
{
    public Task<Dictionary<BuildingId, BuildingProfile>> Buildings(IEnumerable<BuildingId> ids, CancellationToken stop) => Find(
        $"select {Rows.Building} from building where id in ({database.Keys})", Keys(ids, id => id.Value), Rows.ReadBuilding, building => building.Id, stop);

    public Task<Dictionary<DeviceId, Device>> Devices(IEnumerable<DeviceId> ids, CancellationToken stop) => Find(
        $"select {Rows.Device} from device where id in ({database.Keys})", Keys(ids, id => id.Value), Rows.ReadDevice, device => device.Id, stop);

    public Task<Dictionary<AccountNumber, AccountProfile>> Accounts(IEnumerable<AccountNumber> numbers, CancellationToken stop) => Find(
        $"select {Rows.Account} from account where number in ({database.Keys})", Keys(numbers, number => number.Value), Rows.ReadAccount, account => account.Number, stop);

    public Task<Dictionary<CardToken, Card>> Cards(IEnumerable<CardToken> tokens, CancellationToken stop) => Find(
        $"select {Rows.Card} from card where token in ({database.TokenKeys})",
        command => database.AddKeys(command, [.. tokens.Distinct()]), row => Rows.ReadCard(database, row), card => card.Token, stop);

    /// <summary>The cards of some accounts.</summary>
    public async Task<IEnumerable<CardToken>> CardsOf(IEnumerable<AccountNumber> accounts, CancellationToken stop) => (await Find(
        $"select {Rows.Card} from card where account in ({database.Keys})", Keys(accounts, account => account.Value), row => Rows.ReadCard(database, row), card => card.Token, stop)).Keys;

    /// <summary>All rights of some adults to bring and collect children.</summary>
    public Task<Dictionary<(AccountNumber Adult, AccountNumber Child, bool IsDeny), PickUpRight>> PickUps(IEnumerable<AccountNumber> adults, CancellationToken stop) => Find(
        $"select {PickUpRows.Columns} from pick_up where adult in ({database.Keys})", Keys(adults, adult => adult.Value),
        row => PickUpRows.Read(database, row), right => (right.Adult, right.Child, right.IsDeny), stop);

    /// <summary>All that is offered at the schools and on the days of some items.</summary>
    public Task<Dictionary<MenuKey, MenuItem>> MenuItems(IReadOnlyList<MenuItem> items, CancellationToken stop)
    {
        var (places, days) = MenuRows.Days(database, items.Select(item => item.Day));
        var schools = Keys(items.Select(item => item.Building), id => id.Value);
        return Find(
            $"select {MenuRows.Columns} from menu_item where building in ({database.Keys}) and day in ({places})",
            command =>
            {
                schools(command);
                foreach (var (name, value) in days)
                {
                    var parameter = command.CreateParameter();
                    (parameter.ParameterName, parameter.Value) = (name, value);
                    command.Parameters.Add(parameter);
                }
            },
            row => MenuRows.Read(database, row), MenuKey.Of, stop);
    }

    private Action<DbCommand> Keys<T>(IEnumerable<T> ids, Func<T, long> value) =>
        command => database.AddKeys(command, [.. ids.Select(value).Distinct()]);

    private async Task<Dictionary<TKey, T>> Find<TKey, T>(string sql, Action<DbCommand> bind, Func<DbDataReader, T> read, Func<T, TKey> key, CancellationToken stop)
        where TKey : notnull
    {
        await using var connection = await database.Source.OpenConnectionAsync(stop);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        bind(command);
        var found = new Dictionary<TKey, T>();
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
        {
            var value = read(rows);
            found[key(value)] = value;
        }

        return found;
    }
}
