using Google.Protobuf.Collections;
using Zvonok.Api.Shapes;
using Zvonok.Family.V1;
using ProductCategory = Zvonok.Domain.Accounts.ProductCategory;
using ProductStop = Zvonok.Domain.Accounts.ProductStop;
using StopList = Zvonok.Domain.Accounts.StopList;
using StopStrength = Zvonok.Domain.Accounts.StopStrength;

namespace Zvonok.Api.Family;

/// <summary>Stop lists as the protocol has them, and as the domain has them.</summary>
internal static class StopListShape
{
    private const int CategoriesMax = 2;

    /// <summary>Null for one that stops nothing.</summary>
    public static StopList? Read(Zvonok.Family.V1.StopList? list)
    {
        if (list is null) return null;
        if (!AllergenShape.TryRead(list.Allergens, out var allergens)) Check.Fail("stop_list.allergens", "known allergens");
        var categories = Categories(list.Categories);
        var read = new StopList(
            allergens,
            categories.TryGetValue(ProductCategory.HotMeal, out var hotMeal) ? hotMeal : null,
            categories.TryGetValue(ProductCategory.Buffet, out var buffet) ? buffet : null,
            Products(list.Products));
        return read.IsEmpty ? null : read;
    }

    /// <summary>As the protocol has it; null for none.</summary>
    public static Zvonok.Family.V1.StopList? ToMessage(StopList? list)
    {
        if (list is null) return null;
        var message = new Zvonok.Family.V1.StopList
        {
            Allergens = { AllergenShape.ToMessages(list.Allergens) },
            Products =
            {
                list.Products.Select(stop => new Zvonok.Family.V1.ProductStop
                {
                    OperatorId = stop.Seller.Id,
                    ProductCode = stop.ProductCode,
                    Strength = (Zvonok.Family.V1.StopStrength)stop.Strength,
                }),
            },
        };
        if (list.HotMeal is { } hotMeal) message.Categories.Add(Category(Zvonok.Till.V1.ProductCategory.HotMeal, hotMeal));
        if (list.Buffet is { } buffet) message.Categories.Add(Category(Zvonok.Till.V1.ProductCategory.Buffet, buffet));
        return message;
    }

    private static CategoryStop Category(Zvonok.Till.V1.ProductCategory category, StopStrength strength) =>
        new() { Category = category, Strength = (Zvonok.Family.V1.StopStrength)strength };

    private static Dictionary<ProductCategory, StopStrength> Categories(RepeatedField<CategoryStop> stops)
    {
        if (stops.Count > CategoriesMax) Check.Fail("stop_list.categories", $"at most {CategoriesMax}: each category once");
        var read = new Dictionary<ProductCategory, StopStrength>();
        for (var i = 0; i < stops.Count; i++)
        {
            var category = Check.Enum<ProductCategory>((int)stops[i].Category, $"stop_list.categories[{i}].category");
            if (!read.TryAdd(category, Check.Enum<StopStrength>((int)stops[i].Strength, $"stop_list.categories[{i}].strength")))
                Check.Fail($"stop_list.categories[{i}].category", "another one: this category is there already");
        }

        return read;
    }

    private static ProductStop[] Products(RepeatedField<Zvonok.Family.V1.ProductStop> stops)
    {
        if (stops.Count > Limits.StoppedProductsMax) Check.Fail("stop_list.products", $"at most {Limits.StoppedProductsMax} products");
        var read = new ProductStop[stops.Count];
        var known = new HashSet<(int, string)>();
        for (var i = 0; i < stops.Count; i++)
        {
            var at = $"stop_list.products[{i}].";
            read[i] = new ProductStop(
                ContraAccount.Operator(Check.Id(stops[i].OperatorId, $"{at}operator_id")),
                Check.Text(stops[i].ProductCode, Limits.ProductCodeLengthMax, $"{at}product_code"),
                Check.Enum<StopStrength>((int)stops[i].Strength, $"{at}strength"));
            if (!known.Add((stops[i].OperatorId, stops[i].ProductCode))) Check.Fail($"{at}product_code", "another one: this product is there already");
        }

        return read;
    }
}
