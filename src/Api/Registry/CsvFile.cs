using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using NodaTime.Text;
using Zvonok.Api.Shapes;
using Zvonok.Family.V1;
using Zvonok.Registry.V1;
using Zvonok.Till.V1;
using AccountKind = Zvonok.Registry.V1.AccountKind;
using Card = Zvonok.Registry.V1.Card;
using CardKind = Zvonok.Registry.V1.CardKind;
using CardState = Zvonok.Registry.V1.CardState;
using Channel = Zvonok.Registry.V1.Channel;
using Device = Zvonok.Registry.V1.Device;
using DeviceKind = Zvonok.Registry.V1.DeviceKind;
using Language = Zvonok.Registry.V1.Language;
using MealKind = Zvonok.Till.V1.MealKind;
using MenuItem = Zvonok.Registry.V1.MenuItem;
using NoticeKind = Zvonok.Registry.V1.NoticeKind;
using ProductCategory = Zvonok.Till.V1.ProductCategory;
using Subscription = Zvonok.Registry.V1.Subscription;

namespace Zvonok.Api.Registry;

/// <summary>A line of a CSV file: a row for the import, or what is wrong with it.</summary>
/// <param name="Line">The line's number in the file; the header is line 1.</param>
/// <param name="Row">The row; null when the line cannot be read.</param>
/// <param name="Field">The column at fault; empty when there is a row.</param>
/// <param name="Reason">What is wrong with it; empty when there is a row.</param>
public sealed record CsvLine(int Line, Row? Row, string Field = "", string Reason = "");

/// <summary>
/// Reads registry files. What a file holds is told by its header: <c>building_id,time_zone,hard_anti_passback,lockdown_roles,safety_roles</c>;
/// <c>device_id,kind,building_id,operator_id</c>; <c>account_number,kind,time_zone,daily_limit_kopecks,group_key,roles</c>;
/// <c>card_uid,kind,state,account_number,home_building_id,further_building_ids,expire_time,access_rules</c>;
/// <c>guardian,account_number,channel,address,kinds,language,low_balance_kopecks,child_name</c>;
/// <c>adult_account_number,child_account_number,effect,brings,collects,first_date,last_date</c>;
/// <c>product_code,building_id,date,operator_id,meal_kind,name,category,price_kopecks,allergens,order_until,unredeemed</c>. Columns may come in any
/// order. Radio numbers are hexadecimal, kinds and states are as in the protocol without their prefix
/// (<c>school_card</c>), further buildings, roles, kinds of notices and allergens are separated by blanks, dates and times are ISO 8601, times in UTC.
/// Access rules are as in <see cref="AccessRuleText"/>, separated by semicolons. Optional columns may be empty.
/// </summary>
public static class CsvFile
{
    /// <summary>The lines of a file; throws <see cref="InvalidDataException"/> when its header is none of the seven.</summary>
    public static IEnumerable<CsvLine> Read(TextReader text)
    {
        using var csv = new CsvReader(text, new CsvConfiguration(CultureInfo.InvariantCulture) { TrimOptions = TrimOptions.Trim, BadDataFound = null, MissingFieldFound = null });
        if (!csv.Read() || !csv.ReadHeader()) throw new InvalidDataException("The file is empty.");
        var read = ReaderFor(csv.HeaderRecord!);
        while (csv.Read()) yield return ReadLine(csv, read);
    }

    private static CsvLine ReadLine(CsvReader csv, Func<CsvReader, Row> read)
    {
        try
        {
            return new CsvLine(csv.Parser.RawRow, read(csv));
        }
        catch (ColumnException fault)
        {
            return new CsvLine(csv.Parser.RawRow, null, fault.Column, fault.Message);
        }
    }

    private static Func<CsvReader, Row> ReaderFor(string[] header) => Kinds.Keys.FirstOrDefault(header.Select(column => column.Trim()).Contains) is { } found
        ? Kinds[found]
        : throw new InvalidDataException($"The header is '{string.Join(',', header)}': it should have building_id, device_id, account_number, card_uid, guardian, product_code or adult_account_number.");

    // In this order: a device and a menu's item name their building and a card its account, not the other way round.
    private static readonly OrderedDictionary<string, Func<CsvReader, Row>> Kinds = new()
    {
        ["guardian"] = Subscription,
        ["adult_account_number"] = PickUp,
        ["card_uid"] = Card,
        ["device_id"] = Device,
        ["product_code"] = MenuItem,
        ["account_number"] = Account,
        ["building_id"] = Building,
    };

    private static Row Building(CsvReader csv) => new()
    {
        Building = new Building
        {
            BuildingId = Int(csv, "building_id"),
            TimeZone = Text(csv, "time_zone"),
            HardAntiPassback = YesNo(csv, "hard_anti_passback"),
            LockdownRoles = { Words(csv, "lockdown_roles") },
            SafetyRoles = { Words(csv, "safety_roles") },
        },
    };

    private static Row Device(CsvReader csv) => new()
    {
        Device = new Device
        {
            DeviceId = Int(csv, "device_id"),
            Kind = Kind<DeviceKind>(csv, "kind"),
            BuildingId = Int(csv, "building_id"),
            OperatorId = Text(csv, "operator_id").Length == 0 ? 0 : Int(csv, "operator_id"),
        },
    };

    private static Row Account(CsvReader csv)
    {
        var account = new Account
        {
            AccountNumber = Long(csv, "account_number"), Kind = Kind<AccountKind>(csv, "kind"), TimeZone = Text(csv, "time_zone"), GroupKey = Text(csv, "group_key"), Roles = { Words(csv, "roles") },
        };
        if (Text(csv, "daily_limit_kopecks").Length > 0) account.DailyLimitKopecks = Long(csv, "daily_limit_kopecks");
        return new Row { Account = account };
    }

    private static Row Card(CsvReader csv) => new()
    {
        Card = new Card
        {
            CardUid = Hex(csv, "card_uid"),
            Kind = Kind<CardKind>(csv, "kind"),
            State = Kind<CardState>(csv, "state"),
            AccountNumber = Long(csv, "account_number"),
            HomeBuildingId = Int(csv, "home_building_id"),
            FurtherBuildingIds = { Text(csv, "further_building_ids").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => Int(id, "further_building_ids")) },
            ExpireTime = Time(csv, "expire_time"),
            AccessRules = { Text(csv, "access_rules").Split(';', StringSplitOptions.RemoveEmptyEntries).Select(AccessRuleText.Read) },
        },
    };

    private static Row Subscription(CsvReader csv) => new()
    {
        Subscription = new Subscription
        {
            Guardian = Text(csv, "guardian"),
            AccountNumber = Long(csv, "account_number"),
            Channel = Kind<Channel>(csv, "channel"),
            Address = Text(csv, "address"),
            Kinds = { Text(csv, "kinds").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(kind => Kind<NoticeKind>(kind, "kinds")) },
            Language = Kind<Language>(csv, "language"),
            LowBalanceKopecks = Text(csv, "low_balance_kopecks").Length == 0 ? 0 : Long(csv, "low_balance_kopecks"),
            ChildName = Text(csv, "child_name"),
        },
    };

    private static Row PickUp(CsvReader csv) => new()
    {
        PickUp = new PickUp
        {
            AdultAccountNumber = Long(csv, "adult_account_number"),
            ChildAccountNumber = Long(csv, "child_account_number"),
            Effect = Kind<AccessEffect>(csv, "effect"),
            Brings = YesNo(csv, "brings"),
            Collects = YesNo(csv, "collects"),
            FirstDate = OptionalDate(csv, "first_date"),
            LastDate = OptionalDate(csv, "last_date"),
        },
    };

    private static Row MenuItem(CsvReader csv) => new()
    {
        MenuItem = new MenuItem
        {
            BuildingId = Int(csv, "building_id"),
            Date = Date(csv, "date"),
            OperatorId = Int(csv, "operator_id"),
            MealKind = Kind<MealKind>(csv, "meal_kind"),
            ProductCode = Text(csv, "product_code"),
            Name = Text(csv, "name"),
            Category = Kind<ProductCategory>(csv, "category"),
            PriceKopecks = Long(csv, "price_kopecks"),
            Allergens = { Text(csv, "allergens").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(allergen => Kind<Allergen>(allergen, "allergens")) },
            OrderUntil = Time(csv, "order_until"),
            Unredeemed = Kind<UnredeemedPolicy>(csv, "unredeemed"),
        },
    };

    private static string Text(CsvReader csv, string column) => csv.TryGetField<string>(column, out var text) ? text ?? "" : "";

    private static string[] Words(CsvReader csv, string column) => Text(csv, column).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static int Int(CsvReader csv, string column) => Int(Text(csv, column), column);

    private static int Int(string text, string column) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
        ? value
        : throw new ColumnException(column, $"'{text}' should be a whole number.");

    private static long Long(CsvReader csv, string column) => long.TryParse(Text(csv, column), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
        ? value
        : throw new ColumnException(column, $"'{Text(csv, column)}' should be a whole number.");

    private static bool YesNo(CsvReader csv, string column) => Text(csv, column) switch
    {
        "" or "no" => false,
        "yes" => true,
        var text => throw new ColumnException(column, $"'{text}' should be yes or no."),
    };

    private static ByteString Hex(CsvReader csv, string column)
    {
        try
        {
            return ByteString.CopyFrom(Convert.FromHexString(Text(csv, column)));
        }
        catch (FormatException)
        {
            throw new ColumnException(column, "should be hexadecimal digits, two a byte.");
        }
    }

    private static TEnum Kind<TEnum>(CsvReader csv, string column)
        where TEnum : struct, System.Enum => Kind<TEnum>(Text(csv, column), column);

    private static TEnum Kind<TEnum>(string text, string column)
        where TEnum : struct, System.Enum
    {
        return System.Enum.TryParse<TEnum>(text.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var value) && System.Enum.IsDefined(value) && !value.Equals(default(TEnum)) && !int.TryParse(text, out _)
            ? value
            : throw new ColumnException(column, $"'{text}' should be one of {string.Join(", ", System.Enum.GetNames<TEnum>().Skip(1).Select(Snake))}.");
    }

    private static Google.Type.Date? OptionalDate(CsvReader csv, string column) => Text(csv, column).Length == 0 ? null : Date(csv, column);

    private static Google.Type.Date Date(CsvReader csv, string column) => LocalDatePattern.Iso.Parse(Text(csv, column)) is { Success: true } parsed
        ? parsed.Value.ToDate()
        : throw new ColumnException(column, $"'{Text(csv, column)}' should be a date such as 2026-09-01.");

    private static Timestamp? Time(CsvReader csv, string column)
    {
        if (Text(csv, column) is not { Length: > 0 } text) return null;
        return InstantPattern.ExtendedIso.Parse(text) is { Success: true } parsed
            ? Timestamp.FromDateTime(parsed.Value.ToDateTimeUtc())
            : throw new ColumnException(column, $"'{text}' should be a time in UTC such as 2026-09-01T08:00:00Z.");
    }

    private static string Snake(string name) =>
        string.Concat(name.Select((letter, at) => char.IsUpper(letter) && at > 0 ? $"_{char.ToLowerInvariant(letter)}" : char.ToLowerInvariant(letter).ToString()));

    /// <summary>A cell cannot be read; the message says how it should be.</summary>
    internal sealed class ColumnException(string column, string message) : Exception(message)
    {
        public string Column { get; } = column;
    }
}
