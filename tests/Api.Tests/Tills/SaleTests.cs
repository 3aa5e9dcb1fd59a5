using Zvonok.Api.Tests.Servers;
using Zvonok.Api.Tests.Shapes;
using Zvonok.Domain;
using Zvonok.Till.V1;

namespace Zvonok.Api.Tests.Tills;

[Collection(nameof(World))]
public sealed class SaleTests(World world)
{
    private readonly Server _server = world.Server;

    [Fact]
    [Trait("Rule", "M1")]
    public async Task A_sale_is_answered_with_the_new_balance_and_its_entry()
    {
        var pupil = await _server.NewPupil(meal: 50_000);
        var request = Given.Sell(_server.NewId(), pupil);
        request.EventTime = new() { Seconds = _server.Clock.GetCurrentInstant().ToUnixTimeSeconds() - 30 };

        var first = await _server.Tills.SellAsync(request);
        var repeat = await _server.Tills.SellAsync(request);

        first.Granted.ShouldBe(new OperationGranted { AccountNumber = pupil.Number, EntryNumber = 2, BalanceKopecks = 35_000, EventTime = request.EventTime });
        repeat.ShouldBe(first);
        (await _server.Get(pupil)).SpentTodayKopecks.ShouldBe(15_000);
    }

    [Fact]
    [Trait("Rule", "M8")]
    public async Task A_reversal_gives_the_money_back()
    {
        var pupil = await _server.NewPupil(meal: 50_000);
        var sale = (await _server.Tills.SellAsync(Given.Sell(_server.NewId(), pupil))).Granted;
        var request = Given.Reverse(_server.NewId(), pupil, sale.EntryNumber);

        var first = await _server.Tills.ReverseSaleAsync(request);
        var repeat = await _server.Tills.ReverseSaleAsync(request);

        first.Granted.ShouldSatisfyAllConditions(
            granted => granted.AccountNumber.ShouldBe(pupil.Number),
            granted => granted.EntryNumber.ShouldBe(3),
            granted => granted.BalanceKopecks.ShouldBe(50_000));
        repeat.ShouldBe(first);
        (await _server.Get(pupil)).SpentTodayKopecks.ShouldBe(0);
    }

    [Fact]
    [Trait("Rule", "M8")]
    public async Task Some_lines_go_back_and_then_the_rest()
    {
        var pupil = await _server.NewPupil(meal: 50_000);
        var request = Given.Sell(_server.NewId(), pupil);
        (request.Lines[1].UnitPriceKopecks, request.TotalKopecks) = (350, 15_700);
        var sale = (await _server.Tills.SellAsync(request)).Granted;
        var some = Given.Reverse(_server.NewId(), pupil, sale.EntryNumber);
        some.LineIndexes.Add(1);

        var first = await _server.Tills.ReverseSaleAsync(some);
        (await _server.Tills.ReverseSaleAsync(some)).ShouldBe(first);
        some.OperationId = _server.NewId();
        (await _server.Tills.ReverseSaleAsync(some)).Refused.ShouldSatisfyAllConditions(
            refused => refused.Reason.ShouldBe(RefusalReason.AlreadyReversed), refused => refused.LineIndexes.ShouldBe([1]));
        var rest = (await _server.Tills.ReverseSaleAsync(Given.Reverse(_server.NewId(), pupil, sale.EntryNumber))).Granted;

        (first.Granted.BalanceKopecks, rest.BalanceKopecks).ShouldBe((35_000, 50_000));
        var entries = (await _server.Entries(pupil));
        entries.Select(entry => entry.AmountKopecks).ShouldBe([15_000, 700, -15_700, 50_000]);
        entries[1].ReversedLineIndexes.ShouldBe([1]);
        entries[1].Lines.ShouldHaveSingleItem().ProductCode.ShouldBe("WATER");
        entries[0].ReversedLineIndexes.ShouldBe([0]);
    }

    [Fact]
    [Trait("Rule", "D3")]
    public async Task The_largest_sale_that_the_limits_allow_is_sold()
    {
        var pupil = await _server.NewPupil(meal: Limits.BalanceMax);
        var request = Given.Sell(_server.NewId(), pupil);
        request.Lines.Clear();
        for (var n = 0; n < Limits.SaleLinesMax; n++)
        {
            request.Lines.Add(new SaleLine
            {
                ProductCode = new string('~', Limits.ProductCodeLengthMax),
                Category = ProductCategory.Buffet,
                Quantity = Limits.QuantityMax,
                UnitPriceKopecks = Limits.AmountMax / Limits.SaleLinesMax / Limits.QuantityMax,
                Allergens = { Enum.GetValues<Allergen>().Where(allergen => allergen != Allergen.Unspecified) },
            });
        }

        request.TotalKopecks = Limits.AmountMax;

        (await _server.Tills.SellAsync(request)).Granted.BalanceKopecks.ShouldBe(0);
    }

    [Fact]
    [Trait("Rule", "D2")]
    public async Task An_id_used_again_for_something_else_already_exists()
    {
        var pupil = await _server.NewPupil(meal: 50_000);
        var sale = Given.Sell(_server.NewId(), pupil);
        await _server.Tills.SellAsync(sale);
        var reversal = Given.Reverse(sale.OperationId, pupil, 2);
        var other = Given.Sell(sale.OperationId, pupil, total: 15_001);

        foreach (var call in (Func<Task>[])[async () => await _server.Tills.SellAsync(other), async () => await _server.Tills.ReverseSaleAsync(reversal)])
            FaultOf.FieldOf(await FaultOf.Call(call, StatusCode.AlreadyExists)).Field.ShouldBe("operation_id");

        (await _server.Get(pupil)).LastEntryNumber.ShouldBe(2);
    }

    [Fact]
    [Trait("Rule", "D2")]
    public async Task A_till_that_nobody_registered_is_not_found()
    {
        var pupil = await _server.NewPupil(meal: 50_000);

        foreach (var call in (Func<Task>[])
                 [
                     async () => await _server.Tills.SellAsync(Given.Sell(_server.NewId(), pupil, till: 777)),
                     async () => await _server.Tills.ReverseSaleAsync(Given.Reverse(_server.NewId(), pupil, 1, till: 777)),
                 ])
            (await FaultOf.Call(call, StatusCode.NotFound)).Message.ShouldContain("device_id");

        (await _server.Get(pupil)).LastEntryNumber.ShouldBe(1);
    }

    [Fact]
    [Trait("Rule", "D3")]
    public async Task A_message_beyond_64_KiB_is_refused_and_changes_nothing()
    {
        var pupil = await _server.NewPupil(meal: 50_000);
        var request = Given.Sell(_server.NewId(), pupil);
        request.Lines[0].ProductCode = new string('A', 64 * 1024);

        await FaultOf.Call(async () => await _server.Tills.SellAsync(request), StatusCode.ResourceExhausted);

        (await _server.Get(pupil)).LastEntryNumber.ShouldBe(1);
    }
}
