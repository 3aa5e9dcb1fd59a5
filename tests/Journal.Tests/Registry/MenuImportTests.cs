using Zvonok.Domain.Menus;
using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.Registry;

[Collection(OnEveryStore.Name)]
[Trait("Rule", "M6")]
[Trait("Rule", "N4")]
public sealed class MenuImportTests(Databases databases)
{
    private static readonly BuildingId Kindergarten = new(1502);

    [Theory, EveryStore]
    public async Task Items_are_added_and_changed_and_the_same_again_change_nothing(Store store)
    {
        await using var journal = await databases.Open(store);
        var rest = Given.MenuItem(code: "REST");
        var there = Given.MenuItem(Given.Today.PlusDays(1), MealKind.Dinner) with { Building = Kindergarten };
        MenuItem[] items = [Given.MenuItem(), there, Given.MenuItem(seller: ContraAccount.Operator(8))];
        await journal.Register(new BuildingRow(1, Given.Building), new BuildingRow(2, new BuildingProfile(Kindergarten, Given.Zone)));
        await journal.Menus.Replace(Given.School, Given.Today, Given.Seller, [rest]);

        (await Import(journal, items)).ShouldBe((3, 0, 0));
        (await Import(journal, items)).ShouldBe((0, 0, 3));
        items[0] = items[0] with
        {
            Product = new SaleLine("LUNCH", ProductCategory.Buffet, 1, new Money(1), Allergens.Molluscs),
            Name = "Ужин",
            OrderUntil = Instant.FromUtc(2026, 9, 1, 21, 0),
            IsKept = true,
        };
        // Of two rows for one item the later one counts.
        (await Import(journal, items[0] with { Name = "Завтрак" }, items[0], items[1])).ShouldBe((0, 2, 1));

        (await journal.Menus.Find(Given.School, [Given.Today])).ShouldBe([rest, items[0], items[2]], ignoreOrder: true);
        (await journal.Menus.Find(Kindergarten, [there.Day])).ShouldBe([there]);
    }

    [Theory, EveryStore]
    public async Task Bad_items_are_told_by_number_field_and_reason_and_good_ones_stay(Store store)
    {
        await using var journal = await databases.Open(store);
        await journal.Register(new BuildingRow(1, Given.Building));
        await journal.Menus.Replace(Given.School, Given.Today, Given.Seller, [.. Enumerable.Range(1, Limits.MenuItemsMax - 1).Select(n => Given.MenuItem(code: $"{n}"))]);

        var outcome = await journal.Registry.Import(
            [
                new MenuItemRow(11, Given.MenuItem() with { Building = new BuildingId(404) }),
                new MenuItemRow(12, Given.MenuItem() with { OrderUntil = Instant.FromUtc(2026, 9, 1, 21, 1) }),
                new MenuItemRow(13, Given.MenuItem(code: "100")),
                new MenuItemRow(14, Given.MenuItem(code: "101")),
                new MenuItemRow(15, Given.MenuItem(code: "100") with { IsKept = true }),
                new MenuItemRow(16, Given.MenuItem(code: "101", seller: ContraAccount.Operator(8))),
            ],
            CancellationToken.None);

        (outcome.Added, outcome.Changed, outcome.Unchanged).ShouldBe((2, 1, 0));
        outcome.Bad.ShouldBe(
        [
            new BadRow(11, "building_id", "Building 404 is not registered: send it before its menus."),
            new BadRow(12, "order_until", "A cut-off should be from 1970 to the end of the day in Europe/Moscow."),
            new BadRow(14, "product_code", "operator/7 offers 100 items there on that day, which are the most: send fewer, or replace the menu as a whole."),
        ]);
        (await journal.Number("select count(*) from menu_item")).ShouldBe(Limits.MenuItemsMax + 1);
    }

    private static async Task<(long Added, long Changed, long Unchanged)> Import(TestJournal journal, params MenuItem[] items)
    {
        var outcome = await journal.Registry.Import([.. items.Select((item, i) => new MenuItemRow(i + 1, item))], CancellationToken.None);
        outcome.Bad.ShouldBeEmpty();
        return (outcome.Added, outcome.Changed, outcome.Unchanged);
    }
}
