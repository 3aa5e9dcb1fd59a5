using Zvonok.Api.Tests.Servers;
using Zvonok.Api.Tests.Shapes;
using Zvonok.Domain.Cards;
using Zvonok.Domain.Time;
using Zvonok.Gate.V1;
using Zvonok.Office.V1;
using Zvonok.Registry.V1;
using Zvonok.Schools.V1;
using CardEventKind = Zvonok.Schools.V1.CardEventKind;
using CardKind = Zvonok.Registry.V1.CardKind;
using CardState = Zvonok.Registry.V1.CardState;
using RefusalReason = Zvonok.Gate.V1.RefusalReason;

namespace Zvonok.Api.Tests.Schools;

[Collection(nameof(World))]
public sealed class CardTests(World world)
{
    private readonly Server _server = world.Server;

    [Fact]
    [Trait("Rule", "C2")]
    [Trait("Rule", "C6")]
    public async Task A_card_is_issued_bound_and_tested()
    {
        var (pupil, employee) = (await _server.NewPupil(state: CardState.Issued), await _server.NewEmployee());
        var author = new Author { BuildingId = Given.School, EmployeeAccountNumber = employee.Number, Reason = "Новый ученик" };
        var issue = GivenCards.Issue(_server.NewId(), pupil, author);
        (await Test(issue.CardUid)).ShouldBe(new TestCardResponse());

        var issued = (await _server.Schools.IssueCardAsync(issue)).Granted.Card;
        (issued.Kind, issued.State, issued.AccountNumber, issued.Version).ShouldBe((CardKind.Fob, CardState.Issued, pupil.Number, 1));
        (await Test(issue.CardUid)).ShouldBe(new TestCardResponse { IsRegistered = true, Kind = CardKind.Fob, State = CardState.Issued });
        (await Tap(issue.CardUid)).RefusalReason.ShouldBe(RefusalReason.CardNotActive);

        // By its token, as a list tells it.
        (await _server.Schools.BindCardAsync(GivenCards.Bind(_server.NewId(), pupil, new CardName { Token = issued.CardToken }, author))).Granted.Card.State.ShouldBe(CardState.Active);
        (await Test(issue.CardUid)).ShouldBe(new TestCardResponse { IsRegistered = true, Kind = CardKind.Fob, State = CardState.Active, IsBound = true });
        (await Tap(issue.CardUid)).ShouldSatisfyAllConditions(tap => tap.Outcome.ShouldBe(Outcome.Admitted), tap => tap.AccountNumber.ShouldBe(pupil.Number));
        (await Tap(issue.CardUid, Given.ClubGate, secondsAgo: 60)).Outcome.ShouldBe(Outcome.Admitted);

        var events = (await _server.Schools.ListCardEventsAsync(new ListCardEventsRequest { Card = new CardName { Uid = issue.CardUid } })).Events;
        events.Select(line => line.Kind).ShouldBe([CardEventKind.Bound, CardEventKind.Issued]);
        events[1].ShouldSatisfyAllConditions(line => line.Author.ShouldBe(author), line => line.Card.ShouldBe(issued), line => line.OperationId.ShouldBe(issue.OperationId));
    }

    [Fact]
    [Trait("Rule", "C4")]
    [Trait("Rule", "M13")]
    public async Task A_replacement_keeps_the_account_the_money_and_the_limits_and_the_old_card_stops()
    {
        var (pupil, school) = (await _server.NewPupil(meal: 30_000, change: card => card.FurtherBuildingIds.Add(Given.Club)), Given.School);
        await _server.Families.SetDailyLimitAsync(new() { OperationId = _server.NewId(), AccountNumber = pupil.Number, LimitKopecks = 9_000 });
        await _server.Office.SetFeePolicyAsync(new SetFeePolicyRequest { BuildingId = school, Kind = FeeKind.CardReplacement, AmountKopecks = 20_000 });
        var replace = GivenCards.Replace(_server.NewId(), pupil);
        (await Tap(pupil.Uid)).Outcome.ShouldBe(Outcome.Admitted);

        var answer = await _server.Schools.ReplaceCardAsync(replace);
        await _server.Office.SetFeePolicyAsync(new SetFeePolicyRequest { BuildingId = school, Kind = FeeKind.CardReplacement });

        (await _server.Schools.ReplaceCardAsync(replace)).ShouldBe(answer);
        answer.Granted.ShouldSatisfyAllConditions(
            granted => granted.OldCard.State.ShouldBe(CardState.Lost),
            granted => (granted.NewCard.State, granted.NewCard.Kind, granted.NewCard.AccountNumber).ShouldBe((CardState.Active, CardKind.Bracelet, pupil.Number)),
            granted => (granted.FeeKopecks, granted.FeeEntryNumber).ShouldBe((20_000, 3)));
        (await Tap(pupil.Uid)).RefusalReason.ShouldBe(RefusalReason.CardLost);
        (await Tap(replace.NewCardUid, Given.ClubGate, secondsAgo: 60)).ShouldSatisfyAllConditions(tap => tap.Outcome.ShouldBe(Outcome.Admitted), tap => tap.AccountNumber.ShouldBe(pupil.Number));
        (await _server.Get(pupil)).ShouldSatisfyAllConditions(account => account.MealBalanceKopecks.ShouldBe(10_000), account => account.DailyLimitKopecks.ShouldBe(9_000));
        (await _server.Schools.ListCardsAsync(new ListCardsRequest { AccountNumber = pupil.Number, PageSize = 1 })).ShouldSatisfyAllConditions(
            page => page.Cards.Count.ShouldBe(1), page => page.NextPageToken.ShouldNotBeEmpty());
        (await Cards(pupil)).ShouldBe([answer.Granted.OldCard, answer.Granted.NewCard], ignoreOrder: true);

        // Nothing is due for a card that is not lost.
        var worn = GivenCards.Replace(_server.NewId(), pupil);
        (worn.Card, worn.OldState) = (new CardName { Uid = replace.NewCardUid }, CardState.Returned);
        (await _server.Schools.ReplaceCardAsync(worn)).Granted.ShouldSatisfyAllConditions(
            granted => granted.HasFeeKopecks.ShouldBeFalse(), granted => granted.FeeEntryNumber.ShouldBe(0), granted => granted.OldCard.State.ShouldBe(CardState.Returned));
    }

    [Fact]
    [Trait("Rule", "C5")]
    public async Task A_found_card_is_handed_in_anywhere_and_only_its_own_school_learns_whose_it_is()
    {
        var pupil = await _server.NewPupil();
        var elsewhere = new Author { BuildingId = Given.Club, DeviceId = Given.ClubGate, Reason = "Found in the yard" };

        (await _server.Schools.HandInCardAsync(GivenCards.HandIn(_server.NewId(), pupil, elsewhere))).Granted.ShouldBe(new CardHandedIn { BelongsToAnotherSchool = true });

        (await Tap(pupil.Uid)).RefusalReason.ShouldBe(RefusalReason.CardNotActive);
        var found = (await Found(Given.School)).Single(card => card.Card.AccountNumber == pupil.Number);
        (found.BuildingId, found.Card.State).ShouldBe((Given.Club, CardState.Returned));
        (await Found(Given.Club)).ShouldNotContain(card => card.Card.AccountNumber == pupil.Number);
        (await _server.Schools.BindCardAsync(GivenCards.Bind(_server.NewId(), pupil, GivenCards.Name(pupil), elsewhere))).Refused.Reason.ShouldBe(CardRefusalReason.OtherSchool);
        (await _server.Schools.HandInCardAsync(GivenCards.HandIn(_server.NewId(), pupil))).Granted.Card.AccountNumber.ShouldBe(pupil.Number);
        (await Found(Given.School)).ShouldNotContain(card => card.Card.AccountNumber == pupil.Number, "it is at its own school now");
        (await _server.Schools.BindCardAsync(GivenCards.Bind(_server.NewId(), pupil, GivenCards.Name(pupil)))).Granted.Card.State.ShouldBe(CardState.Active);
    }

    [Fact]
    [Trait("Rule", "C2")]
    public async Task A_card_is_blocked_handed_in_and_destroyed()
    {
        var pupil = await _server.NewPupil();
        (await _server.Schools.DestroyCardAsync(GivenCards.Destroy(_server.NewId(), pupil))).Refused.Reason.ShouldBe(CardRefusalReason.StateForbids);
        (await _server.Schools.BlockCardAsync(GivenCards.Block(_server.NewId(), pupil))).Granted.Card.State.ShouldBe(CardState.Blocked);
        (await Tap(pupil.Uid)).RefusalReason.ShouldBe(RefusalReason.CardBlocked);
        (await _server.Schools.ReportCardLostAsync(GivenCards.Lost(_server.NewId(), pupil))).Refused.Reason.ShouldBe(CardRefusalReason.StateForbids);
        (await _server.Schools.DestroyCardAsync(GivenCards.Destroy(_server.NewId(), pupil))).Granted.Card.State.ShouldBe(CardState.Destroyed);
        (await Tap(pupil.Uid)).RefusalReason.ShouldBe(RefusalReason.CardDestroyed);
        (await _server.Schools.BindCardAsync(GivenCards.Bind(_server.NewId(), pupil, GivenCards.Name(pupil)))).Refused.Reason.ShouldBe(CardRefusalReason.CardDestroyed);
    }

    [Fact]
    [Trait("Rule", "C3")]
    [Trait("Rule", "C2")]
    public async Task A_temporary_card_is_given_beside_the_forgotten_one_until_the_day_is_over_and_no_second_card_is_bound()
    {
        var pupil = await _server.NewPupil();
        var now = _server.Clock.GetCurrentInstant();
        var temporary = (await _server.Schools.IssueTemporaryCardAsync(GivenCards.Temporary(_server.NewId(), pupil))).Granted.Card;

        temporary.Kind.ShouldBe(CardKind.TemporaryCard);
        Calendars.DayOf(Instant.FromUnixTimeSeconds(temporary.ExpireTime.Seconds - 1), Given.Zone).ShouldBe(Calendars.DayOf(now, Given.Zone));
        Instant.FromUnixTimeSeconds(temporary.ExpireTime.Seconds).InZone(DateTimeZoneProviders.Tzdb[Given.Zone]).TimeOfDay.ShouldBe(LocalTime.Midnight);
        var tooLong = GivenCards.Temporary(_server.NewId(), pupil);
        tooLong.ExpireTime = new() { Seconds = (now + Duration.FromDays(32)).ToUnixTimeSeconds() };
        (await _server.Schools.IssueTemporaryCardAsync(tooLong)).Refused.Reason.ShouldBe(CardRefusalReason.ExpiryNotAllowed);

        var second = GivenCards.Issue(_server.NewId(), pupil);
        await _server.Schools.IssueCardAsync(second);
        var bind = GivenCards.Bind(_server.NewId(), pupil, new CardName { Uid = second.CardUid });
        (await _server.Schools.BindCardAsync(bind)).Refused.Reason.ShouldBe(CardRefusalReason.OtherCardActive);
    }

    [Fact]
    [Trait("Rule", "D2")]
    public async Task An_id_used_for_something_else_and_what_nobody_registered_have_statuses()
    {
        var (pupil, stranger) = (await _server.NewPupil(), new Pupil(_server.NewNumber()));
        var lost = GivenCards.Lost(_server.NewId(), pupil);
        await _server.Schools.ReportCardLostAsync(lost);

        await FaultOf.Call(async () => await _server.Schools.BlockCardAsync(new BlockCardRequest { OperationId = lost.OperationId, Author = lost.Author, Card = lost.Card }), StatusCode.AlreadyExists);
        var nowhere = GivenCards.HandIn(_server.NewId(), pupil, new Author { BuildingId = 404, EmployeeAccountNumber = pupil.Number, Reason = "Found" });
        await FaultOf.Call(async () => await _server.Schools.HandInCardAsync(nowhere), StatusCode.NotFound);
        nowhere.Author = new Author { BuildingId = Given.School, DeviceId = 404, Reason = "Found" };
        await FaultOf.Call(async () => await _server.Schools.HandInCardAsync(nowhere), StatusCode.NotFound);
        var issue = GivenCards.Issue(_server.NewId(), pupil);
        issue.FurtherBuildingIds.Add(404);
        await FaultOf.Call(async () => await _server.Schools.IssueCardAsync(issue), StatusCode.NotFound);

        (await _server.Schools.BlockCardAsync(GivenCards.Block(_server.NewId(), stranger))).Refused.Reason.ShouldBe(CardRefusalReason.CardUnknown);
        (await _server.Schools.IssueCardAsync(GivenCards.Issue(_server.NewId(), stranger))).Refused.Reason.ShouldBe(CardRefusalReason.AccountUnknown);
        var child = new Author { BuildingId = Given.School, EmployeeAccountNumber = pupil.Number, Reason = "Mine" };
        (await _server.Schools.HandInCardAsync(GivenCards.HandIn(_server.NewId(), pupil, child))).Refused.Reason.ShouldBe(CardRefusalReason.NotAllowed);
    }

    [Fact]
    [Trait("Rule", "C8")]
    public async Task A_card_in_use_that_an_import_or_an_employee_has_for_somebody_else_is_flagged()
    {
        var (pupil, other, third) = (await _server.NewPupil(), await _server.NewPupil(state: CardState.Issued), await _server.NewPupil());
        var bind = GivenCards.Bind(_server.NewId(), other, GivenCards.Name(pupil));
        (await _server.Schools.BindCardAsync(bind)).Refused.Reason.ShouldBe(CardRefusalReason.BoundToAnother);
        (await _server.Schools.BindCardAsync(bind)).Refused.Reason.ShouldBe(CardRefusalReason.BoundToAnother);
        (await Test(pupil.Uid)).ShouldSatisfyAllConditions(card => card.IsCloneSuspected.ShouldBeTrue(), card => card.State.ShouldBe(CardState.Active, "policy does not block it"));
        (await _server.Schools.ListCardEventsAsync(new ListCardEventsRequest { Card = GivenCards.Name(pupil) })).Events.ShouldHaveSingleItem().Kind.ShouldBe(CardEventKind.CloneSeen);

        var row = Given.Card(third);
        row.AccountNumber = other.Number;
        (await _server.Import(new Row { Card = row })).BadRows.ShouldHaveSingleItem().Field.ShouldBe("account_number");
        await Eventually.Holds(async () => (await Test(third.Uid)).IsCloneSuspected, "a card suspected of having a clone");
    }

    [Fact]
    [Trait("Rule", "C8")]
    public async Task Where_policy_says_so_a_clone_is_blocked_and_so_is_the_card_itself()
    {
        await using var server = await Server.Start(("Zvonok:Grains:BlockClones", "true"));
        var pupil = await server.NewPupil(change: card => card.FurtherBuildingIds.Add(Given.Club));
        (await server.Gates.TapAsync(Given.Tap(server.NewId(), pupil))).Outcome.ShouldBe(Outcome.Admitted);
        (await server.Gates.TapAsync(Given.Tap(server.NewId(), pupil, gate: Given.ClubGate))).Outcome.ShouldBe(Outcome.Admitted, "it is noticed by this");

        await Eventually.Holds(async () => (await server.Schools.TestCardAsync(new TestCardRequest { CardUid = pupil.Uid })).State == CardState.Blocked, "a blocked card");
        foreach (var gate in new[] { Given.Gate, Given.ClubGate })
            (await server.Gates.TapAsync(Given.Tap(server.NewId(), pupil, gate: gate))).RefusalReason.ShouldBe(RefusalReason.CardBlocked);
    }

    [Fact]
    [Trait("Rule", "C2")]
    public void Every_refusal_and_every_event_of_the_rules_has_its_number_in_the_protocol()
    {
        foreach (var refusal in Enum.GetValues<CardCommandRefusal>().Except([CardCommandRefusal.None, CardCommandRefusal.AlreadyFlagged, CardCommandRefusal.SuccessorNotFree]))
            ((CardRefusalReason)refusal).ToString().ShouldBe(refusal.ToString());
        ((CardRefusalReason)CardCommandRefusal.SuccessorNotFree).ShouldBe(CardRefusalReason.NewCardNotFree);
        foreach (var kind in Enum.GetValues<Zvonok.Domain.Cards.CardEventKind>()) ((CardEventKind)kind).ToString().ShouldBe(kind.ToString());
    }

    private async Task<TestCardResponse> Test(ByteString uid) => await _server.Schools.TestCardAsync(new TestCardRequest { CardUid = uid });

    // A tap that happened some time ago shows no clone.
    private async Task<TapResponse> Tap(ByteString uid, int gate = Given.Gate, int secondsAgo = 0)
    {
        var request = new TapRequest { OperationId = _server.NewId(), DeviceId = gate, CardUid = uid, Direction = Zvonok.Gate.V1.Direction.In };
        if (secondsAgo > 0) request.EventTime = new() { Seconds = _server.Clock.GetCurrentInstant().ToUnixTimeSeconds() - secondsAgo };
        return await _server.Gates.TapAsync(request);
    }

    private async Task<IReadOnlyList<SchoolCard>> Cards(Pupil pupil)
    {
        var cards = new List<SchoolCard>();
        for (var token = ""; ;)
        {
            var page = await _server.Schools.ListCardsAsync(new ListCardsRequest { AccountNumber = pupil.Number, PageSize = 1, PageToken = token });
            cards.AddRange(page.Cards);
            if ((token = page.NextPageToken).Length == 0) return cards;
        }
    }

    private async Task<IEnumerable<FoundCard>> Found(int building) => (await _server.Schools.ListFoundCardsAsync(new ListFoundCardsRequest { BuildingId = building, PageSize = 200 })).Cards;
}
