using Zvonok.Domain.Accounts;
using Zvonok.Domain.Buildings;
using Zvonok.Domain.Cards;
using Zvonok.Domain.Notices;

namespace Zvonok.Domain.Tests.Notices;

[Trait("Rule", "A5")]
public sealed class NoticeTextsTests
{
    private static readonly Instant Now = Given.Morning + Duration.FromSeconds(3);

    [Fact]
    public void A_purchase_in_English_has_its_lines_the_time_in_the_childs_zone_and_the_balance()
    {
        var text = Write(NoticeRules.Tell(Family.Sale(15_000, after: 35_050), Family.Subscription(), Given.Zone).Single());

        text.Subject.ShouldBe("Masha: purchase");
        text.Body.ShouldBe("Masha: purchase for 150.00 RUB. Time: 2026-09-01 09:00.\n- LUNCH, 1 pcs: 148.00 RUB\n- BUN, 2 pcs: 2.00 RUB\nBalance: 350.50 RUB.");
    }

    [Fact]
    public void A_purchase_in_Russian_reads_as_Russians_write()
    {
        var text = Write(NoticeRules.Tell(Family.Sale(15_000, after: 35_050), Family.Subscription(NoticeLanguage.Russian), Given.Zone).Single());

        text.Subject.ShouldBe("Masha: покупка");
        text.Body.ShouldBe("Masha: покупка на 150,00 ₽. Время: 01.09.2026 09:00.\n- LUNCH, 1 шт.: 148,00 ₽\n- BUN, 2 шт.: 2,00 ₽\nОстаток: 350,50 ₽.");
    }

    [Fact]
    [Trait("Rule", "M3")]
    public void An_overridden_stop_list_has_the_forbidden_lines_and_the_reason() =>
        Write(Example(NoticeKind.StopOverridden, NoticeLanguage.English)).Body.ShouldBe(
            "Masha: an employee of the school allowed what your stop list forbids. Time: 2026-09-01 09:00.\n- BUN, 2 pcs: 2.00 RUB\nReason: Nothing else was left; the family was called");

    [Fact]
    [Trait("Rule", "P8")]
    public void A_hand_over_has_the_adults_account_number_and_a_refused_one_what_for_and_why()
    {
        var adult = Family.Adult;
        Write(Example(NoticeKind.Brought, NoticeLanguage.English)).Body.ShouldBe($"Masha was brought by the adult with account {adult}. Time: 2026-09-01 09:00. Building: 1501.");
        Write(Example(NoticeKind.Collected, NoticeLanguage.Russian)).Body.ShouldBe($"Masha: забран. Кто забрал: взрослый, лицевой счёт {adult}. Время: 01.09.2026 09:00. Здание: 1501.");
        Write(Example(NoticeKind.HandOverRefused, NoticeLanguage.English)).Body.ShouldBe(
            $"Masha: the adult with account {adult} came to collect the child and was refused. Time: 2026-09-01 09:00. Building: 1501.\nReason: the permission is not valid on this day.");
        Write(Example(NoticeKind.HandOverRefused, NoticeLanguage.Russian) with { Escort = null, Direction = Direction.In, Refusal = TapRefusal.CardUnknown }).Body.ShouldBe(
            "Masha: отказано. Кому: взрослый с неизвестной картой. Цель: привести ребёнка. Время: 01.09.2026 09:00. Здание: 1501.\nПричина: карта не зарегистрирована.");
    }

    [Fact]
    [Trait("Rule", "P8")]
    public void Every_reason_for_which_an_adult_is_refused_has_words_in_both_languages()
    {
        var reasons = Enum.GetValues<CardRefusal>().Where(fault => fault != CardRefusal.None).Select(fault => (TapRefusal)fault)
            .Concat([TapRefusal.Lockdown, TapRefusal.NoPickUpRight, TapRefusal.PickUpDenied, TapRefusal.PickUpExpired]);
        var all =
            from language in Enum.GetValues<NoticeLanguage>()
            from reason in reasons
            select Write(Example(NoticeKind.HandOverRefused, language) with { Refusal = reason }).Body;

        all.ShouldBeUnique();
    }

    [Theory]
    [InlineData("Asia/Vladivostok", "2026-09-01 16:00")]
    [InlineData("Europe/Kaliningrad", "2026-09-01 08:00")]
    public void The_time_is_the_events_in_the_childs_zone(string zone, string time) =>
        Write(NoticeRules.Tell(Family.Passage(), Family.Subscription(), zone)!).Body.ShouldBe($"Masha came in. Time: {time}. Building: 1501.");

    [Fact]
    public void Without_a_name_there_is_nothing_personal() =>
        Write(NoticeRules.Tell(Family.Passage(), Family.Subscription() with { ChildName = null }, Given.Zone)!).Subject.ShouldBe("Your child: came in");

    [Theory]
    [Trait("Rule", "A6")]
    [InlineData(10, false)]
    [InlineData(11, true)]
    public void A_notice_that_is_late_says_so(int minutes, bool isLate)
    {
        var notice = NoticeRules.Tell(Family.Passage(), Family.Subscription(), Given.Zone)!;
        var text = NoticeTexts.Write(notice, Given.Morning + Duration.FromMinutes(minutes));

        text.Body.EndsWith("This message was delayed on its way; the time above is when it happened.", StringComparison.Ordinal).ShouldBe(isLate);
        text.Body.ShouldStartWith("Masha came in. Time: 2026-09-01 09:00.");
    }

    [Fact]
    public void Every_kind_has_a_subject_and_a_text_in_both_languages()
    {
        var all =
            from language in Enum.GetValues<NoticeLanguage>()
            from kind in Enum.GetValues<NoticeKind>()
            select Write(Example(kind, language));

        all.Select(text => text.Subject).ShouldBeUnique();
        all.ShouldAllBe(text => text.Body.Length > 0 && !text.Body.Contains('{') && text.Subject.StartsWith("Masha", StringComparison.Ordinal));
    }

    [Fact]
    public void A_name_with_braces_is_a_name() =>
        Write(Example(NoticeKind.Came, NoticeLanguage.English) with { ChildName = "{0}%" }).Subject.ShouldBe("{0}%: came in");

    private static NoticeText Write(Notice notice) => NoticeTexts.Write(notice, Now);

    private static Notice Example(NoticeKind kind, NoticeLanguage language)
    {
        var subscription = Family.Subscription(language, below: 10_000, kinds: kind);
        return kind switch
        {
            NoticeKind.Came => NoticeRules.Tell(Family.Passage(), subscription, Given.Zone)!,
            NoticeKind.Left => NoticeRules.Tell(Family.Passage(Direction.Out), subscription, Given.Zone)!,
            NoticeKind.ToppedUp => NoticeRules.Tell(Family.Entry(EntryKind.TopUp, 500, after: 9_500), subscription, Given.Zone).Single(),
            NoticeKind.CreditUsed => NoticeRules.Tell(Family.Sale(5_000, after: -4_000), subscription, Given.Zone).Single(),
            NoticeKind.Brought => NoticeRules.Tell(Family.HandOver(), subscription, Given.Zone)!,
            NoticeKind.Collected => NoticeRules.Tell(Family.HandOver(Direction.Out), subscription, Given.Zone)!,
            NoticeKind.HandOverRefused => NoticeRules.Tell(Family.HandOver(Direction.Out, TapRefusal.PickUpExpired), subscription, Given.Zone)!,
            NoticeKind.StopOverridden => NoticeRules.Tell(Family.Sale(5_000, after: 9_000) with { Override = Family.Override }, subscription, Given.Zone).Single(),
            _ => NoticeRules.Tell(Family.Sale(5_000, after: 9_000), subscription, Given.Zone).Single(),
        };
    }
}
