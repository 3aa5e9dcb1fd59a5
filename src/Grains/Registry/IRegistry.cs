using Zvonok.Domain.Menus;
using Zvonok.Domain.Notices;

namespace Zvonok.Grains.Registry;

/// <summary>Buildings, devices, accounts, cards, subscriptions, menus and pick-up rights as the city registers them (N4).</summary>
public interface IRegistry
{
    /// <summary>
    /// Applies rows in order, in chunks of one kind. A bad row is reported and left out; good rows stay; rows that are
    /// there already change nothing.
    /// </summary>
    Task<RegistryOutcome> Import(IReadOnlyList<RegistryRow> rows, CancellationToken stop);
}

/// <summary>One row of an import. Its values are sound by themselves; what they refer to is checked on import.</summary>
/// <param name="Number">Its place in the whole import, from 1.</param>
public abstract record RegistryRow(long Number);

/// <summary>A building.</summary>
/// <param name="Number"><inheritdoc/></param>
/// <param name="Building">What it is.</param>
public sealed record BuildingRow(long Number, BuildingProfile Building) : RegistryRow(Number);

/// <summary>A device.</summary>
/// <param name="Number"><inheritdoc/></param>
/// <param name="Device">What it is.</param>
public sealed record DeviceRow(long Number, Device Device) : RegistryRow(Number);

/// <summary>An account.</summary>
/// <param name="Number"><inheritdoc/></param>
/// <param name="Account">As registered, version 0.</param>
public sealed record AccountRow(long Number, AccountProfile Account) : RegistryRow(Number);

/// <summary>A card.</summary>
/// <param name="Number"><inheritdoc/></param>
/// <param name="Card">What it is.</param>
public sealed record CardRow(long Number, Card Card) : RegistryRow(Number);

/// <summary>A subscription: added, or put in the place of the same guardian's at the same channel (A5).</summary>
/// <param name="Number"><inheritdoc/></param>
/// <param name="Subscription">Who wants to be told of what.</param>
public sealed record SubscriptionRow(long Number, Subscription Subscription) : RegistryRow(Number);

/// <summary>A menu's item: added, or put in the place of the same operator's with the same code for the same meal (M6).</summary>
/// <param name="Number"><inheritdoc/></param>
/// <param name="Item">What may be ordered ahead.</param>
public sealed record MenuItemRow(long Number, MenuItem Item) : RegistryRow(Number);

/// <summary>Who may bring and collect whom: added, or put in the place of the same adult's and child's of the same effect (P8).</summary>
/// <param name="Number"><inheritdoc/></param>
/// <param name="Right">What the adult may or must not do.</param>
public sealed record PickUpRow(long Number, PickUpRight Right) : RegistryRow(Number);

/// <summary>A row that was left out.</summary>
/// <param name="Number">Its place in the import.</param>
/// <param name="Field">The field at fault, as the doors name it.</param>
/// <param name="Reason">What is wrong, and what to do.</param>
public sealed record BadRow(long Number, string Field, string Reason);

/// <summary>A card in use that a row would have made somebody else's.</summary>
/// <param name="Token">Which.</param>
/// <param name="Building">For which school.</param>
public sealed record ShownClone(CardToken Token, BuildingId Building);

/// <summary>What became of some rows.</summary>
public sealed record RegistryOutcome
{
    /// <summary>Rows that are new.</summary>
    public long Added { get; init; }

    /// <summary>Rows that changed something.</summary>
    public long Changed { get; init; }

    /// <summary>Rows that were there already.</summary>
    public long Unchanged { get; init; }

    /// <summary>Rows left out.</summary>
    public IReadOnlyList<BadRow> Bad { get; init; } = [];

    /// <summary>Cards whose grains have to read again.</summary>
    public IReadOnlyList<CardToken> ChangedCards { get; init; } = [];

    /// <summary>Buildings that those cards open as far as their own rows have changed, or opened before: their devices' lists are others now (C4).</summary>
    public IReadOnlyList<BuildingId> OutdatedLists { get; init; } = [];

    /// <summary>Cards in use that a row would have made somebody else's (C8).</summary>
    public IReadOnlyList<ShownClone> ShownClones { get; init; } = [];

    /// <summary>Buildings whose grains have to read again.</summary>
    public IReadOnlyList<BuildingId> ChangedBuildings { get; init; } = [];

    /// <summary>Devices that silos have to look up again.</summary>
    public IReadOnlyList<DeviceId> ChangedDevices { get; init; } = [];
}
