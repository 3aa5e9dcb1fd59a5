using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Zvonok.Domain.Menus;
using Zvonok.Family.V1;
using MealKind = Zvonok.Domain.Accounts.MealKind;
using MenuItem = Zvonok.Domain.Menus.MenuItem;
using ProductCategory = Zvonok.Domain.Accounts.ProductCategory;
using SaleLine = Zvonok.Domain.Accounts.SaleLine;

namespace Zvonok.Api.Shapes;

/// <summary>Menus as the protocol has them, and as the domain has them (M6).</summary>
internal static class MenuShape
{
    /// <summary>All that an operator offers at a school on a day, under the same terms.</summary>
    public static List<MenuItem> Read(
        BuildingId building, LocalDate day, ContraAccount seller, RepeatedField<Zvonok.Family.V1.MenuItem> items, Instant orderUntil, bool isKept)
    {
        if (items.Count > Limits.MenuItemsMax) Check.Fail("items", $"at most {Limits.MenuItemsMax}");
        var read = items.Select((item, i) => Read(building, day, seller, item, orderUntil, isKept, $"items[{i}].")).ToList();
        var there = new HashSet<(MealKind, string)>();
        for (var i = 0; i < read.Count; i++)
            if (!there.Add((read[i].Meal, read[i].Product.ProductCode))) Check.Fail($"items[{i}].product_code", "another one: this meal has it already");
        return read;
    }

    /// <summary>One item; <paramref name="at"/> goes before its fields' names in what is said of a bad one.</summary>
    public static MenuItem Read(
        BuildingId building, LocalDate day, ContraAccount seller, Zvonok.Family.V1.MenuItem item, Instant orderUntil, bool isKept, string at)
    {
        if (!AllergenShape.TryRead(item.Allergens, out var allergens)) Check.Fail($"{at}allergens", "known allergens");
        return new MenuItem(
            building, day, seller,
            Check.Enum<MealKind>((int)item.MealKind, $"{at}meal_kind"),
            new SaleLine(
                Check.Text(item.ProductCode, Limits.ProductCodeLengthMax, $"{at}product_code"),
                Check.Enum<ProductCategory>((int)item.Category, $"{at}category"),
                Quantity: 1,
                Check.Amount(item.PriceKopecks, $"{at}price_kopecks", min: 0),
                allergens),
            Check.Words(item.Name, Limits.ProductNameLengthMax, $"{at}name"),
            orderUntil,
            isKept);
    }

    /// <summary>The cut-off, to the millisecond; whether it may be then is for <see cref="MenuRules"/> to say.</summary>
    public static Instant OrderUntil(Timestamp? time) =>
        OperationRules.ToMillisecond(Check.Time(time, "order_until") ?? throw Check.Bad("order_until", "set: until when it may be ordered, changed and cancelled"));

    /// <summary>What becomes of an order that nobody fetches.</summary>
    public static bool IsKept(UnredeemedPolicy policy) => policy switch
    {
        UnredeemedPolicy.Refund => false,
        UnredeemedPolicy.Keep => true,
        _ => throw Check.Bad("unredeemed", "REFUND or KEEP"),
    };

    /// <summary>As families see it.</summary>
    public static OfferedItem ToMessage(MenuItem item) => new()
    {
        Date = item.Day.ToDate(),
        OperatorId = item.Seller.Id,
        Item = new()
        {
            MealKind = (Zvonok.Till.V1.MealKind)item.Meal,
            ProductCode = item.Product.ProductCode,
            Name = item.Name,
            Category = (Zvonok.Till.V1.ProductCategory)item.Product.Category,
            PriceKopecks = item.Product.UnitPrice.Kopecks,
            Allergens = { AllergenShape.ToMessages(item.Product.Allergens) },
        },
        OrderUntil = item.OrderUntil.ToTimestamp(),
        Unredeemed = item.IsKept ? UnredeemedPolicy.Keep : UnredeemedPolicy.Refund,
    };
}
