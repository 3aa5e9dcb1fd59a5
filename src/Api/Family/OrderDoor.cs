using Google.Protobuf.Collections;
using Zvonok.Api.Hosting;
using Zvonok.Api.Shapes;
using Zvonok.Family.V1;
using Zvonok.Grains;
using Zvonok.Grains.Menus;
using MealKind = Zvonok.Domain.Accounts.MealKind;
using MenuItem = Zvonok.Domain.Menus.MenuItem;
using MealOrder = Zvonok.Domain.Accounts.MealOrder;
using OpenOrder = Zvonok.Domain.Accounts.OpenOrder;

namespace Zvonok.Api.Family;

/// <summary>The families' way to meals ahead (M6): what they ask for is looked up on the menu, and its terms go along.</summary>
internal sealed class OrderDoor(Door door, GrainLookup grains, IMenus menus)
{
    public async Task<OrderMealsResponse> Order(OrderMealsRequest request)
    {
        var answer = await door.Do(OperationKind.OrderMeals, request, DoOrder);
        if (answer.Refusal == AccountRefusal.None)
        {
            // Those that are placed are the last entries of the operation.
            var numbers = Enumerable.Range(0, request.Orders.Count).Select(i => answer.Seq - request.Orders.Count + 1 + i);
            return new OrderMealsResponse { Granted = new() { EntryNumbers = { numbers }, MealBalanceKopecks = answer.Meal.Kopecks } };
        }

        var refused = new OrdersRefused { Reason = (RefusalReason)answer.Refusal };
        foreach (var index in answer.Lines.Indexes()) refused.OrderIndex = index;
        return new OrderMealsResponse { Refused = refused };
    }

    public static ListOrdersResponse ToMessage(IEnumerable<OpenOrder> orders) => new()
    {
        Orders = { orders.OrderBy(open => open.Order.Day).ThenBy(open => open.Order.Meal).Select(ToMessage) },
    };

    private async ValueTask<AccountAnswer> DoOrder(OrderMealsRequest request)
    {
        var account = Check.Account(request.AccountNumber);
        var operation = Check.Operation(request.OperationId);
        var cancelled = Cancelled(request.CancelledEntryNumbers);
        if (request.Orders.Count > Limits.OrdersOfOneOperationMax) Check.Fail("orders", $"at most {Limits.OrdersOfOneOperationMax} orders");
        if (request.Orders.Count + cancelled.Length == 0) Check.Fail("orders", "at least one order, or one that is cancelled");
        var placed = request.Orders.Count == 0 ? [] : await Placed(new BuildingId(Check.Id(request.BuildingId, "building_id")), request.Orders);
        return await grains.Account(account).ChangeOrders(new OrderChange { Operation = operation, Cancelled = cancelled, Placed = placed });
    }

    private static long[] Cancelled(RepeatedField<long> numbers)
    {
        if (numbers.Count > Limits.OrdersOfOneOperationMax) Check.Fail("cancelled_entry_numbers", $"at most {Limits.OrdersOfOneOperationMax} entries of orders");
        for (var i = 0; i < numbers.Count; i++)
            if (numbers[i] < 1 || numbers.Take(i).Contains(numbers[i])) Check.Fail($"cancelled_entry_numbers[{i}]", "the entry number of an order, 1 or more, and no other time in the list");
        return [.. numbers];
    }

    private async Task<MealOrder[]> Placed(BuildingId building, RepeatedField<Zvonok.Family.V1.MealOrder> orders)
    {
        var asked = orders.Select((order, i) => Read(order, $"orders[{i}]")).ToList();
        var menu = await menus.Find(building, asked.Select(order => order.Day).ToHashSet());
        return [.. asked.Select(order => OnTermsOf(menu, building, order))];
    }

    private static Asked Read(Zvonok.Family.V1.MealOrder order, string field)
    {
        if (order.Items.Count is < 1 or > Limits.OrderLinesMax) Check.Fail($"{field}.items", $"1 to {Limits.OrderLinesMax} items");
        for (var i = 0; i < order.Items.Count; i++)
        {
            var item = order.Items[i];
            Check.Text(item.ProductCode, Limits.ProductCodeLengthMax, $"{field}.items[{i}].product_code");
            if (order.Items.Take(i).Any(other => other.ProductCode == item.ProductCode)) Check.Fail($"{field}.items[{i}].product_code", "another product than those before: add to its quantity");
            if (item.Quantity is < 1 or > Limits.QuantityMax) Check.Fail($"{field}.items[{i}].quantity", $"1 to {Limits.QuantityMax}");
        }

        return new Asked(
            Check.Date(order.Date, $"{field}.date"), Check.Enum<MealKind>((int)order.MealKind, $"{field}.meal_kind"),
            ContraAccount.Operator(Check.Id(order.OperatorId, $"{field}.operator_id")), order.Items);
    }

    // What is not on the menu goes on all the same: it may have been when this operation was granted.
    private static MealOrder OnTermsOf(IReadOnlyList<MenuItem> menu, BuildingId building, Asked asked)
    {
        var (lines, orderUntil, isKept) = (new SaleLine[asked.Items.Count], Instant.MaxValue, false);
        for (var i = 0; i < lines.Length; i++)
        {
            var wanted = asked.Items[i];
            var offered = menu.FirstOrDefault(item => item.Day == asked.Day && item.Meal == asked.Meal && item.Seller == asked.Seller && item.Product.ProductCode == wanted.ProductCode);
            lines[i] = (offered?.Product ?? new SaleLine(wanted.ProductCode, ProductCategory.HotMeal, 1, Money.Zero, Allergens.None)) with { Quantity = wanted.Quantity };
            orderUntil = Instant.Min(orderUntil, offered?.OrderUntil ?? MealOrder.NotOnMenu);
            isKept |= offered?.IsKept ?? false;
        }

        return new MealOrder(building, asked.Day, asked.Meal, asked.Seller, lines, orderUntil, isKept);
    }

    private static Zvonok.Family.V1.OpenOrder ToMessage(OpenOrder open) => new()
    {
        EntryNumber = open.Seq,
        BuildingId = open.Order.Building.Value,
        Date = open.Order.Day.ToDate(),
        MealKind = (Zvonok.Till.V1.MealKind)open.Order.Meal,
        OperatorId = open.Order.Seller.Id,
        Lines = { open.Order.Lines.Select(EntryLines.ToMessage) },
        TotalKopecks = open.Order.Total.Kopecks,
        OrderUntil = open.Order.OrderUntil.ToTimestamp(),
        Kept = open.Order.IsKept,
    };

    private sealed record Asked(LocalDate Day, MealKind Meal, ContraAccount Seller, IReadOnlyList<OrderItem> Items);
}
