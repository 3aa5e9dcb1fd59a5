using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using Zvonok.Domain.Accounts;
using Zvonok.Domain.Buildings;
using Zvonok.Domain.Cards;
using Zvonok.Domain.Operations;
using Zvonok.Domain.Tests.Cards;

namespace Zvonok.Domain.Tests.Operations;

/// <summary>Fingerprints are stored with every operation: their values never change.</summary>
[Trait("Rule", "D2")]
public sealed class FingerprintTests
{
    [Fact]
    public void A_sales_fingerprint_is_a_stored_format() => Given.Sale().Fingerprint.Value.ShouldBe(-9160851853446780335L);

    [Fact]
    public void A_reversals_fingerprint_is_a_stored_format() => Given.Reversal().Fingerprint.Value.ShouldBe(-5996269147615809438L);

    [Fact]
    public void A_top_ups_fingerprint_is_a_stored_format() => Given.TopUp().Fingerprint.Value.ShouldBe(4362255219810595089L);

    [Fact]
    public void A_limit_changes_fingerprint_is_a_stored_format()
    {
        Given.LimitChange(30_000).Fingerprint.Value.ShouldBe(-1592184681217868240L);
        Given.LimitChange(null).Fingerprint.Value.ShouldBe(7204950888134508904L);
        new[] { Given.LimitChange(null), Given.LimitChange(null, category: ProductCategory.HotMeal), Given.LimitChange(null, category: ProductCategory.Buffet) }
            .Select(change => change.Fingerprint).ShouldBeUnique();
    }

    [Fact]
    [Trait("Rule", "M3")]
    public void What_is_confirmed_or_overridden_changes_a_sales_fingerprint_and_who_may_does_not()
    {
        var sale = Given.Sale();
        var asked = sale with { Override = new OverrideRequest(By: null, "A teacher saw it") };

        AllDiffer(
            sale,
            sale with { IsConfirmed = true },
            asked,
            asked with { IsConfirmed = true },
            sale with { Settlement = new ClassSettlement(null) },
            sale with { Override = new OverrideRequest(By: null, "A teacher saw it.") },
            sale with { Override = new OverrideRequest(By: null, new string('я', Limits.ReasonLengthMax)) });
        (asked with { Override = asked.Override with { By = Given.Number } }).Fingerprint.ShouldBe(asked.Fingerprint);
        (sale with { Settlement = new ClassSettlement(Given.Number) }).Fingerprint.ShouldBe((sale with { Settlement = new ClassSettlement(null) }).Fingerprint);
    }

    [Fact]
    [Trait("Rule", "M3")]
    public void Every_field_of_a_stop_list_changes_its_fingerprint_and_the_order_of_its_products_does_not()
    {
        var (bun, tea) = (new ProductStop(Given.Seller, "BUN", StopStrength.Soft), new ProductStop(Given.Seller, "TEA", StopStrength.Hard));

        AllDiffer([.. new[]
        {
            null,
            new StopList(Allergens.Milk),
            new StopList(Allergens.Nuts),
            new StopList(hotMeal: StopStrength.Hard),
            new StopList(hotMeal: StopStrength.Soft),
            new StopList(buffet: StopStrength.Hard),
            new StopList(products: bun),
            new StopList(products: bun with { Strength = StopStrength.Hard }),
            new StopList(products: bun with { Seller = ContraAccount.Operator(8) }),
            new StopList(products: tea),
            new StopList(products: [bun, tea]),
            new StopList(products: [.. Enumerable.Range(0, Limits.StoppedProductsMax).Select(n => bun with { ProductCode = new string('X', 30) + $"{n:D2}" })]),
        }.Select(list => Given.StopListChange(list))]);
        Given.StopListChange(new StopList(products: [bun, tea])).Fingerprint.ShouldBe(Given.StopListChange(new StopList(products: [tea, bun])).Fingerprint);
    }

    [Fact]
    public void A_taps_fingerprint_is_a_stored_format() => Given.Tap().Fingerprint.Value.ShouldBe(-5573359406548616978L);

    [Fact]
    public void A_mode_changes_fingerprint_is_a_stored_format() =>
        Given.ModeChange(BuildingMode.Evacuation).Fingerprint.Value.ShouldBe(-8562069792182634663L);

    [Fact]
    public void The_fields_are_digested_as_little_endian_numbers_and_texts_with_their_length()
    {
        var sale = Given.Sale();
        var line = sale.Lines[0];
        var bytes = new List<byte>();
        foreach (var number in new long[] { 1, sale.Device.Value, sale.Total.Kopecks, line.ProductCode.Length }) Add(number);
        bytes.AddRange(Encoding.Unicode.GetBytes(line.ProductCode));
        foreach (var number in new[] { (long)line.Category, line.Quantity, line.UnitPrice.Kopecks, (long)line.Allergens }) Add(number);

        sale.Fingerprint.Value.ShouldBe((long)XxHash3.HashToUInt64(bytes.ToArray()));

        void Add(long number)
        {
            var eight = new byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(eight, number);
            bytes.AddRange(eight);
        }
    }

    [Fact]
    public void A_repeat_with_a_corrected_clock_or_another_id_asks_for_the_same()
    {
        var later = Given.Morning + Duration.FromMinutes(1);

        Given.Sale(at: later, operation: 9).Fingerprint.ShouldBe(Given.Sale().Fingerprint);
        Given.Reversal(at: later, operation: 9).Fingerprint.ShouldBe(Given.Reversal().Fingerprint);
        Given.TopUp(at: later, operation: 9).Fingerprint.ShouldBe(Given.TopUp().Fingerprint);
        Given.LimitChange(5, at: later, operation: 9).Fingerprint.ShouldBe(Given.LimitChange(5).Fingerprint);
        Given.Tap(at: later, operation: 9).Fingerprint.ShouldBe(Given.Tap().Fingerprint);
        Given.ModeChange(BuildingMode.Normal, at: later, operation: 9).Fingerprint.ShouldBe(Given.ModeChange(BuildingMode.Normal).Fingerprint);
    }

    [Fact]
    public void Every_field_of_a_sale_changes_its_fingerprint()
    {
        var sale = Given.Sale();
        var line = sale.Lines[0];

        AllDiffer(
            sale,
            sale with { Device = new DeviceId(502) },
            sale with { Total = new Money(15_001) },
            sale with { Lines = [] },
            sale with { Lines = [line, line] },
            sale with { Lines = [line with { ProductCode = "LUNCI" }] },
            sale with { Lines = [line with { ProductCode = "LUNCH2" }] },
            sale with { Lines = [line with { Category = ProductCategory.Buffet }] },
            sale with { Lines = [line with { Quantity = 2 }] },
            sale with { Lines = [line with { UnitPrice = new Money(1) }] },
            sale with { Lines = [line with { Allergens = Allergens.None }] });
    }

    [Fact]
    public void The_order_of_lines_and_where_one_code_ends_matter()
    {
        var sale = Given.Sale();
        var line = sale.Lines[0];

        AllDiffer(
            sale with { Lines = [line, line with { Quantity = 2 }] },
            sale with { Lines = [line with { Quantity = 2 }, line] },
            sale with { Lines = [line with { ProductCode = "AB" }, line with { ProductCode = "C" }] },
            sale with { Lines = [line with { ProductCode = "A" }, line with { ProductCode = "BC" }] });
    }

    [Fact]
    public void The_largest_sale_has_a_fingerprint()
    {
        var sale = Given.Sale();
        var line = sale.Lines[0] with { ProductCode = new string('X', Limits.ProductCodeLengthMax) };
        var largest = sale with { Lines = [.. Enumerable.Repeat(line, Limits.SaleLinesMax)] };

        AllDiffer(largest, largest with { Lines = [.. largest.Lines[1..], line with { Quantity = 2 }] });
    }

    [Fact]
    public void A_sale_of_any_number_of_lines_and_any_codes_has_a_fingerprint() =>
        Gen.Select(Gen.Int[0, Limits.SaleLinesMax], Gen.Int[0, Limits.ProductCodeLengthMax]).Sample((lines, length) =>
        {
            var line = new SaleLine(new string('X', length), ProductCategory.Buffet, 1, new Money(100), Allergens.None);
            var sale = Given.Sale() with { Lines = [.. Enumerable.Repeat(line, lines)] };
            sale.Fingerprint.ShouldBe((sale with { Operation = Given.Operation(77) }).Fingerprint);
        });

    [Fact]
    public void Every_field_of_a_reversal_changes_its_fingerprint()
    {
        var reversal = Given.Reversal();

        AllDiffer(
            reversal, reversal with { Device = new DeviceId(502) }, reversal with { SaleSeq = 2 }, reversal with { Lines = LineSet.Of(0) }, reversal with { Lines = LineSet.Of(1) }, reversal with { Lines = LineSet.Of(0, 49) });
    }

    [Fact]
    public void Every_field_of_a_top_up_changes_its_fingerprint()
    {
        var topUp = Given.TopUp();

        AllDiffer(
            topUp,
            topUp with { Purse = Purse.Transport },
            topUp with { Amount = new Money(50_001) },
            topUp with { Reference = topUp.Reference with { Provider = 4 } },
            topUp with { Reference = topUp.Reference with { Reference = "PAY-2026-000018" } },
            topUp with { Reference = topUp.Reference with { Reference = new string('9', Limits.BankReferenceLengthMax) } });
    }

    [Fact]
    public void Every_limit_has_its_own_fingerprint() =>
        AllDiffer(Given.LimitChange(null), Given.LimitChange(0), Given.LimitChange(1), Given.LimitChange(Limits.AmountMax));

    [Fact]
    [Trait("Rule", "M5")]
    public void Every_field_of_a_redemption_and_of_a_right_changes_its_fingerprint()
    {
        var redemption = Given.Redemption();
        AllDiffer(
            redemption,
            redemption with { Device = new DeviceId(502) },
            redemption with { Meal = MealKind.Dinner },
            redemption with { Total = new Money(15_001) },
            redemption with { IsConfirmed = true },
            redemption with { Override = new OverrideRequest(null, "So") },
            redemption with { Settlement = new ClassSettlement(null) },
            redemption with { Lines = [redemption.Lines[0] with { Quantity = 2 }] });
        (redemption with { Override = new OverrideRequest(Given.Number, "So") }).Fingerprint.ShouldBe((redemption with { Override = new OverrideRequest(null, "So") }).Fingerprint);

        var right = new Entitlement(ContraAccount.Budget(5), MealSet.Of(MealKind.Lunch), WeekdaySet.Of(IsoDayOfWeek.Monday), Given.Today, Given.Today);
        AllDiffer([.. new[]
        {
            null,
            new EntitlementList(right),
            new EntitlementList(right with { Funder = ContraAccount.Budget(6) }),
            new EntitlementList(right with { Meals = MealSet.Of(MealKind.Dinner) }),
            new EntitlementList(right with { Weekdays = WeekdaySet.Of(IsoDayOfWeek.Friday) }),
            new EntitlementList(right with { From = Given.Today.PlusDays(-1) }),
            new EntitlementList(right with { Until = Given.Today.PlusDays(1) }),
            new EntitlementList([.. Enumerable.Repeat(right, Limits.EntitlementsMax)]),
        }.Select(list => Given.EntitlementChange(list))]);
    }

    [Fact]
    [Trait("Rule", "M10")]
    public void Every_field_of_a_ride_and_the_purse_of_a_limit_change_their_fingerprints()
    {
        AllDiffer(Given.Ride(), Given.Ride(4_601), Given.Ride() with { Device = new DeviceId(702) });
        AllDiffer(Given.RideLimitChange(100), Given.RideLimitChange(null), Given.LimitChange(100), Given.LimitChange(null), Given.LimitChange(100, category: ProductCategory.Buffet), Given.LimitChange(100, category: ProductCategory.HotMeal));
    }

    [Fact]
    public void Every_field_of_a_tap_changes_its_fingerprint()
    {
        var tap = Given.Tap();
        var token = Given.Token().Value.ToByteArray();
        var otherEnd = (byte[])token.Clone();
        otherEnd[15] ^= 1;

        Fingerprint[] prints =
        [
            tap.Fingerprint,
            (tap with { Device = new DeviceId(602) }).Fingerprint,
            (tap with { Direction = Direction.Out }).Fingerprint,
            (tap with { Direction = Direction.Toggle }).Fingerprint,
            (tap with { Token = Given.Token(2) }).Fingerprint,
            (tap with { Token = new CardToken(new Guid(otherEnd)) }).Fingerprint,
            .. Enum.GetValues<BuildingMode>().Select(mode => Given.ModeChange(mode).Fingerprint),
        ];

        prints.ShouldBeUnique();
    }

    [Fact]
    [Trait("Rule", "C2")]
    public void Every_field_of_what_is_asked_of_a_card_changes_its_fingerprint()
    {
        var (bind, issue, replace, given) = (GivenCards.Bind(), GivenCards.Issue(), GivenCards.Replace(), GivenCards.Temporary());
        CardCommand[] all =
        [
            bind,
            bind with { Token = Given.Token(2) },
            bind with { Account = GivenCards.Sister },
            bind with { Author = bind.Author with { Building = Given.Club } },
            bind with { Author = bind.Author with { Employee = GivenCards.Sister } },
            bind with { Author = bind.Author with { Employee = null, Device = Given.Gate } },
            bind with { Author = bind.Author with { Reason = new string('я', Limits.ReasonLengthMax) } },
            issue,
            issue with { CardKind = CardKind.Phone },
            issue with { Account = GivenCards.Sister },
            issue with { Rights = new AccessRights(Given.School) },
            issue with { Rights = new AccessRights(Given.School, [.. Enumerable.Range(1, Limits.FurtherBuildingsMax).Select(id => new BuildingId(id))]) },
            replace,
            replace with { Successor = Given.Token(3) },
            replace with { SuccessorKind = CardKind.Fob },
            replace with { Becomes = CardState.Returned },
            replace with { Reference = new BankReference(3, "PAID") },
            replace with { Reference = new BankReference(4, "PAID") },
            replace with { Author = bind.Author with { Reason = new string('я', Limits.ReasonLengthMax) }, Reference = new BankReference(3, new string('9', Limits.BankReferenceLengthMax)) },
            given,
            given with { ExpiresAt = Given.Morning },
            .. new[] { CardState.Lost, CardState.Blocked, CardState.Returned, CardState.Destroyed }.Select(to => GivenCards.Move(to)),
            GivenCards.Sighting,
            GivenCards.Retokening,
            GivenCards.Retokening with { Successor = Given.Token(3) },
        ];
        all.Select(command => command.Fingerprint).ShouldBeUnique();
        bind.Fingerprint.Value.ShouldBe(-1431671769482080494L, "it is stored");
    }

    [Fact]
    [Trait("Rule", "P5")]
    [Trait("Rule", "P6")]
    public void Every_field_of_a_gates_report_and_of_an_admission_by_hand_changes_its_fingerprint()
    {
        var report = Given.GateEvent(GateEventKind.NotPassed, passage: new PassageName(17, Given.Operation(2)));
        var admission = Given.ManualAdmission();

        Fingerprint[] prints =
        [
            report.Fingerprint,
            (report with { Device = new DeviceId(602) }).Fingerprint,
            (report with { Passage = new PassageName(18, Given.Operation(2)) }).Fingerprint,
            (report with { Passage = new PassageName(17, Given.Operation(3)) }).Fingerprint,
            (report with { Passage = new PassageName(17, OperationId.Create(Given.Morning + Duration.FromMilliseconds(1), 0, 2)) }).Fingerprint,
            Given.GateEvent(GateEventKind.Forced).Fingerprint,
            Given.GateEvent(GateEventKind.Forced, direction: Direction.In).Fingerprint,
            Given.GateEvent(GateEventKind.Forced, direction: Direction.Out).Fingerprint,
            Given.GateEvent(GateEventKind.HeldOpen).Fingerprint,
            Given.GateEvent(GateEventKind.Tampered).Fingerprint,
            admission.Fingerprint,
            (admission with { Device = new DeviceId(602) }).Fingerprint,
            (admission with { Direction = Direction.Out }).Fingerprint,
            (admission with { Account = AccountNumber.FromSerial(78) }).Fingerprint,
            (admission with { Vouching = admission.Vouching with { Reason = "No card" } }).Fingerprint,
            (admission with { Vouching = admission.Vouching with { Reason = new string('я', Limits.ReasonLengthMax) } }).Fingerprint,
        ];

        prints.ShouldBeUnique();
        (report with { EventTime = Given.Morning, Operation = Given.Operation(9) }).Fingerprint.ShouldBe(report.Fingerprint);
        // Who may is the server's to say, and may change until a repeat comes.
        (admission with { EventTime = Given.Morning, Vouching = admission.Vouching with { By = null }, IsAccountClosed = true }).Fingerprint.ShouldBe(admission.Fingerprint);
    }

    [Fact]
    [Trait("Rule", "P8")]
    public void Every_field_of_a_hand_over_changes_its_fingerprint_and_what_the_adult_may_does_not()
    {
        var handOver = Given.HandOver();

        new[]
        {
            handOver, handOver with { Device = new DeviceId(602) }, handOver with { Direction = Direction.Out }, handOver with { Child = AccountNumber.FromSerial(5) }, handOver with { Token = Given.Token(2) },
        }.Select(one => one.Fingerprint).ShouldBeUnique();
        (handOver with { Rights = [Given.PickUp()], EventTime = Given.Morning, Operation = Given.Operation(9) }).Fingerprint.ShouldBe(handOver.Fingerprint);
    }

    private static void AllDiffer(params AccountCommand[] commands) => commands.Select(command => command.Fingerprint).ShouldBeUnique();
}
