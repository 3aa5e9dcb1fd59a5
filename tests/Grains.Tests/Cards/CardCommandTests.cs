using Zvonok.Grains.Policies;
using Zvonok.Grains.Tests.Clusters;

namespace Zvonok.Grains.Tests.Cards;

[Collection(nameof(OneSilo))]
public sealed class CardCommandTests(OneSilo silo)
{
    private readonly TestCluster _cluster = silo.Cluster;

    [Fact]
    [Trait("Rule", "C2")]
    public async Task A_card_goes_through_its_life_and_the_next_tap_knows_it()
    {
        var card = await CardCase.Create(silo, CardState.Issued);
        (await card.Tap()).Refusal.ShouldBe(TapRefusal.CardNotActive);

        (await card.Do(card.Bind())).Card!.State.ShouldBe(CardState.Active);
        (await card.Tap()).Outcome.ShouldBe(PassageOutcome.Admitted);
        (await card.Do(card.Move(CardState.Lost))).Card!.Version.ShouldBe(3);
        (await card.Tap()).Refusal.ShouldBe(TapRefusal.CardLost);
        (await _cluster.Card(card.Token).Sell(Given.Sale(_cluster.NextId(), 100))).Refusal.ShouldBe(AccountRefusal.CardLost);
        (await card.Do(card.Move(CardState.Returned))).Refusal.ShouldBe(CardCommandRefusal.None);
        (await card.Do(card.Bind())).Refusal.ShouldBe(CardCommandRefusal.None);
        (await card.Tap(Direction.Out)).Outcome.ShouldBe(PassageOutcome.Admitted);
        (await card.Do(card.Move(CardState.Blocked))).Refusal.ShouldBe(CardCommandRefusal.None);
        (await card.Do(card.Move(CardState.Destroyed))).Refusal.ShouldBe(CardCommandRefusal.None);
        (await card.Tap()).Refusal.ShouldBe(TapRefusal.CardDestroyed);
    }

    [Fact]
    [Trait("Rule", "C2")]
    [Trait("Rule", "D2")]
    public async Task The_same_operation_gets_its_first_answer_for_ever_and_for_something_else_it_is_an_error()
    {
        var card = await CardCase.Create(silo);
        var lost = card.Move(CardState.Lost);
        var first = await card.Do(lost);
        await card.Do(card.Move(CardState.Returned));

        (await card.Do(lost)).ShouldBe(first);
        await _cluster.Deactivate((IAddressable)_cluster.Card(card.Token));
        (await card.Do(lost)).ShouldBe(first);

        (await Should.ThrowAsync<OperationReusedException>(() => card.Do(lost with { To = CardState.Blocked }))).Field.ShouldBe("operation_id");
        var other = await CardCase.Create(silo);
        await Should.ThrowAsync<OperationReusedException>(() => other.Do(lost with { Token = other.Token }));
        (await card.Read()).ShouldNotBeNull().State.ShouldBe(CardState.Returned);
    }

    [Fact]
    [Trait("Rule", "D2")]
    public async Task An_operation_that_was_made_in_the_future_and_a_school_that_nobody_registered_are_errors()
    {
        var card = await CardCase.Create(silo);
        var later = OperationId.Create(_cluster.Clock.GetCurrentInstant() + OperationRules.FutureSkewMax + Duration.FromMinutes(1), 1, 1);

        await Should.ThrowAsync<OperationFromFutureException>(() => card.Do(card.Move(CardState.Lost) with { Operation = later }));
        var move = card.Move(CardState.Lost);
        await Should.ThrowAsync<BuildingUnknownException>(() => card.Do(move with { Author = move.Author with { Building = new BuildingId(999_999_999) } }));
    }

    [Fact]
    [Trait("Rule", "C3")]
    public async Task Who_asks_is_an_employee_and_an_account_has_one_card_in_use()
    {
        var card = await CardCase.Create(silo, CardState.Issued);
        var bind = card.Bind();

        (await card.Do(bind with { Author = bind.Author with { Employee = card.Account } })).Refusal.ShouldBe(CardCommandRefusal.NotAllowed);
        (await card.Do(card.Bind())).Refusal.ShouldBe(CardCommandRefusal.None);
        var second = card.Issue(Given.Token(silo.Next()));
        (await card.Do(second)).Refusal.ShouldBe(CardCommandRefusal.None);
        (await card.Do(card.Bind() with { Token = second.Token })).Refusal.ShouldBe(CardCommandRefusal.OtherCardActive);
        (await card.Do(card.Move(CardState.Lost))).Refusal.ShouldBe(CardCommandRefusal.None);
        (await card.Do(card.Bind() with { Token = second.Token })).Refusal.ShouldBe(CardCommandRefusal.None);
    }

    [Fact]
    [Trait("Rule", "C2")]
    public async Task A_temporary_card_works_beside_the_forgotten_one_until_the_day_is_over()
    {
        var card = await CardCase.Create(silo);
        var token = Given.Token(silo.Next());
        // 09:00 in Moscow.
        (await card.Do(card.Temporary(token))).Card!.ExpiresAt.ShouldBe(Instant.FromUtc(2026, 9, 1, 21, 0));

        (await _cluster.Card(token).Tap(Given.Tap(_cluster.NextId(), token, card.School))).Outcome.ShouldBe(PassageOutcome.Admitted);
        _cluster.Clock.Set(Instant.FromUtc(2026, 9, 1, 21, 0));
        (await _cluster.Card(token).Tap(Given.Tap(_cluster.NextId(), token, card.School))).Refusal.ShouldBe(TapRefusal.CardExpired);
        (await card.Tap()).Outcome.ShouldBe(PassageOutcome.Admitted);
    }

    [Fact]
    [Trait("Rule", "C4")]
    [Trait("Rule", "M13")]
    public async Task A_replacement_stops_the_old_card_starts_the_new_one_and_takes_the_fee_once()
    {
        var card = await CardCase.Create(silo, meal: 50_000);
        await Fees.Set(new FeePolicy(card.School, FeeKind.CardReplacement, new Money(20_000)));
        var replace = card.Replace(Given.Token(silo.Next()));
        (await card.Tap()).Outcome.ShouldBe(PassageOutcome.Admitted);

        var first = await Replacer.Replace(replace);
        // It costs something else by now.
        await Fees.Set(new FeePolicy(card.School, FeeKind.CardReplacement, new Money(30_000)));
        var repeat = await Replacer.Replace(replace);

        repeat.ShouldBe(first);
        first.Fee.ShouldNotBeNull().Meal.ShouldBe(new Money(30_000));
        (await card.Tap()).Refusal.ShouldBe(TapRefusal.CardLost);
        (await _cluster.Card(replace.Successor).Tap(Given.Tap(_cluster.NextId(), replace.Successor, card.School, Direction.Out))).ShouldSatisfyAllConditions(
            answer => answer.Outcome.ShouldBe(PassageOutcome.Admitted), answer => answer.Account.ShouldBe(card.Account));
        (await _cluster.Ledger(card.Account)).Count.ShouldBe(2, "the money and one fee");
        (await Log.ListReplacements(100)).Oldest.ShouldNotContain(open => open.Operation == replace.Operation);
        await _cluster.Audit();
    }

    [Fact]
    [Trait("Rule", "M13")]
    public async Task Who_has_too_little_has_nothing_replaced_and_pays_at_a_bank_with_a_payment_of_its_own()
    {
        var card = await CardCase.Create(silo, meal: 100);
        await Fees.Set(new FeePolicy(card.School, FeeKind.CardReplacement, new Money(20_000)));
        var replace = card.Replace(Given.Token(silo.Next()));

        (await Replacer.Replace(replace)).ShouldBe(new ReplacementAnswer(CardAnswer.Refused(CardCommandRefusal.InsufficientFunds), null));
        (await card.Read())!.State.ShouldBe(CardState.Active);

        var used = new BankReference(3, $"USED-{card.Account}");
        await _cluster.Account(card.Account).TopUp(Given.TopUp(_cluster.NextId(), 1, used.Reference));
        (await Should.ThrowAsync<OperationReusedException>(() => Replacer.Replace(replace with { Operation = _cluster.NextId(), Reference = used }))).Field.ShouldBe("bank_payment.bank_reference");
        (await card.Read())!.State.ShouldBe(CardState.Active);

        var paid = await Replacer.Replace(replace with { Operation = _cluster.NextId(), Reference = new BankReference(3, $"PAID-{card.Account}") });
        paid.Fee.ShouldNotBeNull().Meal.ShouldBe(new Money(101));
        (await card.Read())!.State.ShouldBe(CardState.Lost);
    }

    [Fact]
    [Trait("Rule", "C5")]
    public async Task A_card_that_is_handed_in_elsewhere_stops_and_its_school_finds_it()
    {
        var card = await CardCase.Create(silo);
        var elsewhere = await silo.NewBuilding();
        var move = card.Move(CardState.Returned);

        var answer = await card.Do(move with { Author = move.Author with { Building = elsewhere } });

        answer.IsFoundElsewhere.ShouldBeTrue();
        (await card.Tap()).Refusal.ShouldBe(TapRefusal.CardNotActive);
        (await Log.ListFound(card.School, default, 10)).ShouldHaveSingleItem().Author.Building.ShouldBe(elsewhere);
    }

    [Fact]
    [Trait("Rule", "C8")]
    public async Task A_card_tapped_at_two_buildings_at_once_is_flagged()
    {
        var card = await CardCase.Create(silo);
        var elsewhere = await silo.NewBuilding();
        await card.Tap();
        _cluster.Clock.Advance(Duration.FromSeconds(40));
        await card.Tap(at: elsewhere);
        (await card.Read())!.IsCloned.ShouldBeFalse("that is far enough");

        // The next operation's id is a second later.
        await card.Tap();

        await Tasks.Until(async () => (await card.Read())!.IsCloned);
        (await card.Read())!.State.ShouldBe(CardState.Active);
        var line = (await Log.ListEvents(card.Token, long.MaxValue, 10)).ShouldHaveSingleItem();
        (line.Kind, line.Author.Building, line.Author.Device).ShouldBe((CardEventKind.CloneSeen, card.School, Given.Gate));
        (await card.Tap(Direction.Out)).Outcome.ShouldNotBe(PassageOutcome.Refused, "policy does not block it");
    }

    [Fact]
    [Trait("Rule", "C8")]
    public async Task A_tap_that_is_sent_again_or_late_shows_no_clone()
    {
        var card = await CardCase.Create(silo);
        var (elsewhere, early) = (await silo.NewBuilding(), Given.Tap(_cluster.NextId(), card.Token, card.School));
        await _cluster.Card(card.Token).Tap(early);
        _cluster.Clock.Advance(Duration.FromSeconds(40));
        await _cluster.Card(card.Token).Tap(early);
        await card.Tap(at: elsewhere);
        await _cluster.Card(card.Token).Tap(Given.Tap(_cluster.NextId(), card.Token, card.School, at: _cluster.Clock.GetCurrentInstant() - Duration.FromMinutes(2)));

        (await card.Read())!.IsCloned.ShouldBeFalse();
        _cluster.Part<CardSightings>().ShowsClone(Given.Tap(_cluster.NextId(), card.Token, card.School)).ShouldBeTrue("it was at the other building a second ago");
    }

    private CardReplacer Replacer => _cluster.Part<CardReplacer>();

    private ICardLog Log => _cluster.Part<ICardLog>();

    private IFeePolicies Fees => _cluster.Part<IFeePolicies>();
}
