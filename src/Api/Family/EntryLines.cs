using Zvonok.Family.V1;
using ProductCategory = Zvonok.Till.V1.ProductCategory;

namespace Zvonok.Api.Family;

/// <summary>Lines of a sale as families and the feed are told them.</summary>
internal static class EntryLines
{
    public static EntryLine ToMessage(SaleLine line) => new()
    {
        ProductCode = line.ProductCode,
        Quantity = line.Quantity,
        UnitPriceKopecks = line.UnitPrice.Kopecks,
        Category = (ProductCategory)line.Category,
    };
}
