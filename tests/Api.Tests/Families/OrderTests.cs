using Zvonok.Api.Tests.Servers;
using Zvonok.Family.V1;
using Zvonok.Office.V1;
using Zvonok.Till.V1;
using RefusalReason = Zvonok.Family.V1.RefusalReason;

namespace Zvonok.Api.Tests.Families;

[Collection(nameof(World))]
[Trait("Rule", "M6")]
public sealed class OrderTests(World world)
{
    private readonly Server _server = world.Server;

    [Fact]
    public async Task A_meal_is_ordered_changed_and_fetched_once_and_the_till_is_told_what_it_is()
    {
        var (pupil, menu) = (await _server.NewPupil(meal: 50_000), await Menu());
        var request = Given.Orders(_server.NewId(), pupil, menu);

        var answer = await _server.Families.OrderMealsAsync(request);

        answer.Granted.ShouldSatisfyAllConditions(granted => granted.EntryNumbers.ShouldBe([2]), granted => granted.MealBalanceKopecks.ShouldBe(31_500));
        (await _server.Families.OrderMealsAsync(request)).ShouldBe(answer);
        var open = (await Orders(pupil)).ShouldHaveSingleItem();
        (open.EntryNumber, open.BuildingId, open.OperatorId, open.TotalKopecks, open.MealKind, open.Kept).ShouldBe((2, menu.BuildingId, 7, 18_500, MealKind.Lunch, false));
        (open.Date, open.OrderUntil).ShouldBe((menu.Date, menu.OrderUntil));

        // The fish costs nothing and is added; what was ordered before goes in the same call.
        var change = Given.Orders(_server.NewId(), pupil, menu, cancelled: 2);
        change.Orders[0].Items.Add(new OrderItem { ProductCode = "LUNCH-2", Quantity = 2 });
        (await _server.Families.OrderMealsAsync(change)).Granted.ShouldSatisfyAllConditions(granted => granted.EntryNumbers.ShouldBe([4]), granted => granted.MealBalanceKopecks.ShouldBe(31_500));

        _server.Clock.PutForward(days: 2);
        var redemption = Given.RedeemOrder(_server.NewId(), pupil, menu.BuildingId);
        var served = await _server.Tills.RedeemOrderAsync(redemption);
        served.Granted.ShouldSatisfyAllConditions(
            granted => (granted.EntryNumber, granted.BalanceKopecks).ShouldBe((5, 31_500)),
            granted => granted.Lines.Select(line => (line.ProductCode, line.Quantity, line.UnitPriceKopecks)).ShouldBe([("LUNCH-1", 1, 18_500), ("LUNCH-2", 2, 0)]),
            granted => granted.Lines[1].Allergens.ShouldBe([Allergen.Fish]));
        (await _server.Tills.RedeemOrderAsync(redemption)).ShouldBe(served);
        (await _server.Tills.RedeemOrderAsync(Given.RedeemOrder(_server.NewId(), pupil, menu.BuildingId))).Refused.Reason.ShouldBe(Zvonok.Till.V1.RefusalReason.NotOrdered);
        (await Orders(pupil)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_stream_of_a_till_fetches_it_as_well()
    {
        var (pupil, menu) = (await _server.NewPupil(meal: 50_000), await Menu());
        (await _server.Families.OrderMealsAsync(Given.Orders(_server.NewId(), pupil, menu))).Granted.ShouldNotBeNull();
        _server.Clock.PutForward(days: 2);
        using var call = _server.Tills.Connect();
        await call.RequestStream.WriteAsync(new ConnectRequest { RedeemOrder = Given.RedeemOrder(_server.NewId(), pupil, menu.BuildingId) });
        (await call.ResponseStream.MoveNext(default)).ShouldBeTrue();
        call.ResponseStream.Current.OperationResult.Granted.Lines.ShouldHaveSingleItem().ProductCode.ShouldBe("LUNCH-1");
        await call.RequestStream.CompleteAsync();
    }

    [Fact]
    public async Task What_is_refused_names_the_order_and_changes_nothing()
    {
        var (pupil, menu) = (await _server.NewPupil(meal: 18_500), await Menu());
        var two = Given.Orders(_server.NewId(), pupil, menu);
        two.Orders.Add(two.Orders[0].Clone());
        two.Orders[1].MealKind = MealKind.Breakfast;
        two.Orders[1].Items[0].ProductCode = "BUN";

        (await Refused(two)).ShouldBe((RefusalReason.InsufficientFunds, 1));
        two.Orders[1].Items[0].ProductCode = "CAKE";
        two.OperationId = _server.NewId();
        (await Refused(two)).ShouldBe((RefusalReason.NotOnMenu, 1));
        (await Refused(Given.Orders(_server.NewId(), pupil, menu, cancelled: 99))).ShouldBe((RefusalReason.OrderUnknown, -1));
        (await _server.Families.OrderMealsAsync(Given.Orders(_server.NewId(), pupil, menu))).Granted.ShouldNotBeNull();
        (await Refused(Given.Orders(_server.NewId(), pupil, menu))).ShouldBe((RefusalReason.AlreadyOrdered, 0));
        (await _server.Get(pupil)).ShouldSatisfyAllConditions(account => account.LastEntryNumber.ShouldBe(2), account => account.MealBalanceKopecks.ShouldBe(0));
        (await _server.Office.CloseAccountAsync(new CloseAccountRequest { OperationId = _server.NewId(), AccountNumber = pupil.Number })).Refused.Reason.ShouldBe(RefusalReason.OrdersOpen);
        (await Refused(Given.Orders(_server.NewId(), new Pupil(_server.NewNumber()), menu))).ShouldBe((RefusalReason.AccountUnknown, -1));
    }

    [Fact]
    public async Task What_was_granted_stays_granted_when_it_is_taken_off_the_menu_and_can_be_cancelled_until_its_own_cut_off()
    {
        var (pupil, menu) = (await _server.NewPupil(meal: 50_000), await Menu());
        var request = Given.Orders(_server.NewId(), pupil, menu);
        var answer = await _server.Families.OrderMealsAsync(request);
        await _server.Office.SetMenuAsync(new SetMenuRequest { BuildingId = menu.BuildingId, Date = menu.Date, OperatorId = menu.OperatorId });

        (await _server.Families.OrderMealsAsync(request)).ShouldBe(answer);
        var cancel = new OrderMealsRequest { OperationId = _server.NewId(), AccountNumber = pupil.Number, CancelledEntryNumbers = { 2 } };
        (await _server.Families.OrderMealsAsync(cancel)).Granted.ShouldSatisfyAllConditions(granted => granted.EntryNumbers.ShouldBeEmpty(), granted => granted.MealBalanceKopecks.ShouldBe(50_000));
        (await Refused(Given.Orders(_server.NewId(), pupil, menu))).ShouldBe((RefusalReason.NotOnMenu, 0));
    }

    // The day after tomorrow at a new school, to be ordered until the day begins.
    private async Task<SetMenuRequest> Menu()
    {
        var menu = Given.Menu(await _server.NewSchool());
        var day = _server.Clock.GetCurrentInstant().InZone(DateTimeZoneProviders.Tzdb[Given.Zone]).Date.PlusDays(2);
        menu.Date = new() { Year = day.Year, Month = day.Month, Day = day.Day };
        menu.OrderUntil = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(day.AtStartOfDayInZone(DateTimeZoneProviders.Tzdb[Given.Zone]).ToDateTimeOffset());
        await _server.Office.SetMenuAsync(menu);
        return menu;
    }

    private async Task<(RefusalReason, int)> Refused(OrderMealsRequest request)
    {
        var refused = (await _server.Families.OrderMealsAsync(request)).Refused.ShouldNotBeNull();
        return (refused.Reason, refused.HasOrderIndex ? refused.OrderIndex : -1);
    }

    private async Task<IEnumerable<OpenOrder>> Orders(Pupil pupil) => (await _server.Families.ListOrdersAsync(new ListOrdersRequest { AccountNumber = pupil.Number })).Orders;
}
