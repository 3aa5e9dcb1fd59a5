using Google.Protobuf.Collections;
using Zvonok.Api.Hosting;
using Zvonok.Api.Shapes;
using Zvonok.Grains;
using Zvonok.Grains.Cards;
using Zvonok.Grains.Devices;
using Zvonok.Grains.Journal;
using Zvonok.Till.V1;
using SaleLine = Zvonok.Domain.Accounts.SaleLine;

namespace Zvonok.Api.Till;

/// <summary>A sale's way in, that of a meal at public cost, and their reversal's: shape, device, card or account, answer.</summary>
internal sealed class SaleDoor(Door door, DeviceDirectory devices, TokenKey key, CardRouter cards, OverrideAuthority authority, GrainLookup grains)
{
    public ValueTask<AccountAnswer> Sell(SellRequest request) =>
        door.Do(OperationKind.Sell, (sales: this, request), static way => way.sales.DoSell(way.request));

    public ValueTask<AccountAnswer> Redeem(RedeemMealRequest request) =>
        door.Do(OperationKind.RedeemMeal, (sales: this, request), static way => way.sales.DoRedeem(way.request));

    public ValueTask<AccountAnswer> Reverse(ReverseSaleRequest request) =>
        door.Do(OperationKind.ReverseSale, (sales: this, request), static way => way.sales.DoReverse(way.request));

    // Usually the till is known. Then the card's answer is all that is awaited, and by the caller itself.
    private ValueTask<AccountAnswer> DoSell(SellRequest request)
    {
        var till = FindTill(request.DeviceId);
        return till.IsCompletedSuccessfully ? SellAt(till.Result, request) : SellAtFound(till, request);
    }

    private async ValueTask<AccountAnswer> SellAtFound(ValueTask<DeviceRecord?> till, SellRequest request) => await SellAt(await till, request);

    private ValueTask<AccountAnswer> SellAt(DeviceRecord? till, SellRequest request)
    {
        var operation = Check.Operation(request.OperationId);
        var token = Check.Token(key, request.CardUid);
        var lines = Lines(request.Lines);
        var sale = new Sale
        {
            Operation = operation,
            EventTime = Check.Time(request.EventTime),
            Device = new DeviceId(request.DeviceId),
            Seller = SellerOf(till, request.DeviceId),
            Lines = lines,
            Total = Total(request.TotalKopecks, lines),
            CreditFloor = till!.CreditFloor,
            IsConfirmed = request.CashierConfirmed,
        };
        return request.StopListOverride is { } asked ? SellOverriding(token, sale, till.Device.Building, asked) : cards.Sell(token, sale);
    }

    private async ValueTask<AccountAnswer> SellOverriding(CardToken token, Sale sale, BuildingId building, StopListOverride asked) =>
        await cards.Sell(token, sale with { Override = await authority.Attest(asked, building, sale.EventTime) });

    private async ValueTask<AccountAnswer> DoRedeem(RedeemMealRequest request)
    {
        var till = await FindTill(request.DeviceId);
        var operation = Check.Operation(request.OperationId);
        var token = Check.Token(key, request.CardUid);
        var lines = Lines(request.Lines);
        var redemption = new Redemption
        {
            Operation = operation,
            EventTime = Check.Time(request.EventTime),
            Device = new DeviceId(request.DeviceId),
            Seller = SellerOf(till, request.DeviceId),
            Meal = Check.Enum<Domain.Accounts.MealKind>((int)request.MealKind, "meal_kind"),
            Lines = lines,
            Total = Total(request.TotalKopecks, lines),
            IsConfirmed = request.CashierConfirmed,
        };
        if (request.StopListOverride is { } asked) redemption = redemption with { Override = await authority.Attest(asked, till!.Device.Building, redemption.EventTime) };
        return await cards.Redeem(token, redemption);
    }

    private async ValueTask<AccountAnswer> DoReverse(ReverseSaleRequest request)
    {
        var account = Check.Account(request.AccountNumber);
        var till = await FindTill(request.DeviceId);
        var reversal = new Reversal
        {
            Operation = Check.Operation(request.OperationId),
            EventTime = Check.Time(request.EventTime),
            Device = new DeviceId(request.DeviceId),
            Seller = SellerOf(till, request.DeviceId),
            SaleSeq = request.SaleEntryNumber >= 1 ? request.SaleEntryNumber : throw Check.Bad("sale_entry_number", "the entry number of the sale's answer, 1 or more"),
            Lines = LineSetOf(request.LineIndexes),
        };
        return await grains.Account(account).Reverse(reversal);
    }

    private ValueTask<DeviceRecord?> FindTill(int id) => devices.Find(new DeviceId(Check.Id(id, "device_id")));

    private static ContraAccount SellerOf(DeviceRecord? till, int id) => till?.Device switch
    {
        null => throw new NotFoundException($"device_id: device {id} is not registered: import it first."),
        { Kind: not DeviceKind.Till } => throw new BadFieldException("device_id", $"device {id} is registered as another kind of device: sales come from tills."),
        var device => device.Seller,
    };

    private static SaleLine[] Lines(RepeatedField<Zvonok.Till.V1.SaleLine> lines)
    {
        if (lines.Count is < 1 or > Limits.SaleLinesMax) Check.Fail("lines", $"1 to {Limits.SaleLinesMax} lines");
        var checkedLines = new SaleLine[lines.Count];
        for (var i = 0; i < lines.Count; i++) checkedLines[i] = Line(lines[i], i);
        return checkedLines;
    }

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

    private static LineSet LineSetOf(RepeatedField<int> indexes)
    {
        for (var i = 0; i < indexes.Count; i++)
            if (indexes[i] is < 0 or >= Limits.SaleLinesMax) Check.Fail($"line_indexes[{i}]", $"a line's index: 0 to {Limits.SaleLinesMax - 1}");
        return LineSet.Of(indexes);
    }

    private static Money Total(long kopecks, SaleLine[] lines)
    {
        var total = Check.Amount(kopecks, "total_kopecks");
        var sum = Money.Zero;
        foreach (var line in lines) sum += line.Total;
        return sum == total ? total : throw Check.Bad("total_kopecks", $"{sum.Kopecks}, the sum of the lines");
    }
}
