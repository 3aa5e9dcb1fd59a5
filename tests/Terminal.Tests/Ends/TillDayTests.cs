using Google.Rpc;
using Zvonok.Domain.Accounts;
using Zvonok.Domain.Buildings;
using Zvonok.Domain.Cards;
using Zvonok.Terminals.Tests.Cores;
using Zvonok.Till.V1;
using MealKind = Zvonok.Till.V1.MealKind;
using ProductCategory = Zvonok.Till.V1.ProductCategory;
using SaleLine = Zvonok.Till.V1.SaleLine;

namespace Zvonok.Terminals.Tests.Ends;

/// <summary>A till and a core over sockets.</summary>
[Trait("Rule", "O2")]
public sealed class TillDayTests : IAsyncLifetime, IDisposable
{
    private static readonly Instant Now = SystemClock.Instance.GetCurrentInstant();
    private readonly TemporaryDirectory _directory = new("zvonok-till");
    private readonly FakeCore _core = new(new School());

    private string File => Path.Combine(_directory.Path, "till.db");

    public Task InitializeAsync()
    {
        _core.List = Newest(Now, 1);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _core.DisposeAsync();

    public void Dispose()
    {
        _core.School.Dispose();
        _directory.Dispose();
    }

    [Fact]
    [Trait("Rule", "O3")]
    public async Task Alone_it_sells_within_the_allowance_and_tells_of_it_once_by_handle()
    {
        await _core.Start();
        await using var till = await Connected();
        var with = await till.Sell(School.Uid(1), Lunch(4_000));
        (with.IsGranted, with.IsAlone, with.BalanceKopecks, with.EntryNumber).ShouldBe((true, false, 100, 5));
        await _core.Stop();

        (await till.Sell(School.Uid(1), Lunch(5_000))).ShouldSatisfyAllConditions(decision => decision.IsGranted.ShouldBeTrue(), decision => decision.IsAlone.ShouldBeTrue());
        (await till.Sell(School.Uid(1), Lunch(1_001))).Reason.ShouldBe(RefusalReason.InsufficientFunds, "4,000 with the core and 5,000 without it are sold of 10,000");
        (await till.Sell(School.Uid(1), Lunch(1_000))).IsGranted.ShouldBeTrue();
        (await till.Sell(School.Uid(9), Lunch(100))).Reason.ShouldBe(RefusalReason.CardUnknown);
        (await till.RedeemMeal(School.Uid(1), MealKind.Lunch, Lunch(9_000))).IsGranted.ShouldBeTrue();
        (await till.RedeemMeal(School.Uid(1), MealKind.Lunch, Lunch(9_000))).Reason.ShouldBe(RefusalReason.AlreadyRedeemed);
        till.Status.Queued.ShouldBe(3);

        await _core.Start();
        await Eventually.Holds(() => till.Status is { Queued: 0, IsConnected: true }, "the queue should be uploaded");
        var facts = _core.Uploaded.Select(one => (UploadFactsRequest)one.Fact).ToList();
        facts.Select(fact => fact.FactCase).ShouldBe([UploadFactsRequest.FactOneofCase.Sell, UploadFactsRequest.FactOneofCase.Sell, UploadFactsRequest.FactOneofCase.RedeemMeal]);
        facts.ShouldAllBe(fact => fact.Holder == 1);
        facts[0].Sell.CardUid.IsEmpty.ShouldBeTrue();
        (await till.ReverseSale(1230, 5)).IsGranted.ShouldBeTrue();
    }

    [Fact]
    public async Task What_was_sold_counts_after_a_restart_and_until_a_list_knows_it()
    {
        var options = _core.School.Options(File, isTill: true, _core.Address);
        await _core.Start();
        var till = await Connected();
        await _core.Stop();
        (await till.Sell(School.Uid(1), Lunch(10_000))).IsGranted.ShouldBeTrue();
        await till.DisposeAsync();
        await using var again = TillTerminal.Start(options);
        (await again.Sell(School.Uid(1), Lunch(100))).Reason.ShouldBe(RefusalReason.InsufficientFunds);

        await _core.Start();
        await Eventually.Holds(() => again.Status is { Queued: 0, IsConnected: true }, "the queue should be uploaded");
        // A list made before the sale was told of does not have it; one made well after has.
        _core.Change(Newest(Now + Duration.FromSeconds(1), 2));
        await Eventually.Holds(() => again.Status.ListVersion == 2, "the list should come");
        await _core.Stop();
        (await again.Sell(School.Uid(1), Lunch(100))).Reason.ShouldBe(RefusalReason.InsufficientFunds);
        await _core.Start();
        await Eventually.Holds(() => again.Status.IsConnected, "it should connect");
        _core.Change(Newest(Now + Duration.FromMinutes(2), 3));
        await Eventually.Holds(() => again.Status.ListVersion == 3, "the list should come");
        await _core.Stop();
        (await again.Sell(School.Uid(1), Lunch(100))).IsGranted.ShouldBeTrue();
    }

    [Fact]
    [Trait("Rule", "M5")]
    public async Task A_meal_had_with_the_core_is_not_had_again_without_it()
    {
        await _core.Start();
        var till = await Connected();
        (await till.RedeemMeal(School.Uid(1), MealKind.Lunch, Lunch(9_000))).IsAlone.ShouldBeFalse();
        await _core.Stop();
        (await till.RedeemMeal(School.Uid(1), MealKind.Lunch, Lunch(9_000))).Reason.ShouldBe(RefusalReason.AlreadyRedeemed);
        await till.DisposeAsync();
        await using var again = TillTerminal.Start(_core.School.Options(File, isTill: true, _core.Address));
        (await again.RedeemMeal(School.Uid(1), MealKind.Lunch, Lunch(9_000))).Reason.ShouldBe(RefusalReason.AlreadyRedeemed);
    }

    [Fact]
    [Trait("Rule", "M6")]
    public async Task An_ordered_meal_is_handed_out_once_without_the_core()
    {
        await _core.Start();
        await using var till = await Connected();
        await _core.Stop();
        var served = await till.RedeemOrder(School.Uid(2), MealKind.Dinner);
        served.IsGranted.ShouldBeTrue();
        served.Lines.ShouldHaveSingleItem().ShouldSatisfyAllConditions(line => line.ProductCode.ShouldBe("SOUP"), line => line.Quantity.ShouldBe(2));
        (await till.RedeemOrder(School.Uid(2), MealKind.Dinner)).Reason.ShouldBe(RefusalReason.NotOrdered);
        (await till.RedeemOrder(School.Uid(1), MealKind.Dinner)).Reason.ShouldBe(RefusalReason.NotOrdered);
    }

    [Fact]
    [Trait("Rule", "M1")]
    public async Task What_the_core_refuses_is_refused_and_what_it_cannot_say_the_till_decides()
    {
        await _core.Start();
        await using var till = await Connected();
        _core.OnSale = request => FakeCore.Refuse(request, RefusalReason.DailyLimit);
        (await till.Sell(School.Uid(1), Lunch(100))).ShouldSatisfyAllConditions(decision => decision.Reason.ShouldBe(RefusalReason.DailyLimit), decision => decision.IsAlone.ShouldBeFalse());
        foreach (var code in (Code[])[Code.Unavailable, Code.ResourceExhausted, Code.DeadlineExceeded])
        {
            _core.OnSale = request => FakeCore.Fail(request, code);
            (await till.Sell(School.Uid(1), Lunch(100))).ShouldSatisfyAllConditions(decision => decision.IsGranted.ShouldBeTrue(code.ToString()), decision => decision.IsAlone.ShouldBeTrue());
        }

        _core.OnSale = request => FakeCore.Fail(request, Code.NotFound);
        (await till.Sell(School.Uid(1), Lunch(100))).ShouldSatisfyAllConditions(
            decision => decision.NotNow.ShouldBe(NotNowReason.NotTaken), decision => decision.Error.ShouldBe("NotFound"), decision => decision.IsGranted.ShouldBeFalse());
    }

    [Fact]
    public async Task An_answer_that_comes_too_late_changes_nothing_and_what_was_not_sold_is_taken_back()
    {
        await _core.Start();
        await using var till = await Connected();
        _core.OnSale = request => request is SellRequest ? null : FakeCore.Grant(request);

        var sold = await till.Sell(School.Uid(1), Lunch(100));
        (sold.IsGranted, sold.IsAlone).ShouldBe((true, true));
        await Eventually.Holds(() => till.Status.IsConnected, "a heartbeat should be answered");
        var refused = await till.Sell(School.Uid(1), Lunch(60_000));
        (refused.Reason, refused.IsAlone).ShouldBe((RefusalReason.InsufficientFunds, true));
        foreach (var request in _core.Asked.OfType<SellRequest>()) _core.Tell(FakeCore.Grant(request));

        await Eventually.Holds(() => _core.Asked.OfType<ReverseSaleRequest>().Any(reversal => reversal.SaleEntryNumber == 5), "what was not handed out should be taken back");
        await Eventually.Holds(() => till.Status.Queued == 0, "what was handed out should be uploaded");
        _core.Asked.OfType<ReverseSaleRequest>().Count().ShouldBe(1);
        ((UploadFactsRequest)_core.Uploaded.Single().Fact).Sell.OperationId.ShouldBe(_core.Asked.OfType<SellRequest>().First().OperationId);
    }

    [Fact]
    public async Task Without_a_list_or_past_its_time_nothing_is_sold()
    {
        await using (var till = TillTerminal.Start(_core.School.Options(File, isTill: true, _core.Address)))
            (await till.Sell(School.Uid(1), Lunch(100))).ShouldSatisfyAllConditions(decision => decision.Outcome.ShouldBe(TillOutcome.NotNow), decision => decision.NotNow.ShouldBe(NotNowReason.NoList));

        _core.List = Newest(Now - Duration.FromHours(72), 1);
        await _core.Start();
        await using var late = await Connected();
        await _core.Stop();
        (await late.Sell(School.Uid(1), Lunch(100))).NotNow.ShouldBe(NotNowReason.ListTooOld);
        late.Status.Queued.ShouldBe(0);
    }

    [Fact]
    public async Task A_till_whose_program_died_asks_again_by_the_same_operation_and_sells_once()
    {
        await _core.Start();
        var till = await Connected();
        await _core.Stop();
        var operation = Guid.CreateVersion7();
        (await till.Sell(School.Uid(1), Lunch(10_000), operation: operation)).IsGranted.ShouldBeTrue();
        await till.DisposeAsync();
        await using var again = TillTerminal.Start(_core.School.Options(File, isTill: true, _core.Address));
        (await again.Sell(School.Uid(1), Lunch(10_000), operation: operation)).IsGranted.ShouldBeTrue();
        again.Status.Queued.ShouldBe(1);
    }

    [Fact]
    [Trait("Rule", "C7")]
    public async Task The_file_of_a_till_has_no_radio_number_no_digest_and_no_key_in_it()
    {
        await _core.Start();
        var till = await Connected();
        await till.Sell(School.Uid(1), Lunch(100));
        await _core.Stop();
        for (var person = 0; person < 10; person++)
        {
            await till.Sell(School.Uid(person), Lunch(100));
            await till.RedeemMeal(School.Uid(person), MealKind.Lunch, Lunch(100));
        }

        till.Status.Queued.ShouldBe(3);
        await till.DisposeAsync();
        var bytes = Directory.GetFiles(_directory.Path).SelectMany(System.IO.File.ReadAllBytes).ToArray();
        bytes.Length.ShouldBeGreaterThan(10_000);
        for (var person = 0; person < 10; person++)
        {
            var token = new TokenKey(new byte[32]).TokenOf(School.Uid(person));
            foreach (var secret in (byte[][])[School.Uid(person), School.Uid(person)[..5], Digest(School.Uid(person))[..6], token.Value.ToByteArray(bigEndian: true)[..6], School.Key.ToBytes()[..8]])
            {
                bytes.AsSpan().IndexOf(secret).ShouldBe(-1, Convert.ToHexString(secret));
                Array.Reverse(secret);
                bytes.AsSpan().IndexOf(secret).ShouldBe(-1, Convert.ToHexString(secret));
            }
        }
    }

    private static byte[] Digest(byte[] uid)
    {
        var bytes = new byte[CardDigest.Length];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, CardDigest.Of(uid).Value);
        return bytes;
    }

    private static SaleLine[] Lunch(long kopecks) => [new SaleLine { ProductCode = "LUNCH", Category = ProductCategory.HotMeal, Quantity = 1, UnitPriceKopecks = kopecks }];

    private static Domain.Lists.OfflineList Newest(Instant madeAt, long version)
    {
        var day = Domain.Time.Calendars.DayOf(madeAt, School.Zone);
        var dinner = new Domain.Lists.ListedMeal(day, Domain.Accounts.MealKind.Dinner, School.Seller, [new Domain.Lists.ListedProduct("SOUP", 2)]);
        return School.List(
            DeviceKind.Till, madeAt,
            [School.Person(1, allowance: 10_000) with { Meals = MealSet.Of(Domain.Accounts.MealKind.Lunch) }, School.Person(2, allowance: 10_000) with { Orders = [dinner.Mark] }],
            version, meals: [dinner]);
    }

    private async Task<TillTerminal> Connected()
    {
        var till = TillTerminal.Start(_core.School.Options(File, isTill: true, _core.Address));
        await Eventually.Holds(() => till.Status is { IsConnected: true, ListVersion: > 0 }, "it should connect and have a list");
        return till;
    }
}
