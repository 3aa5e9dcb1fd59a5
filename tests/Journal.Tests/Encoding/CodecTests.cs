using Zvonok.Journal.Encoding;
using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.Encoding;

public sealed class CodecTests
{
    [Fact]
    public void Sale_lines_of_every_content_come_back() => Any.Lines.Sample(lines =>
        SaleLineCodec.Decode(SaleLineCodec.Encode(lines)).ShouldBe(lines));

    [Fact]
    public void No_lines_are_stored_as_nothing()
    {
        SaleLineCodec.Encode([]).ShouldBeNull();
        SaleLineCodec.Decode(null).ShouldBeEmpty();
    }

    [Fact]
    public void The_stored_format_of_a_line_is_this_and_stays()
    {
        var line = new SaleLine("TEA", ProductCategory.Buffet, 2, new Money(300), Allergens.Milk | Allergens.Gluten);

        // Format, count, length, T, E, A, category, quantity, 300 and 0x41 as LEB128.
        SaleLineCodec.Encode([line]).ShouldBe([1, 1, 3, 0x54, 0x45, 0x41, 2, 2, 0xAC, 0x02, 0x41]);
    }

    [Fact]
    public void The_largest_sale_fits()
    {
        var line = new SaleLine(
            new string('X', Limits.ProductCodeLengthMax), ProductCategory.HotMeal, Limits.QuantityMax, new Money(Limits.AmountMax), (Allergens)((1 << 14) - 1));
        var lines = Enumerable.Repeat(line, Limits.SaleLinesMax).ToArray();

        SaleLineCodec.Decode(SaleLineCodec.Encode(lines)).ShouldBe(lines);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(255)]
    public void Lines_of_another_format_are_an_error_that_says_what_to_do(byte format) =>
        Should.Throw<InvalidDataException>(() => SaleLineCodec.Decode([format, 0])).Message.ShouldBe(
            $"Sale lines of format {format} are not known: this program is older than the data.");

    [Fact]
    [Trait("Rule", "M3")]
    public void Stop_lists_and_overrides_of_every_content_come_back()
    {
        Any.StopList.Sample(list => StopCodec.DecodeList(StopCodec.Encode(list)).ShouldBe(list));
        Any.Override.Sample(made => StopCodec.DecodeOverride(StopCodec.Encode(made)).ShouldBe(made));
        StopCodec.Encode((StopList?)null).ShouldBeNull();
        StopCodec.Encode((StopOverride?)null).ShouldBeNull();
        StopCodec.DecodeList(null).ShouldBeNull();
        StopCodec.DecodeOverride(null).ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "M3")]
    public void The_stored_formats_of_a_stop_list_and_an_override_are_these_and_stay()
    {
        StopCodec.Encode(new StopList(Allergens.Milk, StopStrength.Soft, null, new ProductStop(Given.Seller, "TEA", StopStrength.Hard)))
            .ShouldBe("""{"Allergens":64,"HotMeal":2,"Products":[{"Seller":1000000007,"Code":"TEA","Strength":1}]}""");
        StopCodec.Encode(new StopOverride(AccountNumber.From(13), "Другого нет", LineSet.Of(0, 2))).ShouldBe("""{"By":13,"Reason":"Другого нет","Lines":[0,2]}""");
    }

    [Fact]
    [Trait("Rule", "M5")]
    public void Entitlements_of_every_content_come_back_and_their_stored_format_stays()
    {
        Any.Entitlements.Sample(list => EntitlementCodec.Decode(EntitlementCodec.Encode(list)).ShouldBe(list));
        EntitlementCodec.Encode(null).ShouldBeNull();
        EntitlementCodec.Decode(null).ShouldBeNull();
        EntitlementCodec.Encode(new EntitlementList(new Entitlement(ContraAccount.Budget(5), MealSet.Of(MealKind.Lunch), WeekdaySet.Of(IsoDayOfWeek.Monday), Given.Today, Given.Today.PlusDays(29))))
            .ShouldBe("""[{"Funder":4000000005,"Meals":4,"Weekdays":2,"From":"2026-09-01","Until":"2026-09-30"}]""");
    }

    [Fact]
    [Trait("Rule", "O3")]
    public void What_everybody_did_last_comes_back() => Any.Presence.Sample(presence =>
    {
        var checkpoint = new PresenceCheckpoint(Given.School, 77, Given.Today, presence);
        var (inside, people) = (PresenceCodec.EncodeInside(checkpoint), PresenceCodec.EncodePeople(checkpoint));

        var read = PresenceCodec.Decode(77, inside, people);

        read.People.ShouldBe(presence.People);
        read.Awaited.ShouldBe(presence.Awaited);
    });

    [Fact]
    public void Of_a_checkpoint_that_the_release_before_has_written_entries_count() => Any.Presence.Sample(presence =>
    {
        var checkpoint = new PresenceCheckpoint(Given.School, 77, Given.Today, presence);
        var older = PresenceCodec.EncodePeople(checkpoint with { Seq = 76, Presence = PresenceSnapshot.Empty });

        foreach (var people in new[] { older, [] }) PresenceCodec.Decode(77, PresenceCodec.EncodeInside(checkpoint), people).Inside.ShouldBe(presence.Inside);
    });

    [Fact]
    public void The_stored_format_of_a_presence_is_this_and_stays()
    {
        Span<byte> id = [0, 0, 0, 0, 0, 9, 0x70, 1, 0x80, 0, 0, 0, 0, 0, 0, 2];
        OperationId.TryRead(id, out var operation).ShouldBeTrue();
        var checkpoint = new PresenceCheckpoint(Given.School, 3, Given.Today, new PresenceSnapshot(
            [KeyValuePair.Create(AccountNumber.From(13), new Whereabouts(IsInside: true, 258, operation))], [KeyValuePair.Create(operation, Instant.FromUnixTimeMilliseconds(7))]));

        PresenceCodec.EncodeInside(checkpoint).ShouldBe([13, 0, 0, 0, 0, 0, 0, 0, 2, 1, 0, 0, 0, 0, 0, 0]);
        PresenceCodec.EncodePeople(checkpoint).ShouldBe(
        [
            3, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 13, 0, 0, 0, 0, 0, 0, 0, 5, 2, 0, 0, 0, 0, 0, 0, .. id, .. id, 7, 0, 0, 0, 0, 0, 0, 0,
        ]);
    }

    [Fact]
    [Trait("Rule", "P4")]
    public void What_a_card_opens_comes_back() => Any.Rights.Sample(rights => BuildingListCodec.Decode(rights.Home, BuildingListCodec.Encode(rights)).ShouldBe(rights));

    [Fact]
    public void The_stored_format_of_a_list_of_buildings_is_this_and_stays()
    {
        BuildingListCodec.Encode(new AccessRights(Given.School)).ShouldBeNull();
        BuildingListCodec.Encode(new AccessRights(Given.School, new BuildingId(1777), new BuildingId(7))).ShouldBe("7 1777");
    }

    [Fact]
    [Trait("Rule", "P4")]
    public void The_stored_format_of_access_rules_is_this_and_stays()
    {
        var rules = new[]
        {
            new AccessRule(true), new AccessRule(false, new BuildingId(7), WeekdaySet.Of(IsoDayOfWeek.Tuesday, IsoDayOfWeek.Sunday), new HourSpan(900, 1440), Given.Today, new(2027, 5, 31)),
            new AccessRule(false, new BuildingId(8), Until: Given.Today),
        };

        BuildingListCodec.Encode(new AccessRights(Given.School, [new BuildingId(9)], rules)).ShouldBe("9 -* +7/w27/h900-1440/f2026-09-01/u2027-05-31 +8/u2026-09-01");
        BuildingListCodec.Decode(Given.School, "9 -* +7/w27/h900-1440/f2026-09-01/u2027-05-31 +8/u2026-09-01").ShouldBe(new AccessRights(Given.School, [new BuildingId(9)], rules));
    }
}
