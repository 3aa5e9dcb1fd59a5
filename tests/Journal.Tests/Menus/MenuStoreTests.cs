using Zvonok.Domain.Menus;
using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.Menus;

[Collection(OnEveryStore.Name)]
[Trait("Rule", "M6")]
public sealed class MenuStoreTests(Databases databases)
{
    private static readonly LocalDate Tomorrow = Given.Today.PlusDays(1);
    private static readonly ContraAccount Other = ContraAccount.Operator(8);

    [Theory, EveryStore]
    public async Task A_menu_is_read_as_it_was_set_to_the_last_field(Store store)
    {
        await using var journal = await Registered(store);
        var plain = Given.MenuItem();
        var all = Given.MenuItem(meal: MealKind.Dinner, code: "~ ALL ~") with
        {
            Product = new SaleLine("~ ALL ~", ProductCategory.Buffet, 1, new Money(Limits.AmountMax), (Allergens)0x3FFF),
            Name = new string('щ', Limits.ProductNameLengthMax),
            OrderUntil = Instant.FromUnixTimeMilliseconds(1_788_249_600_123),
            IsKept = true,
        };

        await Set(journal, Given.Today, Given.Seller, plain, all);

        (await List(journal)).ShouldBe([plain, all]);
        (await journal.Menus.Find(Given.School, [Given.Today])).ShouldBe([plain, all], ignoreOrder: true);
    }

    [Theory, EveryStore]
    public async Task Setting_a_menu_replaces_that_operators_of_that_day_and_no_other(Store store)
    {
        await using var journal = await Registered(store);
        var (others, tomorrows) = (Given.MenuItem(seller: Other), Given.MenuItem(Tomorrow));
        await Set(journal, Given.Today, Other, others);
        await Set(journal, Tomorrow, Given.Seller, tomorrows);
        await Set(journal, Given.Today, Given.Seller, Given.MenuItem(), Given.MenuItem(code: "SOUP"));
        var (dearer, tea) = (Given.MenuItem() with { IsKept = true }, Given.MenuItem(meal: MealKind.Breakfast, code: "TEA"));

        for (var times = 0; times < 2; times++) await Set(journal, Given.Today, Given.Seller, dearer, tea);

        (await List(journal)).ShouldBe([tea, dearer, others, tomorrows]);
        await Set(journal, Given.Today, Given.Seller);
        (await List(journal)).ShouldBe([others, tomorrows]);
    }

    [Theory, EveryStore]
    public async Task What_is_offered_is_listed_by_day_meal_operator_and_code_and_no_more_than_asked_for(Store store)
    {
        await using var journal = await Registered(store);
        await Set(journal, Tomorrow, Given.Seller, Given.MenuItem(Tomorrow, MealKind.Breakfast));
        await Set(journal, Given.Today, Other, Given.MenuItem(seller: Other, code: "A"), Given.MenuItem(seller: Other, meal: MealKind.Breakfast));
        await Set(journal, Given.Today, Given.Seller, Given.MenuItem(code: "b"), Given.MenuItem(code: "B"), Given.MenuItem(code: "a"));

        (await List(journal)).Select(item => (item.Day, item.Meal, item.Seller.Id, item.Product.ProductCode)).ShouldBe(
        [
            (Given.Today, MealKind.Breakfast, 8, "LUNCH"),
            (Given.Today, MealKind.Lunch, 7, "B"),
            (Given.Today, MealKind.Lunch, 7, "a"),
            (Given.Today, MealKind.Lunch, 7, "b"),
            (Given.Today, MealKind.Lunch, 8, "A"),
            (Tomorrow, MealKind.Breakfast, 7, "LUNCH"),
        ]);
        (await journal.Menus.List(Given.School, Given.Today, Tomorrow, 2)).Count.ShouldBe(2);
        (await journal.Menus.List(Given.School, Tomorrow, Tomorrow, 10)).ShouldHaveSingleItem().Day.ShouldBe(Tomorrow);
        (await journal.Menus.List(new BuildingId(404), Given.Today, Tomorrow, 10)).ShouldBeEmpty();
    }

    [Theory, EveryStore]
    public async Task What_is_offered_is_found_by_the_days_that_are_asked_for(Store store)
    {
        await using var journal = await Registered(store);
        foreach (var day in Enumerable.Range(0, 4).Select(Given.Today.PlusDays)) await Set(journal, day, Given.Seller, Given.MenuItem(day));

        (await Found(Given.Today, Given.Today.PlusDays(3), Given.Today, Given.Today.PlusDays(9))).ShouldBe([Given.Today, Given.Today.PlusDays(3)]);
        (await Found()).ShouldBeEmpty();
        (await journal.Menus.Find(new BuildingId(404), [Given.Today])).ShouldBeEmpty();

        async Task<IEnumerable<LocalDate>> Found(params LocalDate[] days) => (await journal.Menus.Find(Given.School, days)).Select(item => item.Day).Order();
    }

    [Theory, EveryStore]
    public async Task A_school_that_nobody_registered_has_none(Store store)
    {
        await using var journal = await databases.Open(store);

        (await journal.Menus.Replace(Given.School, Given.Today, Given.Seller, [Given.MenuItem()])).ShouldBeFalse();
        (await journal.Menus.Replace(Given.School, Given.Today, Given.Seller, [])).ShouldBeFalse();
        (await List(journal)).ShouldBeEmpty();
    }

    [Theory, EveryStore]
    public async Task Of_many_who_set_one_menu_at_once_one_is_the_last_and_has_it_all(Store store)
    {
        await using var journal = await Registered(store);
        MenuItem[][] menus = [.. Enumerable.Range(0, 8).Select(n => Enumerable.Range(0, 20).Select(i => Given.MenuItem(code: $"{n}-{i}")).ToArray())];

        await Task.WhenAll(menus.Select(menu => Task.Run(() => Set(journal, Given.Today, Given.Seller, menu))));

        var left = await List(journal);
        left.Count.ShouldBe(20);
        left.Select(item => item.Product.ProductCode[0]).Distinct().Count().ShouldBe(1);
    }

    private async Task<TestJournal> Registered(Store store)
    {
        var journal = await databases.Open(store);
        await journal.Register(new BuildingRow(1, Given.Building));
        return journal;
    }

    private static async Task Set(TestJournal journal, LocalDate day, ContraAccount seller, params MenuItem[] items) =>
        (await journal.Menus.Replace(Given.School, day, seller, items)).ShouldBeTrue();

    private static Task<IReadOnlyList<MenuItem>> List(TestJournal journal) => journal.Menus.List(Given.School, Given.Today, Given.Today.PlusDays(30), 100);
}
