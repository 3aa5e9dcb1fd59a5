using Google.Protobuf.Collections;
using Zvonok.Api.Family;
using Zvonok.Api.Hosting;
using Zvonok.Api.Shapes;
using Zvonok.Grains.Notices;
using Zvonok.Grains.Registry;
using Zvonok.Registry.V1;
using BadRow = Zvonok.Grains.Registry.BadRow;
using Building = Zvonok.Registry.V1.Building;

namespace Zvonok.Api.Registry;

/// <summary>Rows of an import as domain values; misshapen ones are reported and left out.</summary>
internal static class RegistryRows
{
    /// <param name="rows">A part of the stream.</param>
    /// <param name="before">How many rows came before it.</param>
    /// <param name="key">Turns radio numbers into tokens.</param>
    /// <param name="channels">Which channels there are to be told through.</param>
    public static (IReadOnlyList<RegistryRow> Rows, IReadOnlyList<BadRow> Bad) Read(RepeatedField<Row> rows, long before, TokenKey key, IChannelRules channels)
    {
        var good = new List<RegistryRow>(rows.Count);
        var bad = new List<BadRow>();
        for (var i = 0; i < rows.Count; i++)
        {
            var number = before + i + 1;
            try
            {
                good.Add(Read(rows[i], number, key, channels));
            }
            catch (BadFieldException fault)
            {
                bad.Add(new BadRow(number, fault.Field, fault.Message));
            }
        }

        return (good, bad);
    }

    private static RegistryRow Read(Row row, long number, TokenKey key, IChannelRules channels) => row.RowCase switch
    {
        Row.RowOneofCase.Building => new BuildingRow(number, Read(row.Building)),
        Row.RowOneofCase.Device => new DeviceRow(number, Read(row.Device)),
        Row.RowOneofCase.Account => new AccountRow(number, Read(row.Account)),
        Row.RowOneofCase.Card => new CardRow(number, Read(row.Card, key)),
        Row.RowOneofCase.Subscription => new SubscriptionRow(number, Read(row.Subscription, channels)),
        Row.RowOneofCase.MenuItem => new MenuItemRow(number, Read(row.MenuItem)),
        Row.RowOneofCase.PickUp => new PickUpRow(number, Read(row.PickUp)),
        _ => throw Check.Bad("row", "a building, a device, an account, a card, a subscription, a menu's item or a pick-up right"),
    };

    private static BuildingProfile Read(Building building) => new(
        new BuildingId(Check.Id(building.BuildingId, "building_id")), Check.Zone(building.TimeZone))
    {
        HasHardAntiPassback = building.HardAntiPassback,
        LockdownRoles = Roles(building.LockdownRoles, "lockdown_roles"),
        SafetyRoles = Roles(building.SafetyRoles, "safety_roles"),
    };

    private static RoleNames Roles(RepeatedField<string> names, string field)
    {
        if (names.Count > Limits.RolesMax) Check.Fail(field, $"at most {Limits.RolesMax} roles");
        return RoleNames.Of(names.Select(name => Check.Text(name, Limits.RoleLengthMax, field) is var text && !text.Contains(' ', StringComparison.Ordinal) ? text : throw Check.Bad(field, "names without blanks")));
    }

    private static Domain.Buildings.Device Read(Zvonok.Registry.V1.Device device)
    {
        var kind = Check.Enum<Domain.Buildings.DeviceKind>((int)device.Kind, "kind");
        if (kind is not (Domain.Buildings.DeviceKind.Till or Domain.Buildings.DeviceKind.Validator) && device.OperatorId != 0)
            Check.Fail("operator_id", "absent but for a till or a validator: no other device takes money");
        return new Domain.Buildings.Device(
            new DeviceId(Check.Id(device.DeviceId, "device_id")), kind, new BuildingId(Check.Id(device.BuildingId, "building_id")),
            SellerOf(kind, device.OperatorId));
    }

    private static ContraAccount SellerOf(Domain.Buildings.DeviceKind kind, int id) => kind switch
    {
        Domain.Buildings.DeviceKind.Till => ContraAccount.Operator(Check.Id(id, "operator_id")),
        Domain.Buildings.DeviceKind.Validator => ContraAccount.Carrier(Check.Id(id, "operator_id")),
        _ => ContraAccount.None,
    };

    private static Domain.Notices.Subscription Read(Zvonok.Registry.V1.Subscription row, IChannelRules channels) => SubscriptionShape.Read(
        Check.Account(row.AccountNumber), row.Guardian, (int)row.Channel, row.Address, row.Kinds.Select(kind => (int)kind), (int)row.Language, row.LowBalanceKopecks, row.ChildName, "", channels);

    private static Domain.Menus.MenuItem Read(Zvonok.Registry.V1.MenuItem row) => MenuShape.Read(
        new BuildingId(Check.Id(row.BuildingId, "building_id")),
        Check.Date(row.Date, "date"),
        ContraAccount.Operator(Check.Id(row.OperatorId, "operator_id")),
        new Zvonok.Family.V1.MenuItem
        {
            MealKind = row.MealKind,
            ProductCode = row.ProductCode,
            Name = row.Name,
            Category = row.Category,
            PriceKopecks = row.PriceKopecks,
            Allergens = { row.Allergens },
        },
        MenuShape.OrderUntil(row.OrderUntil),
        MenuShape.IsKept(row.Unredeemed),
        "");

    private static PickUpRight Read(PickUp row)
    {
        var (adult, child) = (Check.Account(row.AdultAccountNumber, "adult_account_number"), Check.Account(row.ChildAccountNumber, "child_account_number"));
        if (adult == child) Check.Fail("child_account_number", "another account than the adult's");
        if (row.Effect is not (AccessEffect.Allow or AccessEffect.Deny)) Check.Fail("effect", "ALLOW or DENY");
        if (!row.Brings && !row.Collects) Check.Fail("brings", "true, or collects is: a right is about one of them at least");
        var (from, until) = AccessRuleShape.Days(row.FirstDate, row.LastDate, "");
        return new PickUpRight(adult, child, row.Effect == AccessEffect.Deny, row.Brings, row.Collects, from, until);
    }

    private static AccountProfile Read(Account account) => new()
    {
        Number = Check.Account(account.AccountNumber),
        Kind = Check.Enum<Domain.Accounts.AccountKind>((int)account.Kind, "kind"),
        ZoneId = Check.Zone(account.TimeZone),
        DailyLimit = Check.OptionalAmount(account.HasDailyLimitKopecks, account.DailyLimitKopecks, "daily_limit_kopecks"),
        Group = account.GroupKey.Length == 0 ? null : Check.Text(account.GroupKey, Limits.GroupKeyLengthMax, "group_key"),
        Roles = Roles(account.Roles, "roles"),
    };

    private static Domain.Cards.Card Read(Zvonok.Registry.V1.Card card, TokenKey key)
    {
        var kind = Check.Enum<Domain.Cards.CardKind>((int)card.Kind, "kind");
        var expires = Check.Time(card.ExpireTime, "expire_time");
        if (expires is null && kind is (Domain.Cards.CardKind.TemporaryCard or Domain.Cards.CardKind.VisitorCard))
            Check.Fail("expire_time", "set for a temporary or visitor card");
        if (card.FurtherBuildingIds.Count > Limits.FurtherBuildingsMax) Check.Fail("further_building_ids", $"at most {Limits.FurtherBuildingsMax} buildings");
        return new Domain.Cards.Card
        {
            Token = Check.Token(key, card.CardUid),
            Kind = kind,
            State = Check.Enum<Domain.Cards.CardState>((int)card.State, "state"),
            Account = Check.Account(card.AccountNumber),
            Rights = new AccessRights(
                new BuildingId(Check.Id(card.HomeBuildingId, "home_building_id")),
                [.. card.FurtherBuildingIds.Select(id => new BuildingId(Check.Id(id, "further_building_ids")))],
                AccessRuleShape.Read(card.AccessRules)),
            ExpiresAt = expires is { } end ? OperationRules.ToMillisecond(end) : null,
        };
    }
}
