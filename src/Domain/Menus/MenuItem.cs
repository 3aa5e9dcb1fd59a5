using Zvonok.Domain.Accounts;

namespace Zvonok.Domain.Menus;

/// <summary>Something that may be ordered ahead for one meal of one day at one school (M6). Its terms go along with each order, so that a later change of the menu changes no order.</summary>
/// <param name="Building">The school at which it is served.</param>
/// <param name="Day">The calendar day, in the school's zone.</param>
/// <param name="Seller">The operator who serves it.</param>
/// <param name="Meal">For which meal.</param>
/// <param name="Product">What it is, one piece of it: the operator's code, category, price and allergens.</param>
/// <param name="Name">What it is called, in the language of the school: at most <see cref="Limits.ProductNameLengthMax"/> characters.</param>
/// <param name="OrderUntil">The cut-off: until then it may be ordered, changed and cancelled.</param>
/// <param name="IsKept">What becomes of an order that nobody fetches: the operator keeps the money, or else the purse has it back.</param>
public sealed record MenuItem(
    BuildingId Building, LocalDate Day, ContraAccount Seller, MealKind Meal, SaleLine Product, string Name, Instant OrderUntil, bool IsKept);
