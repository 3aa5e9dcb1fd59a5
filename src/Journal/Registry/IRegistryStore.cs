using Zvonok.Domain.Menus;

namespace Zvonok.Journal.Registry;

/// <summary>The registry's writing statements: each takes a chunk of rows that are new or changed, in one transaction.</summary>
internal interface IRegistryStore
{
    Task Write(IReadOnlyList<BuildingProfile> buildings, CancellationToken stop);

    Task Write(IReadOnlyList<Device> devices, CancellationToken stop);

    /// <summary>Accounts are only added: what is registered already belongs to its family and its grain.</summary>
    Task Write(IReadOnlyList<AccountProfile> accounts, CancellationToken stop);

    /// <summary>Groups and roles of accounts that are registered already.</summary>
    Task Regroup(IReadOnlyList<AccountProfile> accounts, CancellationToken stop);

    /// <summary>Cards, and with each that is written a fact of the feed. A card is at most once among them.</summary>
    Task Write(IReadOnlyList<Card> cards, CancellationToken stop);

    /// <summary>Who may bring and collect whom. A right is at most once among them.</summary>
    Task Write(IReadOnlyList<PickUpRight> rights, CancellationToken stop);

    /// <summary>Items of menus. One is at most once among them.</summary>
    Task Write(IReadOnlyList<MenuItem> items, CancellationToken stop);
}
