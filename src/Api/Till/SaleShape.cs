using Google.Protobuf.Collections;
using Zvonok.Api.Hosting;
using Zvonok.Api.Shapes;
using Zvonok.Grains.Journal;
using SaleLine = Zvonok.Domain.Accounts.SaleLine;

namespace Zvonok.Api.Till;

/// <summary>What sales, meals and reversals have in common, as the domain has it.</summary>
internal static class SaleShape
{
    /// <summary>A till's operator, or a validator's carrier.</summary>
    public static ContraAccount SellerOf(DeviceRecord? device, int id, DeviceKind kind = DeviceKind.Till) => device?.Device switch
    {
        null => throw NotFoundException.Device(id),
        var known when known.Kind != kind => throw new BadFieldException("device_id", $"device {id} is registered as a {known.Kind}: should be a {kind}."),
        var known => known.Seller,
    };

    /// <summary>The lines, each field checked.</summary>
    public static SaleLine[] Lines(RepeatedField<Zvonok.Till.V1.SaleLine> lines)
    {
        if (lines.Count is < 1 or > Limits.SaleLinesMax) Check.Fail("lines", $"1 to {Limits.SaleLinesMax} lines");
        var checkedLines = new SaleLine[lines.Count];
        for (var i = 0; i < lines.Count; i++) checkedLines[i] = Line(lines[i], i);
        return checkedLines;
    }

    /// <summary>The total, which is the sum of the lines.</summary>
    public static Money Total(long kopecks, SaleLine[] lines)
    {
        var total = Check.Amount(kopecks, "total_kopecks");
        var sum = Money.Zero;
        foreach (var line in lines) sum += line.Total;
        return sum == total ? total : throw Check.Bad("total_kopecks", $"{sum.Kopecks}, the sum of the lines");
    }

    /// <summary>Some lines of a sale, by their indexes.</summary>
    public static LineSet LineSetOf(RepeatedField<int> indexes)
    {
        for (var i = 0; i < indexes.Count; i++)
            if (indexes[i] is < 0 or >= Limits.SaleLinesMax) Check.Fail($"line_indexes[{i}]", $"a line's index: 0 to {Limits.SaleLinesMax - 1}");
        return LineSet.Of(indexes);
    }

    /// <summary>A line as tills see it.</summary>
    public static Zvonok.Till.V1.SaleLine ToMessage(SaleLine line) => new()
    {
        ProductCode = line.ProductCode,
        Category = (Zvonok.Till.V1.ProductCategory)line.Category,
        Quantity = line.Quantity,
        UnitPriceKopecks = line.UnitPrice.Kopecks,
        Allergens = { AllergenShape.ToMessages(line.Allergens) },
    };

    private static SaleLine Line(Zvonok.Till.V1.SaleLine line, int i)
    {
        if (line.ProductCode.Length is < 1 or > Limits.ProductCodeLengthMax || line.ProductCode.AsSpan().IndexOfAnyExceptInRange(' ', '~') >= 0)
            Check.Fail($"lines[{i}].product_code", $"1 to {Limits.ProductCodeLengthMax} printable ASCII characters");
        if (line.Category is not (Zvonok.Till.V1.ProductCategory.HotMeal or Zvonok.Till.V1.ProductCategory.Buffet))
            Check.Fail($"lines[{i}].category", "HOT_MEAL or BUFFET");
        if (line.Quantity is < 1 or > Limits.QuantityMax) Check.Fail($"lines[{i}].quantity", $"1 to {Limits.QuantityMax}");
        if (line.UnitPriceKopecks is < 0 or > Limits.AmountMax) Check.Fail($"lines[{i}].unit_price_kopecks", $"0 to {Limits.AmountMax} kopecks");
        if (!AllergenShape.TryRead(line.Allergens, out var allergens)) Check.Fail($"lines[{i}].allergens", "known allergens");
        return new SaleLine(line.ProductCode, (Domain.Accounts.ProductCategory)line.Category, line.Quantity, new Money(line.UnitPriceKopecks), allergens);
    }
}
