using Zvonok.Api.Hosting;
using Zvonok.Api.Shapes;
using Zvonok.Grains;
using Zvonok.Grains.Accounts;
using Zvonok.Grains.Cards;
using Zvonok.Grains.Devices;
using Zvonok.Grains.Journal;
using Zvonok.Till.V1;

namespace Zvonok.Api.Till;

/// <summary>A sale's way in, that of a meal at public cost, and their reversal's: shape, device, card or account, answer.</summary>
internal sealed class SaleDoor(Door door, DeviceDirectory devices, CardTokens tokens, CardRouter cards, Holders holders, Employees employees, GrainLookup grains)
{
    public ValueTask<AccountAnswer> Sell(SellRequest request, Happened happened = default) =>
        door.Do(OperationKind.Sell, (sales: this, request, happened), static way => way.sales.DoSell(way.request, way.happened));

    public ValueTask<AccountAnswer> Redeem(RedeemMealRequest request, Happened happened = default) =>
        door.Do(OperationKind.RedeemMeal, (sales: this, request, happened), static way => way.sales.DoRedeem(way.request, way.happened));

    public ValueTask<AccountAnswer> RedeemOrder(RedeemOrderRequest request, Happened happened = default) =>
        door.Do(OperationKind.RedeemOrder, (sales: this, request, happened), static way => way.sales.DoRedeemOrder(way.request, way.happened));

    public ValueTask<AccountAnswer> Reverse(ReverseSaleRequest request) =>
        door.Do(OperationKind.ReverseSale, (sales: this, request), static way => way.sales.DoReverse(way.request));

    // Usually the till is known. Then the card's answer is all that is awaited, and by the caller itself.
    private ValueTask<AccountAnswer> DoSell(SellRequest request, Happened happened)
    {
        var till = FindTill(request.DeviceId);
        return till.IsCompletedSuccessfully ? SellAt(till.Result, request, happened) : SellAtFound(till, request, happened);
    }

    private async ValueTask<AccountAnswer> SellAtFound(ValueTask<DeviceRecord?> till, SellRequest request, Happened happened) => await SellAt(await till, request, happened);

    private ValueTask<AccountAnswer> SellAt(DeviceRecord? till, SellRequest request, Happened happened)
    {
        var operation = Check.Operation(request.OperationId);
        var token = happened.IsByHandle ? default : tokens.Of(request.CardUid);
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
            IsFact = happened.IsFact,
        };
        if (request.StopListOverride is not null || happened.IsByHandle) return SellAsking(token, sale, till.Device.Building, request, happened);
        return token.IsCompletedSuccessfully ? cards.Sell(token.Result, sale) : SellFound(token, sale);
    }

    private async ValueTask<AccountAnswer> SellFound(ValueTask<CardToken> token, Sale sale) => await cards.Sell(await token, sale);

    private async ValueTask<AccountAnswer> SellAsking(ValueTask<CardToken> token, Sale sale, BuildingId building, SellRequest request, Happened happened)
    {
        if (request.StopListOverride is { } asked) sale = sale with { Override = await Ask(asked, building, sale.EventTime) };
        return happened.IsByHandle ? await (await AccountOf(happened, request.CardUid, building)).Sell(sale, CardRefusal.None) : await cards.Sell(await token, sale);
    }

    // What the card was is not known then, nor whether it had been lost: the list that the till went by knew.
    private async ValueTask<IAccountGrain> AccountOf(Happened happened, Google.Protobuf.ByteString uid, BuildingId building)
    {
        if (!uid.IsEmpty) Check.Fail("card_uid", "absent: the holder says who it is");
        return grains.Account(await holders.Of(building, happened.Holder));
    }

    private async ValueTask<AccountAnswer> DoRedeem(RedeemMealRequest request, Happened happened)
    {
        var till = await FindTill(request.DeviceId);
        var operation = Check.Operation(request.OperationId);
        var token = happened.IsByHandle ? default : await tokens.Of(request.CardUid);
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
            IsFact = happened.IsFact,
        };
        if (request.StopListOverride is { } asked) redemption = redemption with { Override = await Ask(asked, till!.Device.Building, redemption.EventTime) };
        return happened.IsByHandle
            ? await (await AccountOf(happened, request.CardUid, till!.Device.Building)).Redeem(redemption, CardRefusal.None)
            : await cards.Redeem(token, redemption);
    }

    private async ValueTask<AccountAnswer> DoRedeemOrder(RedeemOrderRequest request, Happened happened)
    {
        var till = await FindTill(request.DeviceId);
        var redemption = new OrderRedemption
        {
            Operation = Check.Operation(request.OperationId),
            EventTime = Check.Time(request.EventTime),
            Device = new DeviceId(request.DeviceId),
            Seller = SaleShape.SellerOf(till, request.DeviceId),
            Meal = Check.Enum<Domain.Accounts.MealKind>((int)request.MealKind, "meal_kind"),
            IsFact = happened.IsFact,
        };
        var token = happened.IsByHandle ? default : await tokens.Of(request.CardUid);
        if (request.StopListOverride is { } asked) redemption = redemption with { Override = await Ask(asked, till!.Device.Building, redemption.EventTime) };
        return happened.IsByHandle
            ? await (await AccountOf(happened, request.CardUid, till!.Device.Building)).RedeemOrder(redemption, CardRefusal.None)
            : await cards.RedeemOrder(token, redemption);
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
