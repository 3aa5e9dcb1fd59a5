using Zvonok.Api.Tests.Servers;
using Zvonok.Api.Tests.Shapes;
using Zvonok.Family.V1;
using Zvonok.Feed.V1;
using Zvonok.Registry.V1;
using Zvonok.Till.V1;
using RefusalReason = Zvonok.Till.V1.RefusalReason;

namespace Zvonok.Api.Tests.Tills;

/// <summary>A family's stop list from the portal to the till, and back to the family when an employee made an exception.</summary>
[Collection(nameof(World))]
[Trait("Rule", "M3")]
public sealed class StopListTests(World world)
{
    private const string Reason = "Другого не осталось, семье позвонили";

    private readonly Server _server = world.Server;

    private static StopList Everything => new()
    {
        Allergens = { Allergen.Peanuts, Allergen.Milk },
        Categories = { new CategoryStop { Category = ProductCategory.Buffet, Strength = StopStrength.Soft } },
        Products = { new ProductStop { OperatorId = 7, ProductCode = "COLA", Strength = StopStrength.Hard }, new ProductStop { OperatorId = 8, ProductCode = "BUN", Strength = StopStrength.Soft } },
    };

    [Fact]
    public async Task A_list_is_set_shown_and_lifted_and_holds_for_the_very_next_sale()
    {
        var pupil = await _server.NewPupil(meal: 50_000);
        var request = new SetStopListRequest { OperationId = _server.NewId(), AccountNumber = pupil.Number, StopList = Everything };

        var first = await _server.Families.SetStopListAsync(request);

        first.Granted.EntryNumber.ShouldBe(2);
        (await _server.Families.SetStopListAsync(request)).ShouldBe(first);
        (await _server.Get(pupil)).StopList.ShouldBe(Everything);
        (await Sell(pupil)).Refused.ShouldSatisfyAllConditions(
            refused => refused.Reason.ShouldBe(RefusalReason.StopList), refused => refused.LineIndexes.ShouldBe([0]));

        await Stop(pupil, new StopList());
        (await _server.Get(pupil)).StopList.ShouldBeNull();
        (await Sell(pupil)).Granted.ShouldNotBeNull();
        (await _server.Entries(pupil)).Select(entry => entry.Kind)
            .ShouldBe([EntryKind.Sale, EntryKind.StopListChange, EntryKind.StopListChange, EntryKind.TopUp]);
    }

    [Fact]
    public async Task What_is_to_be_confirmed_is_sold_when_the_cashier_confirms_it()
    {
        var pupil = await _server.NewPupil(meal: 50_000);
        await Stop(pupil, new StopList { Categories = { new CategoryStop { Category = ProductCategory.Buffet, Strength = StopStrength.Soft } } });

        (await Sell(pupil)).Refused.ShouldSatisfyAllConditions(
            refused => refused.Reason.ShouldBe(RefusalReason.ConfirmationNeeded), refused => refused.LineIndexes.ShouldBe([1]));
        (await Sell(pupil, sale => sale.CashierConfirmed = true)).Granted.BalanceKopecks.ShouldBe(35_000);
    }

    [Fact]
    public async Task An_employees_exception_is_in_the_ledger_and_the_feed_and_the_repeat_has_the_first_answer()
    {
        var pupil = await _server.NewPupil(meal: 50_000);
        await Stop(pupil, new StopList { Allergens = { Allergen.Gluten } });
        var employee = await _server.NewEmployee();
        var sale = Given.Sell(_server.NewId(), pupil);
        sale.StopListOverride = new() { EmployeeCardUid = employee.Uid, Reason = Reason };
        var end = (await _server.Feeds.GetEndAsync(new GetEndRequest())).EndPosition;

        var sold = await _server.Tills.SellAsync(sale);

        sold.Granted.EntryNumber.ShouldBe(3);
        // The employee's card may be blocked before the till repeats what it had no answer to.
        (await _server.Import(new Row { Card = Given.Card(employee, CardState.Blocked) })).BadRows.ShouldBeEmpty();
        (await _server.Tills.SellAsync(sale)).ShouldBe(sold);
        (await Sell(pupil, again => again.StopListOverride = sale.StopListOverride)).Refused.Reason.ShouldBe(RefusalReason.OverrideNotAllowed);

        (await _server.Entries(pupil))[0].StopListOverride
            .ShouldBe(new Zvonok.Family.V1.StopListOverride { Reason = Reason, LineIndexes = { 0 } });
        (await Told(end, pupil)).ShouldBe(new Zvonok.Feed.V1.StopListOverride { EmployeeAccountNumber = employee.Number, Reason = Reason, LineIndexes = { 0 } });
    }

    [Fact]
    public async Task A_pupils_card_and_an_unknown_one_and_an_employee_of_another_school_make_no_exception()
    {
        var pupil = await _server.NewPupil(meal: 50_000);
        await Stop(pupil, new StopList { Allergens = { Allergen.Gluten } });
        var stranger = await _server.NewEmployee(card => card.HomeBuildingId = Given.Club);

        foreach (var uid in new[] { pupil.Uid, new Pupil(_server.NewNumber()).Uid, stranger.Uid })
            (await Sell(pupil, sale => sale.StopListOverride = new() { EmployeeCardUid = uid, Reason = Reason })).Refused.ShouldSatisfyAllConditions(
                refused => refused.Reason.ShouldBe(RefusalReason.OverrideNotAllowed), refused => refused.LineIndexes.ShouldBe([0]));
        (await _server.Get(pupil)).LastEntryNumber.ShouldBe(2);
    }

    [Fact]
    [Trait("Rule", "D2")]
    public async Task The_same_id_with_another_reason_is_another_operation()
    {
        var pupil = await _server.NewPupil(meal: 50_000);
        var sale = Given.Sell(_server.NewId(), pupil);
        await _server.Tills.SellAsync(sale);
        sale.StopListOverride = new() { EmployeeCardUid = pupil.Uid, Reason = Reason };

        FaultOf.FieldOf(await FaultOf.Call(async () => await _server.Tills.SellAsync(sale), StatusCode.AlreadyExists)).Field.ShouldBe("operation_id");
    }

    private async Task<Zvonok.Feed.V1.StopListOverride> Told(long from, Pupil pupil)
    {
        using var patience = new CancellationTokenSource(Server.Deadline);
        using var watch = _server.Feeds.Watch(new WatchRequest { FromPosition = from, Kinds = { FactKind.Entry } }, cancellationToken: patience.Token);
        await foreach (var page in watch.ResponseStream.ReadAllAsync(patience.Token))
            if (page.Facts.FirstOrDefault(fact => fact.Entry?.AccountNumber == pupil.Number) is { } fact) return fact.Entry.StopListOverride;
        throw new InvalidOperationException("The feed ended.");
    }

    private async Task Stop(Pupil pupil, StopList list) =>
        (await _server.Families.SetStopListAsync(new SetStopListRequest { OperationId = _server.NewId(), AccountNumber = pupil.Number, StopList = list })).Granted.ShouldNotBeNull();

    private async Task<SellResponse> Sell(Pupil pupil, Action<SellRequest>? change = null)
    {
        var sale = Given.Sell(_server.NewId(), pupil);
        change?.Invoke(sale);
        return await _server.Tills.SellAsync(sale);
    }
}
