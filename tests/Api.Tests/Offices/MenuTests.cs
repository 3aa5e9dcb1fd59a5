using Zvonok.Api.Tests.Servers;
using Zvonok.Api.Tests.Shapes;
using Zvonok.Domain;
using Zvonok.Family.V1;
using Zvonok.Office.V1;
using Zvonok.Till.V1;

namespace Zvonok.Api.Tests.Offices;

[Collection(nameof(World))]
[Trait("Rule", "M6")]
public sealed class MenuTests(World world)
{
    private readonly Server _server = world.Server;

    [Fact]
    public async Task A_family_sees_what_may_be_ordered_until_when_and_what_becomes_of_it_unfetched()
    {
        var school = await _server.NewSchool();
        var menu = Given.Menu(school);

        for (var times = 0; times < 2; times++) await _server.Office.SetMenuAsync(menu);

        (await _server.Families.ListMenusAsync(Given.Menus(school))).ShouldBe(new ListMenusResponse
        {
            Items =
            {
                menu.Items.Select(item => new OfferedItem { Date = menu.Date, OperatorId = 7, Item = item, OrderUntil = menu.OrderUntil, Unredeemed = UnredeemedPolicy.Refund }),
            },
        });
    }

    [Fact]
    public async Task A_menu_is_replaced_as_a_whole_and_without_items_it_is_gone()
    {
        var school = await _server.NewSchool();
        var (menu, others) = (Given.Menu(school), Given.Menu(school));
        others.OperatorId = 8;
        await _server.Office.SetMenuAsync(others);
        await _server.Office.SetMenuAsync(menu);

        menu.Items.RemoveAt(0);
        menu.Unredeemed = UnredeemedPolicy.Keep;
        await _server.Office.SetMenuAsync(menu);
        (await Offered()).ShouldBe([("BUN", 8, UnredeemedPolicy.Refund), ("LUNCH-1", 7, UnredeemedPolicy.Keep), ("LUNCH-2", 7, UnredeemedPolicy.Keep), ("LUNCH-1", 8, UnredeemedPolicy.Refund), ("LUNCH-2", 8, UnredeemedPolicy.Refund)]);

        await _server.Office.SetMenuAsync(new SetMenuRequest { BuildingId = school, Date = menu.Date, OperatorId = 7 });
        (await Offered()).ShouldAllBe(one => one.Operator == 8);

        async Task<IEnumerable<(string Code, int Operator, UnredeemedPolicy Unredeemed)>> Offered() =>
            (await _server.Families.ListMenusAsync(Given.Menus(school))).Items.Select(one => (one.Item.ProductCode, one.OperatorId, one.Unredeemed));
    }

    [Fact]
    [Trait("Rule", "D3")]
    public async Task A_menu_may_have_100_items_of_the_largest_and_its_cut_off_at_the_end_of_its_day()
    {
        var school = await _server.NewSchool();
        var menu = Given.Menu(school);
        menu.Items.Clear();
        menu.Items.Add(Enumerable.Range(0, Limits.MenuItemsMax).Select(n => new MenuItem
        {
            MealKind = MealKind.AfternoonSnack,
            ProductCode = $"{n}".PadLeft(Limits.ProductCodeLengthMax, '0'),
            Name = new string('€', Limits.ProductNameLengthMax),
            Category = ProductCategory.Buffet,
            PriceKopecks = Limits.AmountMax,
            Allergens = { Enumerable.Range(1, 14).Select(allergen => (Allergen)allergen) },
        }));
        // Midnight in Moscow.
        menu.OrderUntil = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTime(new DateTime(2030, 9, 2, 21, 0, 0, DateTimeKind.Utc));

        await _server.Office.SetMenuAsync(menu);

        var query = Given.Menus(school);
        query.PageSize = 200;
        (await _server.Families.ListMenusAsync(query)).Items.Select(one => one.Item).ShouldBe(menu.Items);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(200)]
    public async Task Pages_join_without_a_gap_or_a_repeat(int pageSize)
    {
        var school = await _server.NewSchool();
        foreach (var day in new[] { 2, 3, 30 }) await _server.Office.SetMenuAsync(Given.Menu(school, day));
        await _server.Office.SetMenuAsync(Given.Menu(school, 1));
        var query = Given.Menus(school, first: 2);
        query.PageSize = pageSize;

        var all = new List<(int, string)>();
        do
        {
            var page = await _server.Families.ListMenusAsync(query);
            page.Items.Count.ShouldBeInRange(1, pageSize);
            all.AddRange(page.Items.Select(one => (one.Date.Day, one.Item.ProductCode)));
            query.PageToken = page.NextPageToken;
        }
        while (query.PageToken.Length > 0);

        all.ShouldBe(new[] { 2, 3, 30 }.SelectMany(day => new[] { (day, "BUN"), (day, "LUNCH-1"), (day, "LUNCH-2") }));
    }

    [Fact]
    public async Task A_school_without_a_menu_offers_nothing_and_one_that_nobody_registered_is_not_found()
    {
        (await _server.Families.ListMenusAsync(Given.Menus(await _server.NewSchool()))).ShouldBe(new ListMenusResponse());

        (await FaultOf.Call(async () => await _server.Families.ListMenusAsync(Given.Menus(404)), StatusCode.NotFound)).Message.ShouldStartWith("building_id");
        (await FaultOf.Call(async () => await _server.Office.SetMenuAsync(Given.Menu(404)), StatusCode.NotFound)).Message.ShouldStartWith("building_id");
        await FaultOf.Call(async () => await _server.Office.SetMenuAsync(new SetMenuRequest { BuildingId = 404, Date = Given.Menu().Date, OperatorId = 7 }), StatusCode.NotFound);
    }
}
