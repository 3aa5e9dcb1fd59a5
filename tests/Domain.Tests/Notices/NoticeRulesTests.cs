using Zvonok.Domain.Accounts;
using Zvonok.Domain.Buildings;
using Zvonok.Domain.Notices;

namespace Zvonok.Domain.Tests.Notices;

[Trait("Rule", "A5")]
public sealed class NoticeRulesTests
{
    [Theory]
    [InlineData(Direction.In, NoticeKind.Came)]
    [InlineData(Direction.Out, NoticeKind.Left)]
    public void A_passage_tells_that_the_child_came_or_left_and_where(Direction direction, NoticeKind kind)
    {
        var notice = NoticeRules.Tell(Family.Passage(direction), Family.Subscription(), Given.Zone).ShouldNotBeNull();

        (notice.Kind, notice.Building, notice.Account, notice.EventAt).ShouldBe((kind, Given.School, Given.Number, Given.Morning));
        (notice.Guardian, notice.Channel, notice.ZoneId, notice.ChildName).ShouldBe(("subject-17", Family.Subscription().Channel, Given.Zone, "Masha"));
    }

    [Fact]
    public void A_flagged_passage_is_told_like_any_other()
    {
        var flagged = Family.Passage(outcome: PassageOutcome.AdmittedFlagged) with { Flag = PassageFlag.AlreadyInside };
        NoticeRules.Tell(flagged, Family.Subscription(), Given.Zone).ShouldNotBeNull().Kind.ShouldBe(NoticeKind.Came);
    }

    [Fact]
    [Trait("Rule", "P6")]
    public void Who_was_admitted_by_hand_has_come_and_left_like_all_others()
    {
        NoticeRules.Tell(Family.Passage(kind: PassageKind.ManualAdmission) with { Account = Given.Number }, Family.Subscription(), Given.Zone).ShouldNotBeNull().Kind.ShouldBe(NoticeKind.Came);
        NoticeRules.Tell(Family.Passage(Direction.Out, kind: PassageKind.ManualAdmission) with { Account = Given.Number }, Family.Subscription(kinds: [NoticeKind.Left]), Given.Zone)
            .ShouldNotBeNull().Kind.ShouldBe(NoticeKind.Left);
    }

    [Fact]
    public void Who_was_refused_has_neither_come_nor_left_and_nobodys_passage_is_told_to_nobody()
    {
        foreach (var passage in new[]
        {
            Family.Passage(outcome: PassageOutcome.Refused),
            Family.Passage() with { Account = null },
            Family.Passage(direction: null),
            Family.Passage(kind: PassageKind.ModeChange),
            Family.Passage(direction: null, kind: PassageKind.NotPassed) with { Account = Given.Number },
            Family.Passage(kind: PassageKind.Forced),
        })
        {
            NoticeRules.MayTell(passage).ShouldBeFalse();
            NoticeRules.Tell(passage, Family.Subscription(), Given.Zone).ShouldBeNull();
        }
    }

    [Theory]
    [Trait("Rule", "P8")]
    [InlineData(Direction.In, NoticeKind.Brought)]
    [InlineData(Direction.Out, NoticeKind.Collected)]
    public void A_hand_over_tells_who_brought_or_collected_the_child_and_where(Direction direction, NoticeKind kind)
    {
        NoticeRules.MayTell(Family.HandOver(direction)).ShouldBeTrue();
        var notice = NoticeRules.Tell(Family.HandOver(direction), Family.Subscription(kinds: kind), Given.Zone).ShouldNotBeNull();

        (notice.Kind, notice.Account, notice.Escort, notice.Building, notice.Refusal).ShouldBe((kind, Given.Number, Family.Adult, Given.School, TapRefusal.None));
    }

    [Theory]
    [Trait("Rule", "P8")]
    [InlineData(Direction.In, NoticeKind.Came)]
    [InlineData(Direction.Out, NoticeKind.Left)]
    public void Who_did_not_ask_by_whom_is_told_of_a_hand_over_as_of_any_passage(Direction direction, NoticeKind kind)
    {
        // The other way is not asked for here.
        var other = direction == Direction.In ? NoticeKind.Collected : NoticeKind.Brought;
        var notice = NoticeRules.Tell(Family.HandOver(direction), Family.Subscription(kinds: [NoticeKind.Came, NoticeKind.Left, other, NoticeKind.HandOverRefused]), Given.Zone).ShouldNotBeNull();

        (notice.Kind, notice.Escort).ShouldBe((kind, null));
    }

    [Theory]
    [Trait("Rule", "P8")]
    [InlineData(Direction.In, NoticeKind.Brought)]
    [InlineData(Direction.Out, NoticeKind.Collected)]
    public void Who_asked_for_everything_is_told_of_a_hand_over_once(Direction direction, NoticeKind kind) =>
        NoticeRules.Tell(Family.HandOver(direction), Family.Subscription(), Given.Zone).ShouldNotBeNull().Kind.ShouldBe(kind);

    [Fact]
    [Trait("Rule", "P8")]
    public void A_refused_hand_over_tells_who_asked_for_it_the_adult_what_for_and_why()
    {
        var refused = Family.HandOver(Direction.Out, TapRefusal.PickUpExpired);

        NoticeRules.MayTell(refused).ShouldBeTrue();
        var notice = NoticeRules.Tell(refused, Family.Subscription(kinds: NoticeKind.HandOverRefused), Given.Zone).ShouldNotBeNull();
        (notice.Kind, notice.Escort, notice.Direction, notice.Refusal).ShouldBe((NoticeKind.HandOverRefused, Family.Adult, Direction.Out, TapRefusal.PickUpExpired));
        NoticeRules.Tell(refused with { Escort = null, Refusal = TapRefusal.CardUnknown }, Family.Subscription(), Given.Zone).ShouldNotBeNull().Escort.ShouldBeNull();
        foreach (var kind in Enum.GetValues<NoticeKind>().Where(kind => kind != NoticeKind.HandOverRefused))
            NoticeRules.Tell(refused, Family.Subscription(kinds: kind), Given.Zone).ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "P8")]
    [Trait("Rule", "P5")]
    public void A_hand_over_that_its_gate_had_reported_as_not_done_is_told_to_nobody()
    {
        var annulled = Family.HandOver() with { Annulment = new Annulment(1, null) };

        NoticeRules.MayTell(annulled).ShouldBeFalse();
        NoticeRules.Tell(annulled, Family.Subscription(), Given.Zone).ShouldBeNull();
    }

    [Fact]
    public void A_sale_tells_what_was_bought_and_what_is_left()
    {
        var sale = Family.Sale(15_000, after: 35_000);
        var notice = NoticeRules.Tell(sale, Family.Subscription(), Given.Zone).ShouldHaveSingleItem();

        (notice.Kind, notice.Amount, notice.Balance).ShouldBe((NoticeKind.Bought, new Money(15_000), new Money(35_000)));
        notice.Lines.ShouldBe(sale.Lines);
        notice.RecordedAt.ShouldBe(sale.RecordedAt);
    }

    [Fact]
    [Trait("Rule", "M4")]
    public void A_sale_on_credit_tells_that_as_well_and_how_much_is_owed()
    {
        var notices = NoticeRules.Tell(Family.Sale(15_000, after: -4_000), Family.Subscription(kinds: [NoticeKind.Bought, NoticeKind.CreditUsed]), Given.Zone).ToList();

        notices.Select(notice => notice.Kind).ShouldBe([NoticeKind.Bought, NoticeKind.CreditUsed]);
        (notices[1].Amount, notices[1].Balance).ShouldBe((new Money(4_000), new Money(-4_000)));
    }

    [Fact]
    [Trait("Rule", "M3")]
    public void A_sale_in_spite_of_the_stop_list_tells_which_lines_and_why()
    {
        var sale = Family.Sale(15_000, after: 1_000) with { Override = Family.Override };
        var notices = NoticeRules.Tell(sale, Family.Subscription(kinds: [NoticeKind.Bought, NoticeKind.StopOverridden]), Given.Zone).ToList();

        notices.Select(notice => notice.Kind).ShouldBe([NoticeKind.Bought, NoticeKind.StopOverridden]);
        notices[1].Lines.ShouldBe([sale.Lines[1]]);
        notices[1].Reason.ShouldBe(Family.Override.Reason);
        notices[0].Reason.ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "M3")]
    [Trait("Rule", "M5")]
    public void So_does_a_meal_at_public_cost_in_spite_of_the_stop_list_with_the_meal_purse_as_it_is()
    {
        var meal = Family.Sale(15_000, after: 1_000) with { Kind = EntryKind.Redemption, Purse = Purse.None, Override = Family.Override };

        NoticeRules.MayTell(meal).ShouldBeTrue();
        var notice = NoticeRules.Tell(meal, Family.Subscription(), Given.Zone).ShouldHaveSingleItem();
        (notice.Kind, notice.Reason, notice.Balance).ShouldBe((NoticeKind.StopOverridden, Family.Override.Reason, new Money(1_000)));
        notice.Lines.ShouldBe([meal.Lines[1]]);
    }

    [Theory]
    [InlineData(Purse.Meal)]
    [InlineData(Purse.Transport)]
    public void A_top_up_tells_how_much_arrived_and_what_is_in_that_purse(Purse purse)
    {
        var notice = NoticeRules.Tell(Family.Entry(EntryKind.TopUp, 50_000, after: 60_000, purse), Family.Subscription(), Given.Zone).ShouldHaveSingleItem();
        (notice.Kind, notice.Amount, notice.Balance).ShouldBe((NoticeKind.ToppedUp, new Money(50_000), new Money(60_000)));
    }

    [Theory]
    [InlineData(EntryKind.Reversal, 15_000)]
    [InlineData(EntryKind.LimitChange, 0)]
    [InlineData(EntryKind.StopListChange, 0)]
    [InlineData(EntryKind.Ride, -4_600)]
    [InlineData(EntryKind.Redemption, -15_000)]
    [InlineData(EntryKind.EntitlementChange, 0)]
    public void A_reversal_a_ride_a_meal_at_public_cost_and_a_changed_limit_or_stop_list_are_not_among_the_kinds(EntryKind kind, long amount)
    {
        var entry = Family.Entry(kind, amount, after: 20_000);
        NoticeRules.MayTell(entry).ShouldBeFalse();
        NoticeRules.Tell(entry, Family.Subscription(below: 100_000), Given.Zone).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(10_001, 10_000, false)]
    [InlineData(10_000, 9_999, true)]
    [InlineData(50_000, 0, true)]
    [InlineData(9_999, 9_998, false)]
    [InlineData(20_000, 10_000, false)]
    public void Low_balance_is_told_once_when_a_sale_crosses_the_threshold_downwards(long before, long after, bool isTold)
    {
        var notices = NoticeRules.Tell(Family.Sale(before - after, after), Family.Subscription(below: 10_000), Given.Zone).ToList();

        notices.Select(notice => notice.Kind).ShouldBe(isTold ? [NoticeKind.Bought, NoticeKind.LowBalance] : [NoticeKind.Bought]);
        if (isTold) (notices[1].Threshold, notices[1].Balance).ShouldBe((new Money(10_000), new Money(after)));
    }

    [Fact]
    public void Low_balance_is_about_the_meal_purse_alone() =>
        NoticeRules.FellBelow(Family.Entry(EntryKind.Sale, -500, after: 1, Purse.Transport), new Money(100)).ShouldBeFalse();

    [Fact]
    public void However_a_purse_empties_each_fall_below_the_threshold_is_told_exactly_once() =>
        Gen.Select(Gen.Int[0, 300], Gen.Int[-120, 120].Array[1, 60]).Sample((threshold, steps) =>
        {
            var (balance, falls, told) = (0, 0, 0);
            foreach (var step in steps.Where(step => step != 0))
            {
                var after = balance + step;
                if (after < 0) continue;
                if (step < 0 && balance >= threshold && after < threshold) falls++;
                var entry = Family.Entry(step < 0 ? EntryKind.Sale : EntryKind.TopUp, step, after);
                told += NoticeRules.Tell(entry, Family.Subscription(below: threshold, kinds: NoticeKind.LowBalance), Given.Zone).Count();
                balance = after;
            }

            return told == falls;
        });

    [Theory]
    [InlineData(NoticeKind.Came)]
    [InlineData(NoticeKind.Left)]
    [InlineData(NoticeKind.Bought)]
    [InlineData(NoticeKind.ToppedUp)]
    [InlineData(NoticeKind.LowBalance)]
    [InlineData(NoticeKind.CreditUsed)]
    [InlineData(NoticeKind.StopOverridden)]
    [InlineData(NoticeKind.Brought)]
    [InlineData(NoticeKind.Collected)]
    [InlineData(NoticeKind.HandOverRefused)]
    public void Who_subscribed_to_one_kind_is_told_of_that_kind_alone(NoticeKind kind)
    {
        var subscription = Family.Subscription(below: 10_000, kinds: kind);
        var isOfHandOver = kind is NoticeKind.Brought or NoticeKind.Collected or NoticeKind.HandOverRefused;
        var passages = isOfHandOver ? new[] { Family.HandOver(), Family.HandOver(Direction.Out), Family.HandOver(refusal: TapRefusal.PickUpDenied) } : [Family.Passage(), Family.Passage(Direction.Out)];
        var told = passages.Select(passage => NoticeRules.Tell(passage, subscription, Given.Zone)).OfType<Notice>()
            .Concat(NoticeRules.Tell(Family.Sale(15_000, after: -1_000) with { Override = Family.Override }, subscription, Given.Zone))
            .Concat(NoticeRules.Tell(Family.Entry(EntryKind.TopUp, 500, after: 9_500), subscription, Given.Zone));

        told.ShouldHaveSingleItem().Kind.ShouldBe(kind);
    }

    [Fact]
    public void A_set_of_kinds_holds_what_was_put_in()
    {
        NoticeKindSet.All.Kinds.ShouldBe(Enum.GetValues<NoticeKind>());
        NoticeKindSet.Of(NoticeKind.Left, NoticeKind.Came).Kinds.ShouldBe([NoticeKind.Came, NoticeKind.Left]);
        default(NoticeKindSet).IsEmpty.ShouldBeTrue();
        // Stored.
        NoticeKindSet.All.Bits.ShouldBe(2_046);
    }

    [Fact]
    public void A_receiver_is_a_guardian_at_a_channel_and_its_digest_is_stored()
    {
        var subscription = Family.Subscription();
        subscription.Receiver.ShouldBe((subscription with { Kinds = default, ChildName = null }).Receiver);
        var others = new[]
        {
            subscription with { Guardian = "subject-18" },
            subscription with { Channel = new Channel(ChannelKind.Email, "other@example.org") },
            subscription with { Channel = new Channel(ChannelKind.Webhook, "guardian@example.org") },
        };
        others.Select(other => other.Receiver).Append(subscription.Receiver).ShouldBeUnique();
        subscription.Receiver.ToString().ShouldBe("3102276c9a65f632f8974b209fa61532");
    }
}
