using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Zvonok.Api.Tests.Servers;
using Zvonok.Domain;
using Zvonok.Registry.V1;
using Allergen = Zvonok.Till.V1.Allergen;
using MealKind = Zvonok.Till.V1.MealKind;
using ProductCategory = Zvonok.Till.V1.ProductCategory;
using UnredeemedPolicy = Zvonok.Family.V1.UnredeemedPolicy;

namespace Zvonok.Api.Tests.Registries;

/// <summary>One way to send one field of a row wrong.</summary>
/// <param name="Kind">Which row.</param>
/// <param name="Field">How the answer has to name it.</param>
/// <param name="Wrong">What is wrong, in words.</param>
/// <param name="Spoil">Makes a good row bad.</param>
internal sealed record BadRowCase(Row.RowOneofCase Kind, string Field, string Wrong, Action<Row> Spoil);

/// <summary>Every field of every row of an import, sent wrong in every way that it can be.</summary>
internal static class BadRows
{
    private const int Nowhere = 999_000_001;

    public static readonly BadRowCase[] All =
    [
        .. Ids(Row.RowOneofCase.Building, "building_id", (row, id) => row.Building.BuildingId = id),
        new(Row.RowOneofCase.Building, "time_zone", "missing", row => row.Building.TimeZone = ""),
        new(Row.RowOneofCase.Building, "time_zone", "no zone", row => row.Building.TimeZone = "Europe/Nowhere"),

        .. Roles(Row.RowOneofCase.Building, "lockdown_roles", row => row.Building.LockdownRoles),
        .. Roles(Row.RowOneofCase.Building, "safety_roles", row => row.Building.SafetyRoles),

        .. Ids(Row.RowOneofCase.Device, "device_id", (row, id) => row.Device.DeviceId = id),
        .. Enums(Row.RowOneofCase.Device, "kind", (row, value) => row.Device.Kind = (DeviceKind)value),
        .. Ids(Row.RowOneofCase.Device, "building_id", (row, id) => row.Device.BuildingId = id),
        new(Row.RowOneofCase.Device, "building_id", "not registered", row => row.Device.BuildingId = Nowhere),
        .. Ids(Row.RowOneofCase.Device, "operator_id", (row, id) => row.Device.OperatorId = id),
        new(Row.RowOneofCase.Device, "operator_id", "missing from a validator", row => (row.Device.Kind, row.Device.OperatorId) = (DeviceKind.Validator, 0)),
        new(Row.RowOneofCase.Device, "operator_id", "of a service point", row => row.Device.Kind = DeviceKind.ServicePoint),
        new(Row.RowOneofCase.Device, "operator_id", "of a fire panel", row => row.Device.Kind = DeviceKind.FirePanel),
        new(Row.RowOneofCase.Device, "operator_id", "of a kiosk", row => row.Device.Kind = DeviceKind.Kiosk),
        new(Row.RowOneofCase.Device, "operator_id", "of a gate", row => row.Device.Kind = DeviceKind.Gate),

        .. Numbers(Row.RowOneofCase.Account, (row, number) => row.Account.AccountNumber = number, row => row.Account.AccountNumber),
        .. Enums(Row.RowOneofCase.Account, "kind", (row, value) => row.Account.Kind = (AccountKind)value),
        new(Row.RowOneofCase.Account, "time_zone", "missing", row => row.Account.TimeZone = ""),
        new(Row.RowOneofCase.Account, "time_zone", "no zone", row => row.Account.TimeZone = "MSK+3"),
        new(Row.RowOneofCase.Account, "daily_limit_kopecks", "negative", row => row.Account.DailyLimitKopecks = -1),
        new(Row.RowOneofCase.Account, "daily_limit_kopecks", "too large", row => row.Account.DailyLimitKopecks = Limits.AmountMax + 1),

        new(Row.RowOneofCase.Account, "group_key", "too long", row => row.Account.GroupKey = new string('7', Limits.GroupKeyLengthMax + 1)),
        new(Row.RowOneofCase.Account, "group_key", "not ASCII", row => row.Account.GroupKey = "7Б"),
        .. Roles(Row.RowOneofCase.Account, "roles", row => row.Account.Roles),

        new(Row.RowOneofCase.Card, "card_uid", "missing", row => row.Card.CardUid = ByteString.Empty),
        new(Row.RowOneofCase.Card, "card_uid", "too short", row => row.Card.CardUid = ByteString.CopyFrom(new byte[3])),
        new(Row.RowOneofCase.Card, "card_uid", "too long", row => row.Card.CardUid = ByteString.CopyFrom(new byte[17])),
        .. Enums(Row.RowOneofCase.Card, "kind", (row, value) => row.Card.Kind = (CardKind)value),
        .. Enums(Row.RowOneofCase.Card, "state", (row, value) => row.Card.State = (CardState)value),
        .. Numbers(Row.RowOneofCase.Card, (row, number) => row.Card.AccountNumber = number, row => row.Card.AccountNumber),
        new(Row.RowOneofCase.Card, "account_number", "not registered", row => row.Card.AccountNumber = Domain.Accounts.AccountNumber.FromSerial(99_000_000).Value),
        .. Ids(Row.RowOneofCase.Card, "home_building_id", (row, id) => row.Card.HomeBuildingId = id),
        new(Row.RowOneofCase.Card, "home_building_id", "not registered", row => row.Card.HomeBuildingId = Nowhere),
        .. Ids(Row.RowOneofCase.Card, "further_building_ids", (row, id) => row.Card.FurtherBuildingIds.Add(id)),
        new(Row.RowOneofCase.Card, "further_building_ids", "not registered", row => row.Card.FurtherBuildingIds.Add(Nowhere)),
        new(Row.RowOneofCase.Card, "further_building_ids", "too many", row => row.Card.FurtherBuildingIds.Add(Enumerable.Range(1, Limits.FurtherBuildingsMax + 1))),
        new(Row.RowOneofCase.Card, "access_rules", "too many", row => row.Card.AccessRules.Add(Enumerable.Repeat(new AccessRule { Effect = AccessEffect.Allow }, Limits.AccessRulesMax + 1))),
        new(Row.RowOneofCase.Card, "access_rules", "of a building that is not registered", row => Rule(row).BuildingId = Nowhere),
        .. Enums(Row.RowOneofCase.Card, "access_rules.effect", (row, value) => Rule(row).Effect = (AccessEffect)value),
        new(Row.RowOneofCase.Card, "access_rules.building_id", "negative", row => Rule(row).BuildingId = -1),
        new(Row.RowOneofCase.Card, "access_rules.building_id", "too large", row => Rule(row).BuildingId = Limits.IdMax + 1),
        .. Enums(Row.RowOneofCase.Card, "access_rules.weekdays", (row, value) => Rule(row).Weekdays.Add((Google.Type.DayOfWeek)value)),
        new(Row.RowOneofCase.Card, "access_rules.first_minute", "missing", row => Rule(row).EndMinute = 60),
        new(Row.RowOneofCase.Card, "access_rules.first_minute", "negative", row => (Rule(row).FirstMinute, row.Card.AccessRules[0].EndMinute) = (-1, 60)),
        new(Row.RowOneofCase.Card, "access_rules.first_minute", "of the next day", row => (Rule(row).FirstMinute, row.Card.AccessRules[0].EndMinute) = (1440, 1441)),
        new(Row.RowOneofCase.Card, "access_rules.end_minute", "missing", row => Rule(row).FirstMinute = 60),
        new(Row.RowOneofCase.Card, "access_rules.end_minute", "not after the first", row => (Rule(row).FirstMinute, row.Card.AccessRules[0].EndMinute) = (60, 60)),
        new(Row.RowOneofCase.Card, "access_rules.end_minute", "of the next day", row => (Rule(row).FirstMinute, row.Card.AccessRules[0].EndMinute) = (60, 1441)),
        new(Row.RowOneofCase.Card, "access_rules.first_date", "31 June", row => Rule(row).FirstDate = new() { Year = 2026, Month = 6, Day = 31 }),
        new(Row.RowOneofCase.Card, "access_rules.last_date", "empty", row => Rule(row).LastDate = new()),
        new(Row.RowOneofCase.Card, "access_rules.last_date", "before the first", row =>
            (Rule(row).FirstDate, row.Card.AccessRules[0].LastDate) = (new() { Year = 2026, Month = 9, Day = 2 }, new() { Year = 2026, Month = 9, Day = 1 })),
        new(Row.RowOneofCase.Card, "expire_time", "beyond all years", row => row.Card.ExpireTime = new Timestamp { Seconds = long.MaxValue }),
        new(Row.RowOneofCase.Card, "expire_time", "missing from a temporary card", row => row.Card.Kind = CardKind.TemporaryCard),
        new(Row.RowOneofCase.Card, "expire_time", "missing from a visitor's card", row => row.Card.Kind = CardKind.VisitorCard),

        .. Numbers(Row.RowOneofCase.Subscription, (row, number) => row.Subscription.AccountNumber = number, row => row.Subscription.AccountNumber),
        new(Row.RowOneofCase.Subscription, "account_number", "not registered", row => row.Subscription.AccountNumber = Domain.Accounts.AccountNumber.FromSerial(99_000_000).Value),
        new(Row.RowOneofCase.Subscription, "guardian", "missing", row => row.Subscription.Guardian = ""),
        .. Enums(Row.RowOneofCase.Subscription, "channel", (row, value) => row.Subscription.Channel = (Channel)value),
        new(Row.RowOneofCase.Subscription, "address", "no mail address", row => row.Subscription.Address = "guardian"),
        new(Row.RowOneofCase.Subscription, "kinds", "none", row => row.Subscription.Kinds.Clear()),
        .. Enums(Row.RowOneofCase.Subscription, "kinds", (row, value) => row.Subscription.Kinds.Add((NoticeKind)value)),
        .. Enums(Row.RowOneofCase.Subscription, "language", (row, value) => row.Subscription.Language = (Language)value),
        new(Row.RowOneofCase.Subscription, "low_balance_kopecks", "negative", row => row.Subscription.LowBalanceKopecks = -1),
        new(Row.RowOneofCase.Subscription, "child_name", "two lines", row => row.Subscription.ChildName = "a\nb"),

        .. Ids(Row.RowOneofCase.MenuItem, "building_id", (row, id) => row.MenuItem.BuildingId = id),
        new(Row.RowOneofCase.MenuItem, "building_id", "not registered", row => row.MenuItem.BuildingId = Nowhere),
        new(Row.RowOneofCase.MenuItem, "date", "missing", row => row.MenuItem.Date = null),
        new(Row.RowOneofCase.MenuItem, "date", "31 June", row => row.MenuItem.Date = new() { Year = 2030, Month = 6, Day = 31 }),
        .. Ids(Row.RowOneofCase.MenuItem, "operator_id", (row, id) => row.MenuItem.OperatorId = id),
        .. Enums(Row.RowOneofCase.MenuItem, "meal_kind", (row, value) => row.MenuItem.MealKind = (MealKind)value),
        new(Row.RowOneofCase.MenuItem, "product_code", "missing", row => row.MenuItem.ProductCode = ""),
        new(Row.RowOneofCase.MenuItem, "product_code", "not ASCII", row => row.MenuItem.ProductCode = "ОБЕД"),
        new(Row.RowOneofCase.MenuItem, "name", "missing", row => row.MenuItem.Name = ""),
        .. Enums(Row.RowOneofCase.MenuItem, "category", (row, value) => row.MenuItem.Category = (ProductCategory)value),
        new(Row.RowOneofCase.MenuItem, "price_kopecks", "negative", row => row.MenuItem.PriceKopecks = -1),
        new(Row.RowOneofCase.MenuItem, "allergens", "unknown", row => row.MenuItem.Allergens.Add((Allergen)15)),
        new(Row.RowOneofCase.MenuItem, "order_until", "missing", row => row.MenuItem.OrderUntil = null),
        new(Row.RowOneofCase.MenuItem, "order_until", "beyond all years", row => row.MenuItem.OrderUntil = new Timestamp { Seconds = long.MaxValue }),
        new(Row.RowOneofCase.MenuItem, "order_until", "the day after", row => row.MenuItem.OrderUntil.Seconds += 2 * 86_400),
        .. Enums(Row.RowOneofCase.MenuItem, "unredeemed", (row, value) => row.MenuItem.Unredeemed = (UnredeemedPolicy)value),

        new(Row.RowOneofCase.PickUp, "adult_account_number", "missing", row => row.PickUp.AdultAccountNumber = 0),
        new(Row.RowOneofCase.PickUp, "adult_account_number", "a wrong check digit", row => row.PickUp.AdultAccountNumber++),
        new(Row.RowOneofCase.PickUp, "adult_account_number", "not registered", row => row.PickUp.AdultAccountNumber = Domain.Accounts.AccountNumber.FromSerial(99_000_000).Value),
        new(Row.RowOneofCase.PickUp, "child_account_number", "missing", row => row.PickUp.ChildAccountNumber = 0),
        new(Row.RowOneofCase.PickUp, "child_account_number", "the adult's", row => row.PickUp.ChildAccountNumber = row.PickUp.AdultAccountNumber),
        new(Row.RowOneofCase.PickUp, "child_account_number", "not registered", row => row.PickUp.ChildAccountNumber = Domain.Accounts.AccountNumber.FromSerial(99_000_000).Value),
        .. Enums(Row.RowOneofCase.PickUp, "effect", (row, value) => row.PickUp.Effect = (AccessEffect)value),
        new(Row.RowOneofCase.PickUp, "brings", "about nothing", row => (row.PickUp.Brings, row.PickUp.Collects) = (false, false)),
        new(Row.RowOneofCase.PickUp, "first_date", "31 June", row => row.PickUp.FirstDate = new() { Year = 2026, Month = 6, Day = 31 }),
        new(Row.RowOneofCase.PickUp, "last_date", "empty", row => row.PickUp.LastDate = new()),
        new(Row.RowOneofCase.PickUp, "last_date", "before the first", row =>
            (row.PickUp.FirstDate, row.PickUp.LastDate) = (new() { Year = 2026, Month = 9, Day = 2 }, new() { Year = 2026, Month = 9, Day = 1 })),

        new(Row.RowOneofCase.None, "row", "empty", static _ => { }),
    ];

    private static AccessRule Rule(Row row)
    {
        row.Card.AccessRules.Add(new AccessRule { Effect = AccessEffect.Allow });
        return row.Card.AccessRules[0];
    }

    public static string[] FieldsOf(Row.RowOneofCase kind) => [.. All.Where(bad => bad.Kind == kind).Select(bad => bad.Field).Distinct()];

    /// <summary>A good row of that kind that is not registered yet.</summary>
    public static Row Good(Row.RowOneofCase kind, int n, Pupil registered) => kind switch
    {
        Row.RowOneofCase.Building => new Row { Building = new Building { BuildingId = 10_000 + n, TimeZone = Given.Zone } },
        Row.RowOneofCase.Device => new Row { Device = new Device { DeviceId = 10_000 + n, Kind = DeviceKind.Till, BuildingId = Given.School, OperatorId = 7 } },
        Row.RowOneofCase.Account => new Row { Account = new Account { AccountNumber = Domain.Accounts.AccountNumber.FromSerial(500_000 + n).Value, Kind = AccountKind.Pupil, TimeZone = Given.Zone } },
        Row.RowOneofCase.Card => new Row
        {
            Card = new Card
            {
                CardUid = ByteString.CopyFrom(BitConverter.GetBytes(9_000_000_000_000L + n)),
                Kind = CardKind.Fob,
                State = CardState.Active,
                AccountNumber = registered.Number,
                HomeBuildingId = Given.School,
            },
        },
        Row.RowOneofCase.Subscription => new Row
        {
            Subscription = new Subscription
            {
                AccountNumber = registered.Number,
                Guardian = $"subject-{n}",
                Channel = Channel.Email,
                Address = "guardian@example.org",
                Kinds = { NoticeKind.Came, NoticeKind.LowBalance },
                Language = Language.Russian,
                LowBalanceKopecks = 10_000,
                ChildName = "Маша",
            },
        },
        Row.RowOneofCase.PickUp => Given.PickUp(registered, Given.Children[n % Given.Children.Length]),
        // Over a month, so that no menu is full.
        Row.RowOneofCase.MenuItem => new Row { MenuItem = Given.MenuItem(Given.Club, day: n % 30 + 1, code: $"ROW-{n}") },
        _ => new Row(),
    };

    private static IEnumerable<BadRowCase> Ids(Row.RowOneofCase kind, string field, Action<Row, int> set) =>
    [
        new(kind, field, "missing", row => set(row, 0)),
        new(kind, field, "negative", row => set(row, -1)),
        new(kind, field, "too large", row => set(row, Limits.IdMax + 1)),
    ];

    private static IEnumerable<BadRowCase> Roles(Row.RowOneofCase kind, string field, Func<Row, RepeatedField<string>> roles) =>
    [
        new(kind, field, "without a name", row => roles(row).Add("")),
        new(kind, field, "with a blank", row => roles(row).Add("head teacher")),
        new(kind, field, "not ASCII", row => roles(row).Add("завуч")),
        new(kind, field, "too long", row => roles(row).Add(new string('r', Limits.RoleLengthMax + 1))),
        new(kind, field, "too many", row => roles(row).Add(Enumerable.Range(0, Limits.RolesMax + 1).Select(n => $"role-{n}"))),
    ];

    private static IEnumerable<BadRowCase> Enums(Row.RowOneofCase kind, string field, Action<Row, int> set) =>
    [
        new(kind, field, "unspecified", row => set(row, 0)),
        new(kind, field, "unknown", row => set(row, 99)),
    ];

    private static IEnumerable<BadRowCase> Numbers(Row.RowOneofCase kind, Action<Row, long> set, Func<Row, long> get) =>
    [
        new(kind, "account_number", "missing", row => set(row, 0)),
        new(kind, "account_number", "a wrong check digit", row => set(row, get(row) / 10 * 10 + (get(row) + 1) % 10)),
        new(kind, "account_number", "too long", row => set(row, long.MaxValue)),
    ];
}
