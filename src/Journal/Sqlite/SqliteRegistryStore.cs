using Zvonok.Domain.Menus;
using Zvonok.Journal.Encoding;
using Zvonok.Journal.Menus;
using Zvonok.Journal.PickUps;
using Zvonok.Journal.Read;
using Zvonok.Journal.Registry;

namespace Zvonok.Journal.Sqlite;

/// <summary>The registry's rows, one prepared statement and one transaction a chunk.</summary>
internal sealed class SqliteRegistryStore(SqliteSource source) : IRegistryStore
{
    /// <summary>The limits and the stop list that hold from after an entry on, or from registration on, which is number 0.</summary>
    public const string InsertLimits = "insert into limit_change (account, seq, daily, hot_meal, buffet, stop_list, rides) values ($1, $2, $3, $4, $5, $6, $7)";

    private static readonly string UpsertCard =
        $"""
        insert into card ({Rows.Card}) values ({Statement.Places(9)})
        on conflict (token) do update set kind = excluded.kind, state = excluded.state, account = excluded.account,
            home = excluded.home, further = excluded.further, expires_at = excluded.expires_at, version = excluded.version, is_cloned = excluded.is_cloned
        where card.version < excluded.version
        """;

    public Task Write(IReadOnlyList<BuildingProfile> buildings, CancellationToken stop) => Run(
        $"insert or replace into building ({Rows.Building}) values ({Statement.Places(5)})", 5, buildings,
        (statement, building) => statement.Run((long)building.Id.Value, building.ZoneId, building.HasHardAntiPassback ? 1L : 0L, building.LockdownRoles.Text, building.SafetyRoles.Text));

    public Task Write(IReadOnlyList<Device> devices, CancellationToken stop) => Run(
        $"insert or replace into device ({Rows.Device}) values ({Statement.Places(4)})", 4, devices,
        (statement, device) => statement.Run((long)device.Id.Value, (long)device.Kind, (long)device.Building.Value, device.Seller.Code));

    public async Task Write(IReadOnlyList<AccountProfile> accounts, CancellationToken stop)
    {
        await using var connection = source.Open();
        await using var transaction = connection.BeginTransaction(deferred: false);
        using (var insert = new Statement(connection, $"insert or ignore into account ({Rows.Account}) values ({Statement.Places(13)})", 13))
        using (var limits = new Statement(connection, InsertLimits, 7))
        {
            foreach (var account in accounts)
            {
                var (daily, hotMeal, buffet) = (account.DailyLimit?.Kopecks, account.HotMealLimit?.Kopecks, account.BuffetLimit?.Kopecks);
                var (stopList, rides) = (StopCodec.Encode(account.StopList), account.RideLimit?.Kopecks);
                var isAdded = insert.Run(
                    account.Number.Value, (long)account.Kind, account.ZoneId, daily, account.IsClosed ? 1L : 0L, account.Version, hotMeal, buffet, stopList, rides,
                    EntitlementCodec.Encode(account.Entitlements), account.Group, account.Roles.Text) > 0;
                if (isAdded && ((daily ?? hotMeal ?? buffet ?? rides) is not null || stopList is not null))
                    limits.Run(account.Number.Value, account.Version, daily, hotMeal, buffet, stopList, rides);
            }
        }

        await transaction.CommitAsync(stop);
    }

    public Task Regroup(IReadOnlyList<AccountProfile> accounts, CancellationToken stop) => Run(
        "update account set group_key = $2, roles = $3 where number = $1", 3, accounts, (statement, account) => statement.Run(account.Number.Value, account.Group, account.Roles.Text));

    public async Task Write(IReadOnlyList<Card> cards, CancellationToken stop)
    {
        await using var connection = source.Open();
        await using var transaction = connection.BeginTransaction(deferred: false);
        using (var next = new Statement(connection, SqliteFeedSchema.NextTx, 0))
        using (var upsert = new Statement(connection, UpsertCard, 9))
        using (var change = new Statement(connection, $"insert into card_change ({Rows.Card}, tx) values ({Statement.Places(10)})", 10))
        {
            var tx = next.Number();
            foreach (var card in cards)
            {
                var token = SqliteDatabase.ToBlob(card.Token.Value);
                var further = BuildingListCodec.Encode(card.Rights);
                var expiresAt = card.ExpiresAt?.ToUnixTimeMilliseconds();
                if (upsert.Run(token, (long)card.Kind, (long)card.State, card.Account.Value, (long)card.Rights.Home.Value, further, expiresAt, card.Version, card.IsCloned ? 1L : 0L) > 0)
                    change.Run(token, (long)card.Kind, (long)card.State, card.Account.Value, (long)card.Rights.Home.Value, further, expiresAt, card.Version, card.IsCloned ? 1L : 0L, tx);
            }
        }

        await transaction.CommitAsync(stop);
    }

    public Task Write(IReadOnlyList<PickUpRight> rights, CancellationToken stop) => Run(
        $"insert into pick_up ({PickUpRows.Columns}) values ({Statement.Places(7)}) {PickUpRows.OnConflict}", 7, rights,
        (statement, right) => statement.Run(
            right.Adult.Value, right.Child.Value, right.IsDeny ? 1L : 0L, right.Brings ? 1L : 0L, right.Collects ? 1L : 0L,
            right.From is { } from ? (long?)SqliteDatabase.ToNumber(from) : null, right.Until is { } until ? (long?)SqliteDatabase.ToNumber(until) : null));

    public Task Write(IReadOnlyList<MenuItem> items, CancellationToken stop) => Run(
        $"insert into menu_item ({MenuRows.Columns}) values ({Statement.Places(11)}) {MenuRows.OnConflict}", 11, items,
        (statement, item) => statement.Run(
            (long)item.Building.Value, (long)SqliteDatabase.ToNumber(item.Day), item.Seller.Code, (long)item.Meal, item.Product.ProductCode, item.Name, (long)item.Product.Category,
            item.Product.UnitPrice.Kopecks, (long)item.Product.Allergens, item.OrderUntil.ToUnixTimeMilliseconds(), item.IsKept ? 1L : 0L));

    private async Task Run<T>(string sql, int places, IReadOnlyList<T> rows, Action<Statement, T> write)
    {
        await using var connection = source.Open();
        await using var transaction = connection.BeginTransaction(deferred: false);
        using (var statement = new Statement(connection, sql, places))
            foreach (var row in rows) write(statement, row);
        await transaction.CommitAsync();
    }
}
