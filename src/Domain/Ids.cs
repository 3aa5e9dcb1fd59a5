namespace Zvonok.Domain;

/// <summary>A school building or kindergarten: 1 to <see cref="Limits.IdMax"/>.</summary>
[GenerateSerializer, Immutable, Alias("zvonok.BuildingId")]
public readonly record struct BuildingId([property: Id(0)] int Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A gate or a till: 1 to <see cref="Limits.IdMax"/>; 0 means that no device took part.</summary>
[GenerateSerializer, Immutable, Alias("zvonok.DeviceId")]
public readonly record struct DeviceId([property: Id(0)] int Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Ceilings of the domain's values (D3).</summary>
public static class Limits
{
    /// <summary>The largest number of a building, device, operator or provider.</summary>
    public const int IdMax = 999_999_999;

    /// <summary>The largest amount of one operation, and of a daily limit: 100,000 roubles, in kopecks.</summary>
    public const long AmountMax = 10_000_000;

    /// <summary>No purse holds more: 100,000 roubles, in kopecks.</summary>
    public const long BalanceMax = 10_000_000;

    /// <summary>Lines of one sale.</summary>
    public const int SaleLinesMax = 50;

    /// <summary>Pieces of one line.</summary>
    public const int QuantityMax = 1_000;

    /// <summary>Characters of a product code.</summary>
    public const int ProductCodeLengthMax = 32;

    /// <summary>Single products of a stop list.</summary>
    public const int StoppedProductsMax = 100;

    /// <summary>Children of one class settlement.</summary>
    public const int ClassMembersMax = 60;

    /// <summary>Entitlements of an account.</summary>
    public const int EntitlementsMax = 8;

    /// <summary>Characters of a reason that somebody gives.</summary>
    public const int ReasonLengthMax = 200;

    /// <summary>What one operator may offer at one school on one day.</summary>
    public const int MenuItemsMax = 100;

    /// <summary>Characters of a product's name.</summary>
    public const int ProductNameLengthMax = 80;

    /// <summary>Meals that one operation orders, and that it cancels.</summary>
    public const int OrdersOfOneOperationMax = 40;

    /// <summary>Different products of one ordered meal.</summary>
    public const int OrderLinesMax = 10;

    /// <summary>Meals that an account may have ordered and not had yet: four a day for a month.</summary>
    public const int OpenOrdersMax = 124;

    /// <summary>Characters of a bank reference.</summary>
    public const int BankReferenceLengthMax = 64;

    /// <summary>Subscriptions of one guardian to one child.</summary>
    public const int SubscriptionsMax = 8;

    /// <summary>Characters of a guardian's subject.</summary>
    public const int GuardianLengthMax = 64;

    /// <summary>Characters of a mail address or a webhook's URL.</summary>
    public const int AddressLengthMax = 254;

    /// <summary>Characters of a family's own name for a child.</summary>
    public const int ChildNameLengthMax = 40;

    /// <summary>Buildings that a card opens besides its home.</summary>
    public const int FurtherBuildingsMax = 32;

    /// <summary>Days ahead to which a temporary card may last.</summary>
    public const int TemporaryCardDaysMax = 31;

    /// <summary>Days for which a visitor's card may be given.</summary>
    public const int VisitDaysMax = 7;

    /// <summary>Rules of one card that say where and when it opens gates.</summary>
    public const int AccessRulesMax = 16;

    /// <summary>Rights of one adult to bring or collect children, denials among them.</summary>
    public const int PickUpRightsMax = 64;

    /// <summary>Characters of a class's or group's key.</summary>
    public const int GroupKeyLengthMax = 32;

    /// <summary>People who are marked as found in one evacuation: several times what a school holds.</summary>
    public const int FoundMarksMax = 20_000;

    /// <summary>Roles of one person, and that one building names for one thing.</summary>
    public const int RolesMax = 16;

    /// <summary>Characters of a role's name.</summary>
    public const int RoleLengthMax = 32;

    /// <summary>Children that one adult brings or collects at once.</summary>
    public const int HandOverChildrenMax = 8;

    /// <summary>Cards that open one building: more are on no list.</summary>
    public const int ListedCardsMax = 10_000;
}
