using Zvonok.Api.Registry;
using Zvonok.Api.Tests.Servers;
using Zvonok.Domain;
using Zvonok.Family.V1;
using Zvonok.Registry.V1;

namespace Zvonok.Api.Tests.Registries;

/// <summary>Single items of menus come in by import; the rest of a menu stays.</summary>
[Collection(nameof(World))]
[Trait("Rule", "M6")]
[Trait("Rule", "N4")]
public sealed class MenuImportTests(World world)
{
    private readonly Server _server = world.Server;

    [Fact]
    public async Task An_item_is_added_or_takes_its_own_place_and_the_rest_of_the_menu_stays()
    {
        var school = await _server.NewSchool();
        await _server.Office.SetMenuAsync(Given.Menu(school));
        var (changed, added, unchanged) = (Given.MenuItem(school), Given.MenuItem(school, code: "LUNCH-3"), Given.MenuItem(school, day: 3));
        (changed.PriceKopecks, changed.Unredeemed) = (20_000, UnredeemedPolicy.Keep);
        Row[] rows = [.. new[] { changed, added, unchanged }.Select(item => new Row { MenuItem = item })];

        (await _server.Import([.. rows, rows[2]])).ShouldBe(new ImportResponse { AddedCount = 2, ChangedCount = 1, UnchangedCount = 1 });
        (await _server.Import(rows)).ShouldBe(new ImportResponse { UnchangedCount = 3 });

        (await _server.Families.ListMenusAsync(Given.Menus(school))).Items.Select(one => (one.Date.Day, one.Item.ProductCode, one.Item.PriceKopecks, one.Unredeemed)).ShouldBe(
        [
            (2, "BUN", 4_500, UnredeemedPolicy.Refund),
            (2, "LUNCH-1", 20_000, UnredeemedPolicy.Keep),
            (2, "LUNCH-2", 0, UnredeemedPolicy.Refund),
            (2, "LUNCH-3", 18_500, UnredeemedPolicy.Refund),
            (3, "LUNCH-1", 18_500, UnredeemedPolicy.Refund),
        ]);
    }

    [Fact]
    [Trait("Rule", "D3")]
    public async Task Item_101_of_a_menu_is_a_bad_row()
    {
        var school = await _server.NewSchool();
        Row[] rows = [.. Enumerable.Range(1, Limits.MenuItemsMax + 1).Select(n => new Row { MenuItem = Given.MenuItem(school, code: $"{n}") })];
        await _server.Import(rows[..60]);

        var response = await _server.Import([.. rows, new Row { MenuItem = Given.MenuItem(school, day: 3) }]);

        (response.AddedCount, response.UnchangedCount, response.BadCount).ShouldBe((41, 60, 1));
        response.BadRows[0].ShouldSatisfyAllConditions(
            bad => (bad.RowNumber, bad.Field).ShouldBe((101, "product_code")),
            bad => bad.Reason.ShouldStartWith("operator/7 offers 100 items there on that day, which are the most:"));
    }

    [Fact]
    public async Task The_example_is_a_good_menu()
    {
        using var text = File.OpenText(Path.Combine(Repository.Root, "docs", "examples", "menu.csv"));
        var school = await _server.NewSchool();
        Row[] rows = [.. CsvFile.Read(text).Select(line => line.Row.ShouldNotBeNull($"{line.Field}: {line.Reason}"))];
        foreach (var row in rows) row.MenuItem.BuildingId = school;

        (await _server.Import(rows)).ShouldBe(new ImportResponse { AddedCount = 3 });
    }
}
