using Zvonok.Api.Hosting;
using Zvonok.Api.Shapes;
using Zvonok.Grains;
using Zvonok.Grains.Cards;
using Zvonok.Grains.Devices;
using Zvonok.Grains.Journal;
using Zvonok.Till.V1;

namespace Zvonok.Api.Till;

/// <summary>A sale's way in, that of a meal at public cost, and their reversal's: shape, device, card or account, answer.</summary>
internal sealed class SaleDoor(Door door, DeviceDirectory devices, CardTokens tokens, CardRouter cards, Employees employees, GrainLookup grains)
{
    public ValueTask<AccountAnswer> Sell(SellRequest request, bool isFact = false) =>
        door.Do(OperationKind.Sell, (sales: this, request, isFact), static way => way.sales.DoSell(way.request, way.isFact));

    public ValueTask<AccountAnswer> Redeem(RedeemMealRequest request, bool isFact = false) =>
        door.Do(OperationKind.RedeemMeal, (sales: this, request, isFact), static way => way.sales.DoRedeem(way.request, way.isFact));

    public ValueTask<AccountAnswer> RedeemOrder(RedeemOrderRequest request, bool isFact = false) =>
        door.Do(OperationKind.RedeemOrder, (sales: this, request, isFact), static way => way.sales.DoRedeemOrder(way.request, way.isFact));

    public ValueTask<AccountAnswer> Reverse(ReverseSaleRequest request) =>
        door.Do(OperationKind.ReverseSale, (sales: this, request), static way => way.sales.DoReverse(way.request));

    // Usually the till is known. Then the card's answer is all that is awaited, and by the caller itself.
    private ValueTask<AccountAnswer> DoSell(SellRequest request, bool isFact)
    {
        var till = FindTill(request.DeviceId);
        return till.IsCompletedSuccessfully ? SellAt(till.Result, request, isFact) : SellAtFound(till, request, isFact);
    }

    private async ValueTask<AccountAnswer> SellAtFound(ValueTask<DeviceRecord?> till, SellRequest request, bool isFact) => await SellAt(await till, request, isFact);

    private ValueTask<AccountAnswer> SellAt(DeviceRecord? till, SellRequest request, bool isFact)
    {
        var operation = Check.Operation(request.OperationId);
        var token = tokens.Of(request.CardUid);
        var lines = SaleShape.Lines(request.Lines);
        var sale = new Sale
        {
            Operation = operation,
            EventTime = Check.Time(request.EventTime),
            Device = new DeviceId(request.DeviceId),
            Seller = SaleShape.SellerOf(till, request.DeviceId),
            Lines = lines,
            Total = SaleShape.Total(request.TotalKopecks, lines),
            CreditFloor = till!.CreditFloor,
            IsConfirmed = request.CashierConfirmed,
            IsFact = isFact,
        };
        if (request.StopListOverride is { } asked) return SellOverriding(token, sale, till.Device.Building, asked);
        return token.IsCompletedSuccessfully ? cards.Sell(token.Result, sale) : SellFound(token, sale);
    }

    private async ValueTask<AccountAnswer> SellFound(ValueTask<CardToken> token, Sale sale) => await cards.Sell(await token, sale);

    private async ValueTask<AccountAnswer> SellOverriding(ValueTask<CardToken> token, Sale sale, BuildingId building, StopListOverride asked) =>
        await cards.Sell(await token, sale with { Override = await Ask(asked, building, sale.EventTime) });

    private async ValueTask<AccountAnswer> DoRedeem(RedeemMealRequest request, bool isFact)
    {
        var till = await FindTill(request.DeviceId);
        var operation = Check.Operation(request.OperationId);
        var token = await tokens.Of(request.CardUid);
        var lines = SaleShape.Lines(request.Lines);
        var redemption = new Redemption
        {
            Operation = operation,
            EventTime = Check.Time(request.EventTime),
            Device = new DeviceId(request.DeviceId),
            Seller = SaleShape.SellerOf(till, request.DeviceId),
            Meal = Check.Enum<Domain.Accounts.MealKind>((int)request.MealKind, "meal_kind"),
            Lines = lines,
            Total = SaleShape.Total(request.TotalKopecks, lines),
            IsConfirmed = request.CashierConfirmed,
            IsFact = isFact,
        };
        if (request.StopListOverride is { } asked) redemption = redemption with { Override = await Ask(asked, till!.Device.Building, redemption.EventTime) };
        return await cards.Redeem(token, redemption);
    }

    private async ValueTask<AccountAnswer> DoRedeemOrder(RedeemOrderRequest request, bool isFact)
    {
        var till = await FindTill(request.DeviceId);
        var redemption = new OrderRedemption
        {
            Operation = Check.Operation(request.OperationId),
            EventTime = Check.Time(request.EventTime),
            Device = new DeviceId(request.DeviceId),
            Seller = SaleShape.SellerOf(till, request.DeviceId),
            Meal = Check.Enum<Domain.Accounts.MealKind>((int)request.MealKind, "meal_kind"),
            IsFact = isFact,
        };
        var token = await tokens.Of(request.CardUid);
        if (request.StopListOverride is { } asked) redemption = redemption with { Override = await Ask(asked, till!.Device.Building, redemption.EventTime) };
        return await cards.RedeemOrder(token, redemption);
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
            Seller = SaleShape.SellerOf(till, request.DeviceId),
            SaleSeq = request.SaleEntryNumber >= 1 ? request.SaleEntryNumber : throw Check.Bad("sale_entry_number", "the entry number of the sale's answer, 1 or more"),
            Lines = SaleShape.LineSetOf(request.LineIndexes),
        };
        return await grains.Account(account).Reverse(reversal);
    }

    private async ValueTask<OverrideRequest> Ask(StopListOverride asked, BuildingId building, Instant? eventTime)
    {
        var reason = Check.Words(asked.Reason, Limits.ReasonLengthMax, "stop_list_override.reason");
        return new OverrideRequest(await employees.WhoMay(asked.EmployeeCardUid, "stop_list_override.employee_card_uid", building, eventTime), reason);
    }

    private ValueTask<DeviceRecord?> FindTill(int id) => devices.Find(new DeviceId(Check.Id(id, "device_id")));
}
