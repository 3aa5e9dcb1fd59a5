using Zvonok.Domain.Menus;
using Zvonok.Grains.Registry;
using Zvonok.Journal.Menus;

namespace Zvonok.Journal.Registry;

/// <summary>Menus (M6).</summary>
internal sealed partial class RegistryImporter
{
    private async Task ImportMenuItems(MenuItemRow[] rows, Tally tally, CancellationToken stop)
    {
        var buildings = await _lookup.Buildings(rows.Select(row => row.Item.Building), stop);
        var known = await _lookup.MenuItems([.. rows.Select(row => row.Item)], stop);
        var sizes = known.Keys.GroupBy(key => key.Menu).ToDictionary(menu => menu.Key, menu => menu.Count());
        var write = new Dictionary<MenuKey, MenuItem>();
        foreach (var row in rows)
        {
            var key = MenuKey.Of(row.Item);
            var before = write.GetValueOrDefault(key) ?? known.GetValueOrDefault(key);
            var size = sizes.GetValueOrDefault(key.Menu) + (before is null ? 1 : 0);
            if (Fault(row.Item, size, buildings.GetValueOrDefault(row.Item.Building)) is var (field, reason))
            {
                tally.Bad(row, field, reason);
                continue;
            }

            if (!tally.Count(before, row.Item)) continue;
            write[key] = row.Item;
            sizes[key.Menu] = size;
        }

        if (write.Count > 0) await _store.Write([.. write.Values], stop);
    }

    private static (string Field, string Reason)? Fault(MenuItem item, int size, BuildingProfile? building)
    {
        if (building is null) return ("building_id", $"Building {item.Building} is not registered: send it before its menus.");
        if (!MenuRules.MayCutOff(item.OrderUntil, item.Day, building.ZoneId)) return ("order_until", $"A cut-off should be from 1970 to the end of the day in {building.ZoneId}.");
        if (size > Limits.MenuItemsMax) return ("product_code", $"{item.Seller} offers {Limits.MenuItemsMax} items there on that day, which are the most: send fewer, or replace the menu as a whole.");
        return null;
    }
}
