using Zvonok.Domain.Accounts;
using Zvonok.Domain.Cards;

namespace Zvonok.Domain.Tests.Cards;

/// <summary>What the responsible employee does with cards.</summary>
public sealed class CardCommandTests
{
    private static readonly Card Active = Given.Card();

    [Fact]
    [Trait("Rule", "C2")]
    public void A_new_card_is_issued_for_an_account_and_is_not_in_use_before_it_is_bound()
    {
        var issued = Grant(GivenCards.Issue(), GivenCards.Facts());

        issued.ShouldBe(new Card
        {
            Token = Given.Token(), Kind = CardKind.Fob, State = CardState.Issued, Account = Given.Number, Rights = new AccessRights(Given.School, Given.Club), Version = 1,
        });
        CardRules.Check(issued, Given.Morning).ShouldBe(CardRefusal.NotActive);

        var bound = Grant(GivenCards.Bind(), GivenCards.Facts(issued));
        bound.ShouldBe(issued with { State = CardState.Active, Version = 2 });
        CardRules.Check(bound, Given.Morning).ShouldBe(CardRefusal.None);
    }

    [Theory]
    [InlineData(CardState.Issued)]
    [InlineData(CardState.Returned)]
    [Trait("Rule", "C2")]
    [Trait("Rule", "C3")]
    public void A_card_that_nobody_has_is_bound_to_whomever_it_is_given(CardState state) =>
        Grant(GivenCards.Bind(), GivenCards.Facts(Given.Card(state, serial: 77))).ShouldBe(Active with { Version = 2 });

    [Theory]
    [InlineData(CardState.Active, CardCommandRefusal.BoundToAnother)]
    [InlineData(CardState.Lost, CardCommandRefusal.BoundToAnother)]
    [InlineData(CardState.Blocked, CardCommandRefusal.BoundToAnother)]
    [Trait("Rule", "C3")]
    public void A_card_that_somebody_has_is_bound_to_nobody_else(CardState state, CardCommandRefusal refusal) =>
        Decide(GivenCards.Bind(), GivenCards.Facts(Given.Card(state, serial: 77))).Refusal.ShouldBe(refusal);

    [Fact]
    [Trait("Rule", "C3")]
    public void An_account_has_one_card_in_use_besides_temporary_ones_and_those_whose_time_is_over()
    {
        var (fob, unused) = (Active with { Token = Given.Token(2), Kind = CardKind.Fob }, Given.Card(CardState.Issued));
        var temporary = GivenCards.TemporaryCard(Given.Morning + Duration.FromHours(1)) with { Token = Given.Token(3) };
        var expired = fob with { ExpiresAt = Given.Morning };

        Decide(GivenCards.Bind(), GivenCards.Facts(unused) with { Active = [fob] }).Refusal.ShouldBe(CardCommandRefusal.OtherCardActive);
        Decide(GivenCards.Bind(), GivenCards.Facts(unused) with { Active = [fob], Policy = new CardPolicy(OneActiveCard: false) }).Refusal.ShouldBe(CardCommandRefusal.None);
        Decide(GivenCards.Bind(), GivenCards.Facts(unused) with { Active = [temporary, expired] }).Refusal.ShouldBe(CardCommandRefusal.None);
        Decide(GivenCards.Bind(), GivenCards.Facts(Active) with { Active = [Active] }).Refusal.ShouldBe(CardCommandRefusal.None, "it is this card itself");
        Decide(GivenCards.Temporary(), GivenCards.Facts() with { Active = [fob] }).Refusal.ShouldBe(CardCommandRefusal.None);
        Decide(GivenCards.Replace(), GivenCards.Facts(Given.Card(CardState.Lost)) with { Active = [fob] }).Refusal.ShouldBe(CardCommandRefusal.OtherCardActive);
    }

    [Fact]
    [Trait("Rule", "C4")]
    public void A_card_that_takes_anothers_place_has_its_account_its_rights_and_its_end()
    {
        var old = Active with { Rights = new AccessRights(Given.School, Given.Club), ExpiresAt = Given.Morning + Duration.FromDays(300), Version = 4 };
        var returned = Given.Card(CardState.Returned, serial: 77) with { Token = Given.Token(2), Version = 9, IsCloned = true };

        foreach (var (successor, version) in new[] { ((Card?)null, 1), (returned, 10) })
        {
            var decision = Decide(GivenCards.Replace(), GivenCards.Facts(old, successor) with { Active = [old] });

            decision.ShouldSatisfyAllConditions(
                () => decision.Refusal.ShouldBe(CardCommandRefusal.None),
                () => decision.Holder.ShouldBe(Given.Number),
                () => decision.Changes[0].Card.ShouldBe(old with { State = CardState.Lost, Version = 5 }),
                () => decision.Changes[1].Card.ShouldBe(old with { Token = Given.Token(2), Kind = CardKind.Bracelet, Version = version }));
            decision.Changes.Select(change => (change.Event.Kind, change.Event.Part, change.Event.Other)).ShouldBe(
                [(CardEventKind.Replaced, (short)0, Given.Token(2)), (CardEventKind.TookPlace, (short)1, Given.Token())]);
        }
    }

    [Theory]
    [InlineData(CardState.Lost, CardState.Lost, 20_000L)]
    [InlineData(CardState.Active, CardState.Lost, 20_000L)]
    [InlineData(CardState.Active, CardState.Returned, null)]
    [InlineData(CardState.Active, CardState.Blocked, null)]
    [InlineData(CardState.Blocked, CardState.Returned, null)]
    [Trait("Rule", "M13")]
    public void Replacing_a_lost_card_costs_and_no_other(CardState before, CardState becomes, long? fee)
    {
        var decision = Decide(GivenCards.Replace(becomes), GivenCards.Facts(Given.Card(before)) with { Fee = new Money(20_000), Meal = new Money(20_000) });

        decision.Refusal.ShouldBe(CardCommandRefusal.None);
        decision.Changes[0].Event.Fee.ShouldBe(fee is { } kopecks ? new Money(kopecks) : null);
        decision.Changes[1].Event.Fee.ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "M13")]
    public void Who_cannot_pay_from_the_purse_pays_at_a_bank_and_what_is_waived_is_paid_by_nobody()
    {
        var poor = GivenCards.Facts(Active) with { Fee = new Money(20_000), Meal = new Money(19_999) };

        Decide(GivenCards.Replace(), poor).Refusal.ShouldBe(CardCommandRefusal.InsufficientFunds);
        Decide(GivenCards.Replace(reference: new BankReference(3, "PAID")), poor).Changes[0].Event.Fee.ShouldBe(new Money(20_000));
        Decide(GivenCards.Replace(CardState.Returned), poor).Refusal.ShouldBe(CardCommandRefusal.None);
        Decide(GivenCards.Replace(), poor with { Fee = Money.Zero, Meal = new Money(-100) }).Changes[0].Event.Fee.ShouldBe(Money.Zero);
    }

    [Fact]
    [Trait("Rule", "C2")]
    public void Only_what_somebody_has_is_replaced_and_by_a_card_that_nobody_has()
    {
        foreach (var state in Enum.GetValues<CardState>())
        {
            var isBound = state is CardState.Active or CardState.Lost or CardState.Blocked;
            Decide(GivenCards.Replace(state == CardState.Blocked ? CardState.Returned : CardState.Lost), GivenCards.Facts(Given.Card(state))).Refusal
                .ShouldBe(isBound ? CardCommandRefusal.None : state == CardState.Destroyed ? CardCommandRefusal.CardDestroyed : CardCommandRefusal.StateForbids);
            Decide(GivenCards.Replace(), GivenCards.Facts(Active, Given.Card(state) with { Token = Given.Token(2) })).Refusal
                .ShouldBe(state is CardState.Issued or CardState.Returned ? CardCommandRefusal.None : CardCommandRefusal.SuccessorNotFree);
        }

        var returned = Given.Card(CardState.Returned) with { Token = Given.Token(2) };
        Decide(GivenCards.Replace(), GivenCards.Facts(Active, returned with { Rights = new AccessRights(Given.Club) })).Refusal.ShouldBe(CardCommandRefusal.SuccessorNotFree);
        Decide(GivenCards.Replace(), GivenCards.Facts(Active, returned with { Kind = CardKind.TemporaryCard })).Refusal.ShouldBe(CardCommandRefusal.SuccessorNotFree);
    }

    [Fact]
    [Trait("Rule", "C2")]
    public void A_card_is_moved_wherever_its_state_may_go()
    {
        foreach (var from in Enum.GetValues<CardState>())
            foreach (var to in new[] { CardState.Lost, CardState.Blocked, CardState.Returned, CardState.Destroyed })
            {
                var decision = Decide(GivenCards.Move(to), GivenCards.Facts(Given.Card(from)));
                var refusal = from == CardState.Destroyed ? CardCommandRefusal.CardDestroyed : CardRules.MayBecome(from, to) ? CardCommandRefusal.None : CardCommandRefusal.StateForbids;
                decision.Refusal.ShouldBe(refusal, $"{from} to {to}");
                if (refusal == CardCommandRefusal.None) decision.Changes.ShouldHaveSingleItem().Card.ShouldBe(Given.Card(to) with { Version = 2 });
                else decision.Changes.ShouldBeEmpty();
            }
    }

    [Fact]
    [Trait("Rule", "C5")]
    public void A_found_card_is_handed_in_at_any_school_and_another_school_learns_nothing_else()
    {
        foreach (var from in new[] { CardState.Active, CardState.Lost, CardState.Blocked, CardState.Returned })
        {
            var decision = Decide(GivenCards.Move(CardState.Returned, at: Given.Club), GivenCards.Facts(Given.Card(from)));
            decision.Changes.ShouldHaveSingleItem().Card.State.ShouldBe(CardState.Returned);
            decision.Changes[0].Event.IsFoundElsewhere.ShouldBeTrue();
        }

        foreach (var from in new[] { CardState.Issued, CardState.Destroyed })
            Decide(GivenCards.Move(CardState.Returned, at: Given.Club), GivenCards.Facts(Given.Card(from))).Refusal.ShouldBe(CardCommandRefusal.OtherSchool, "not why nothing is done");
        foreach (var to in new[] { CardState.Lost, CardState.Blocked, CardState.Destroyed })
            Decide(GivenCards.Move(to, at: Given.Club), GivenCards.Facts(Active)).Refusal.ShouldBe(CardCommandRefusal.OtherSchool);
        Decide(GivenCards.Move(CardState.Returned), GivenCards.Facts(Active)).Changes[0].Event.IsFoundElsewhere.ShouldBeFalse();
    }

    [Fact]
    [Trait("Rule", "C2")]
    public void A_temporary_card_ends_with_its_day_in_the_buildings_zone_unless_said_otherwise()
    {
        // 1 September, 09:00 in Moscow; it ends at its midnight.
        var end = Instant.FromUtc(2026, 9, 1, 21, 0);
        var given = Grant(GivenCards.Temporary(), GivenCards.Facts());

        given.ShouldBe(new Card
        {
            Token = Given.Token(), Kind = CardKind.TemporaryCard, State = CardState.Active, Account = Given.Number, Rights = new AccessRights(Given.School), ExpiresAt = end, Version = 1,
        });
        CardRules.Check(given, end - Duration.FromMilliseconds(1)).ShouldBe(CardRefusal.None);
        CardRules.Check(given, end).ShouldBe(CardRefusal.Expired);
        Grant(GivenCards.Temporary(), GivenCards.Facts() with { ZoneId = "Asia/Vladivostok" }).ExpiresAt.ShouldBe(Instant.FromUtc(2026, 9, 1, 14, 0));
        Grant(GivenCards.Temporary(Given.Morning + Duration.FromMinutes(5)), GivenCards.Facts()).ExpiresAt.ShouldBe(Given.Morning + Duration.FromMinutes(5));
    }

    [Fact]
    [Trait("Rule", "C2")]
    public void A_temporary_card_lasts_some_weeks_at_the_most()
    {
        var most = Given.Morning + Duration.FromDays(Limits.TemporaryCardDaysMax);
        Decide(GivenCards.Temporary(most), GivenCards.Facts()).Refusal.ShouldBe(CardCommandRefusal.None);
        Decide(GivenCards.Temporary(most + Duration.FromMilliseconds(1)), GivenCards.Facts()).Refusal.ShouldBe(CardCommandRefusal.ExpiryNotAllowed);
        Decide(GivenCards.Temporary(Given.Morning), GivenCards.Facts()).Refusal.ShouldBe(CardCommandRefusal.ExpiryNotAllowed);
    }

    [Fact]
    [Trait("Rule", "C2")]
    public void A_temporary_card_goes_from_child_to_child_when_its_time_is_over()
    {
        var (over, later) = (GivenCards.TemporaryCard(Given.Morning, of: GivenCards.Sister) with { Version = 7 }, GivenCards.TemporaryCard(Given.Morning + Duration.FromHours(1), of: GivenCards.Sister));

        Grant(GivenCards.Temporary(), GivenCards.Facts(over)).ShouldSatisfyAllConditions(card => card.Account.ShouldBe(Given.Number), card => card.Version.ShouldBe(8));
        Decide(GivenCards.Temporary(), GivenCards.Facts(later)).Refusal.ShouldBe(CardCommandRefusal.BoundToAnother);
        Decide(GivenCards.Temporary(to: GivenCards.Sister), GivenCards.Facts(later) with { Holder = GivenCards.Profile(GivenCards.Sister) }).Refusal.ShouldBe(CardCommandRefusal.None, "it lasts longer");
        Decide(GivenCards.Temporary(), GivenCards.Facts(Given.Card(CardState.Returned))).Refusal.ShouldBe(CardCommandRefusal.KindForbids, "a school card is none");
        Decide(GivenCards.Bind(), GivenCards.Facts(over with { State = CardState.Returned })).Refusal.ShouldBe(CardCommandRefusal.KindForbids);
        Decide(GivenCards.Replace(), GivenCards.Facts(later)).Refusal.ShouldBe(CardCommandRefusal.KindForbids);
        Decide(GivenCards.Issue(CardKind.TemporaryCard), GivenCards.Facts()).Refusal.ShouldBe(CardCommandRefusal.KindForbids);
    }

    [Fact]
    [Trait("Rule", "C8")]
    public void Who_brings_a_card_that_works_for_somebody_else_shows_a_clone()
    {
        var hers = Given.Card(serial: 77);
        CardCommand[] all = [GivenCards.Issue(), GivenCards.Bind(), GivenCards.Temporary()];
        foreach (var command in all)
        {
            var decision = Decide(command, GivenCards.Facts(hers));
            decision.Refusal.ShouldNotBe(CardCommandRefusal.None);
            var flag = decision.Changes.ShouldHaveSingleItem();
            flag.Card.ShouldBe(hers with { IsCloned = true, Version = 2 });
            (flag.Event.Kind, flag.Event.Refusal, flag.Event.Operation).ShouldBe((CardEventKind.CloneSeen, decision.Refusal, command.Operation));
            decision.Holder.ShouldBeNull();

            Decide(command, GivenCards.Facts(hers) with { Policy = new CardPolicy(BlockClones: true) }).Changes.Single().Card.State.ShouldBe(CardState.Blocked, "and both stop");
            Decide(command, GivenCards.Facts(hers with { IsCloned = true })).Changes.ShouldBeEmpty("it is known");
            Decide(command, GivenCards.Facts(hers with { State = CardState.Lost })).Changes.ShouldBeEmpty("it is the lost one");
            Decide(command, GivenCards.Facts(hers with { ExpiresAt = Given.Morning })).Changes.ShouldBeEmpty("it works no longer");
            Decide(command, GivenCards.Facts(hers) with { Employee = null }).Changes.ShouldBeEmpty("nobody is believed who may not ask");
        }

        var successor = hers with { Token = Given.Token(2) };
        var replaced = Decide(GivenCards.Replace(), GivenCards.Facts(Active, successor));
        replaced.Refusal.ShouldBe(CardCommandRefusal.SuccessorNotFree);
        replaced.Changes.ShouldHaveSingleItem().Card.ShouldBe(successor with { IsCloned = true, Version = 2 });
    }

    [Fact]
    [Trait("Rule", "C8")]
    public void A_clone_is_flagged_once_and_blocked_when_policy_says_so()
    {
        var (flagged, strict) = (Active with { IsCloned = true }, new CardPolicy(BlockClones: true));
        Grant(GivenCards.Sighting, GivenCards.Facts(Active)).ShouldBe(flagged with { Version = 2 });
        Decide(GivenCards.Sighting, GivenCards.Facts(flagged)).Refusal.ShouldBe(CardCommandRefusal.AlreadyFlagged);
        Grant(GivenCards.Sighting, GivenCards.Facts(flagged) with { Policy = strict }).ShouldBe(flagged with { State = CardState.Blocked, Version = 2 });
        Decide(GivenCards.Sighting, GivenCards.Facts(Given.Card(CardState.Blocked)) with { Policy = strict }).Refusal.ShouldBe(CardCommandRefusal.StateForbids);
        Decide(GivenCards.Sighting, GivenCards.Facts()).Refusal.ShouldBe(CardCommandRefusal.CardUnknown);

        Grant(GivenCards.Bind(), GivenCards.Facts(flagged)).IsCloned.ShouldBeTrue("nothing has become of it");
        Grant(GivenCards.Bind(), GivenCards.Facts(flagged with { State = CardState.Returned })).IsCloned.ShouldBeFalse("it begins anew");
    }

    [Fact]
    [Trait("Rule", "C7")]
    public void A_card_goes_on_as_it_is_under_a_token_of_a_newer_key()
    {
        var card = Given.Card(CardState.Lost) with { Version = 5, IsCloned = true };
        var retokening = GivenCards.Retokening;
        var decision = Decide(retokening, GivenCards.Facts(card));

        decision.Changes.Select(change => change.Card).ShouldBe([card with { State = CardState.Destroyed, Version = 6 }, card with { Token = Given.Token(2), Version = 1 }]);
        decision.Changes.Select(change => (change.Event.Kind, change.Event.Part, change.Event.Other)).ShouldBe(
            [(CardEventKind.Retokened, (short)0, Given.Token(2)), (CardEventKind.Retokened, (short)1, Given.Token())]);
        Decide(retokening, GivenCards.Facts()).Refusal.ShouldBe(CardCommandRefusal.CardUnknown);
        Decide(retokening, GivenCards.Facts(Active, Active)).Refusal.ShouldBe(CardCommandRefusal.AlreadyRegistered);
        var gone = Given.Card(CardState.Destroyed) with { Token = Given.Token(2), Version = 3 };
        Decide(retokening, GivenCards.Facts(Active, gone)).Changes[1].Card.ShouldBe(Active with { Token = Given.Token(2), Version = 4 }, "there and back");
        Decide(retokening, GivenCards.Facts(Given.Card(CardState.Destroyed), gone)).Refusal.ShouldBe(CardCommandRefusal.AlreadyRegistered);
        Decide(retokening, GivenCards.Facts(Given.Card(CardState.Destroyed))).Changes[1].Card.State.ShouldBe(CardState.Destroyed, "it is not forgotten");
        new[] { Active, Active with { Version = 2 }, Active with { Token = Given.Token(3) } }.Select(one => CardRetokening.OperationOf(one, Given.Token(2)))
            .Append(CardRetokening.OperationOf(Active, Given.Token(3))).ShouldBeUnique();
    }

    [Fact]
    [Trait("Rule", "C3")]
    public void A_device_may_ask_and_of_people_an_employee()
    {
        var facts = GivenCards.Facts(Active);
        Decide(GivenCards.Move(CardState.Lost), facts with { Employee = null }).Refusal.ShouldBe(CardCommandRefusal.NotAllowed);
        Decide(GivenCards.Move(CardState.Lost), facts with { Employee = GivenCards.Profile(GivenCards.Employee) }).Refusal.ShouldBe(CardCommandRefusal.NotAllowed);
        Decide(GivenCards.Move(CardState.Lost), facts with { Employee = GivenCards.Profile(GivenCards.Employee, AccountKind.Employee, isClosed: true) }).Refusal.ShouldBe(CardCommandRefusal.NotAllowed);
        var byDevice = GivenCards.Move(CardState.Lost) with { Author = GivenCards.Author with { Employee = null, Device = Given.Gate } };
        Decide(byDevice, facts with { Employee = null }).Refusal.ShouldBe(CardCommandRefusal.None);
    }

    [Fact]
    [Trait("Rule", "C2")]
    public void The_log_says_who_where_and_why()
    {
        var move = GivenCards.Move(CardState.Lost);
        var line = Decide(move, GivenCards.Facts(Active)).Changes.Single().Event;

        line.ShouldBe(new CardEvent
        {
            Card = CardStanding.Of(Given.Card(CardState.Lost) with { Version = 2 }),
            Kind = CardEventKind.ReportedLost,
            Operation = move.Operation,
            Part = 0,
            Fingerprint = move.Fingerprint,
            At = Given.Morning,
            Author = GivenCards.Author,
            Home = Given.School,
        });
        CardAnswer.Of([line]).ShouldBe(new CardAnswer { Refusal = CardCommandRefusal.None, Card = line.Card, At = Given.Morning });
        CardAnswer.Of([line with { Refusal = CardCommandRefusal.BoundToAnother }]).ShouldBe(CardAnswer.Refused(CardCommandRefusal.BoundToAnother));
    }

    private static CardDecision Decide(CardCommand command, CardFacts facts) => CardRules.Decide(command, facts);

    private static Card Grant(CardCommand command, CardFacts facts)
    {
        var decision = Decide(command, facts);
        decision.Refusal.ShouldBe(CardCommandRefusal.None);
        return decision.Changes.ShouldHaveSingleItem().Card;
    }
}
