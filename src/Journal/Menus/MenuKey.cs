using Zvonok.Domain.Menus;

namespace Zvonok.Journal.Menus;

/// <summary>What makes an item of a menu the same item.</summary>
internal readonly record struct MenuKey(BuildingId Building, LocalDate Day, ContraAccount Seller, MealKind Meal, string Code)
{
    /// <summary>The menu in which it is: an operator's at a school on a day.</summary>
    public (BuildingId Building, LocalDate Day, ContraAccount Seller) Menu => (Building, Day, Seller);

    public static MenuKey Of(MenuItem item) => new(item.Building, item.Day, item.Seller, item.Meal, item.Product.ProductCode);
}
