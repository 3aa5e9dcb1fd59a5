using Npgsql;
using Zvonok.Domain.Menus;
using Zvonok.Journal.Encoding;
using Zvonok.Journal.Menus;
using Zvonok.Journal.PickUps;
using Zvonok.Journal.Registry;

namespace Zvonok.Journal.Postgres;

/// <summary>The registry's rows as arrays, one statement a chunk.</summary>
internal sealed class PostgresRegistryStore(NpgsqlDataSource source) : IRegistryStore
{
    public Task Write(IReadOnlyList<BuildingProfile> buildings, CancellationToken stop) => Execute(
        """
        insert into building (id, zone, hard_anti_passback, lockdown_roles, safety_roles) select * from unnest($1, $2, $3, $4, $5)
        on conflict (id) do update set zone = excluded.zone, hard_anti_passback = excluded.hard_anti_passback, lockdown_roles = excluded.lockdown_roles, safety_roles = excluded.safety_roles
        """,
        stop,
        Column(buildings, building => building.Id.Value),
        Column(buildings, building => building.ZoneId),
        Column(buildings, building => building.HasHardAntiPassback),
        Column(buildings, building => building.LockdownRoles.Text),
        Column(buildings, building => building.SafetyRoles.Text));

    public Task Write(IReadOnlyList<Device> devices, CancellationToken stop) => Execute(
        """
        insert into device (id, kind, building, seller) select * from unnest($1, $2, $3, $4)
        on conflict (id) do update set kind = excluded.kind, building = excluded.building, seller = excluded.seller
        """,
        stop,
        Column(devices, device => device.Id.Value),
        Column(devices, device => (short)device.Kind),
        Column(devices, device => device.Building.Value),
        Column(devices, device => device.Seller.Code));

    public Task Write(IReadOnlyList<AccountProfile> accounts, CancellationToken stop) => Execute(
        """
        with added as (
            insert into account (number, kind, zone, daily_limit, is_closed, version, hot_meal_limit, buffet_limit, stop_list, ride_limit, entitlements, group_key, roles)
            select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            on conflict (number) do nothing
            returning number, version, daily_limit, hot_meal_limit, buffet_limit, stop_list, ride_limit
        )
        insert into limit_change (account, seq, daily, hot_meal, buffet, stop_list, rides)
        select * from added where daily_limit is not null or hot_meal_limit is not null or buffet_limit is not null or stop_list is not null or ride_limit is not null
        """,
        stop,
        Column(accounts, account => account.Number.Value),
        Column(accounts, account => (short)account.Kind),
        Column(accounts, account => account.ZoneId),
        Column(accounts, account => account.DailyLimit?.Kopecks),
        Column(accounts, account => account.IsClosed),
        Column(accounts, account => account.Version),
        Column(accounts, account => account.HotMealLimit?.Kopecks),
        Column(accounts, account => account.BuffetLimit?.Kopecks),
        Column(accounts, account => StopCodec.Encode(account.StopList)),
        Column(accounts, account => account.RideLimit?.Kopecks),
        Column(accounts, account => EntitlementCodec.Encode(account.Entitlements)),
        Column(accounts, account => account.Group),
        Column(accounts, account => account.Roles.Text));

    public Task Regroup(IReadOnlyList<AccountProfile> accounts, CancellationToken stop) => Execute(
        "update account set group_key = fresh.group_key, roles = fresh.roles from unnest($1, $2, $3) as fresh (number, group_key, roles) where account.number = fresh.number",
        stop,
        Column(accounts, account => account.Number.Value),
        Column(accounts, account => account.Group),
        Column(accounts, account => account.Roles.Text));

    public Task Write(IReadOnlyList<Card> cards, CancellationToken stop) => Execute(
        """
        with written as (
            insert into card (token, kind, state, account, home, further, expires_at, version, is_cloned)
            select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)
            on conflict (token) do update set kind = excluded.kind, state = excluded.state, account = excluded.account,
                home = excluded.home, further = excluded.further, expires_at = excluded.expires_at, version = excluded.version, is_cloned = excluded.is_cloned
            where card.version < excluded.version
            returning token, kind, state, account, home, further, expires_at, version, is_cloned
        )
        insert into card_change (token, kind, state, account, home, further, expires_at, version, is_cloned) select * from written
        """,
        stop,
        Column(cards, card => card.Token.Value),
        Column(cards, card => (short)card.Kind),
        Column(cards, card => (short)card.State),
        Column(cards, card => card.Account.Value),
        Column(cards, card => card.Rights.Home.Value),
        Column(cards, card => BuildingListCodec.Encode(card.Rights)),
        Column(cards, card => card.ExpiresAt?.ToDateTimeUtc()),
        Column(cards, card => card.Version),
        Column(cards, card => card.IsCloned));

    public Task Write(IReadOnlyList<PickUpRight> rights, CancellationToken stop) => Execute(
        $"""
        insert into pick_up ({PickUpRows.Columns}) select * from unnest($1, $2, $3, $4, $5, $6, $7)
        {PickUpRows.OnConflict}
        """,
        stop,
        Column(rights, right => right.Adult.Value),
        Column(rights, right => right.Child.Value),
        Column(rights, right => right.IsDeny),
        Column(rights, right => right.Brings),
        Column(rights, right => right.Collects),
        Column(rights, right => right.From?.ToDateOnly()),
        Column(rights, right => right.Until?.ToDateOnly()));

    public Task Write(IReadOnlyList<MenuItem> items, CancellationToken stop) => Execute(
        $"""
        insert into menu_item ({MenuRows.Columns}) select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        {MenuRows.OnConflict}
        """,
        stop,
        Column(items, item => item.Building.Value),
        Column(items, item => item.Day.ToDateOnly()),
        Column(items, item => item.Seller.Code),
        Column(items, item => (short)item.Meal),
        Column(items, item => item.Product.ProductCode),
        Column(items, item => item.Name),
        Column(items, item => (short)item.Product.Category),
        Column(items, item => item.Product.UnitPrice.Kopecks),
        Column(items, item => (int)item.Product.Allergens),
        Column(items, item => item.OrderUntil.ToDateTimeUtc()),
        Column(items, item => item.IsKept));

    private static NpgsqlParameter<T[]> Column<TRow, T>(IReadOnlyList<TRow> rows, Func<TRow, T> value) =>
        new() { TypedValue = [.. rows.Select(value)] };

    private async Task Execute(string sql, CancellationToken stop, params NpgsqlParameter[] columns)
    {
        await using var command = source.CreateCommand(sql);
        command.Parameters.AddRange(columns);
        await command.ExecuteNonQueryAsync(stop);
    }
}
