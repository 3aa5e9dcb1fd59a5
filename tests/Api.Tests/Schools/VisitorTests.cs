using Zvonok.Api.Tests.Servers;
using Zvonok.Gate.V1;
using Zvonok.Registry.V1;
using Zvonok.Schools.V1;
using CardEventKind = Zvonok.Schools.V1.CardEventKind;
using RefusalReason = Zvonok.Gate.V1.RefusalReason;

namespace Zvonok.Api.Tests.Schools;

[Collection(nameof(World))]
[Trait("Rule", "P7")]
public sealed class VisitorTests(World world)
{
    private static readonly Author Guard = new() { BuildingId = Given.StrictSchool, DeviceId = Given.StrictGate, Reason = "A parents' evening" };

    private readonly Server _server = world.Server;

    private Instant Now => _server.Clock.GetCurrentInstant();

    [Fact]
    public async Task A_visitor_gets_a_card_and_an_account_comes_in_once_counts_in_presence_and_goes_and_the_next_one_gets_the_same_card()
    {
        var host = await _server.NewEmployee();
        var issue = GivenCards.Visitor(_server.NewId(), host, Now, author: Guard);

        var card = (await _server.Schools.IssueVisitorCardAsync(issue)).Granted.Card;

        (await _server.Schools.IssueVisitorCardAsync(issue)).Granted.Card.ShouldBe(card);
        (card.Kind, card.State, card.ExpireTime).ShouldBe((CardKind.VisitorCard, CardState.Active, issue.ExpireTime));
        Domain.Accounts.AccountNumber.TryFrom(card.AccountNumber, out _).ShouldBeTrue();
        (await Tap(issue)).ShouldSatisfyAllConditions(tap => tap.Outcome.ShouldBe(Outcome.Admitted), tap => tap.AccountNumber.ShouldBe(card.AccountNumber));
        (await Tap(issue)).RefusalReason.ShouldBe(RefusalReason.AlreadyInside, "anti-passback is hard there");
        (await Inside()).ShouldContain(card.AccountNumber);
        var tooEarly = GivenCards.Visitor(_server.NewId(), host, Now, issue.CardUid, Guard);
        (await _server.Schools.IssueVisitorCardAsync(tooEarly)).Refused.Reason.ShouldBe(CardRefusalReason.BoundToAnother);

        (await Tap(issue, Direction.Out)).Outcome.ShouldBe(Outcome.Admitted);
        (await Inside()).ShouldNotContain(card.AccountNumber);
        (await _server.Schools.HandInCardAsync(new HandInCardRequest { OperationId = _server.NewId(), Author = Guard, Card = new CardName { Uid = issue.CardUid } })).Granted.Card.State.ShouldBe(CardState.Returned);
        (await Tap(issue)).RefusalReason.ShouldBe(RefusalReason.CardNotActive);

        var next = (await _server.Schools.IssueVisitorCardAsync(GivenCards.Visitor(_server.NewId(), host, Now, issue.CardUid, Guard))).Granted.Card;
        next.CardToken.ShouldBe(card.CardToken);
        next.AccountNumber.ShouldNotBe(card.AccountNumber);
        (await _server.Schools.ListCardEventsAsync(new ListCardEventsRequest { Card = new CardName { Uid = issue.CardUid } })).Events.Select(line => line.Kind)
            .ShouldBe([CardEventKind.GivenToVisitor, CardEventKind.HandedIn, CardEventKind.GivenToVisitor]);
        var visits = (await _server.Schools.ListVisitsAsync(new ListVisitsRequest { BuildingId = Given.StrictSchool, PageSize = 2 })).Visits;
        visits.Select(visit => visit.VisitorAccountNumber).ShouldBe([next.AccountNumber, card.AccountNumber]);
        visits.ShouldAllBe(visit => visit.HostAccountNumber == host.Number && visit.BookKey == "book-17/3" && visit.CardToken == card.CardToken && visit.BuildingId == Given.StrictSchool);
        var page = await _server.Schools.ListVisitsAsync(new ListVisitsRequest { BuildingId = Given.StrictSchool, PageSize = 1 });
        (await _server.Schools.ListVisitsAsync(new ListVisitsRequest { BuildingId = Given.StrictSchool, PageSize = 1, PageToken = page.NextPageToken })).Visits.ShouldBe([visits[1]]);
    }

    [Fact]
    public async Task A_visitor_sees_an_employee_for_at_most_a_week_with_a_card_for_visitors()
    {
        var (host, pupil) = (await _server.NewEmployee(), await _server.NewPupil());

        (await Issue(GivenCards.Visitor(_server.NewId(), pupil, Now))).ShouldBe(CardRefusalReason.HostNotAllowed);
        (await Issue(GivenCards.Visitor(_server.NewId(), host, Now - Duration.FromHours(3)))).ShouldBe(CardRefusalReason.ExpiryNotAllowed);
        (await Issue(GivenCards.Visitor(_server.NewId(), host, Now + Duration.FromDays(7)))).ShouldBe(CardRefusalReason.ExpiryNotAllowed);
        (await Issue(GivenCards.Visitor(_server.NewId(), host, Now, pupil.Uid))).ShouldBe(CardRefusalReason.KindForbids);
        (await Issue(GivenCards.Visitor(_server.NewId(), host, Now, author: new Author { BuildingId = Given.School, EmployeeAccountNumber = pupil.Number, Reason = "For fun" }))).ShouldBe(CardRefusalReason.NotAllowed);

        async Task<CardRefusalReason> Issue(IssueVisitorCardRequest request) => (await _server.Schools.IssueVisitorCardAsync(request)).Refused.Reason;
    }

    private async Task<List<long>> Inside()
    {
        using var call = _server.Schools.GetRollCall(new GetRollCallRequest { BuildingId = Given.StrictSchool });
        var inside = new List<long>();
        while (await call.ResponseStream.MoveNext(CancellationToken.None)) inside.AddRange(call.ResponseStream.Current.People.Select(person => person.AccountNumber));
        return inside;
    }

    private async Task<TapResponse> Tap(IssueVisitorCardRequest issue, Direction direction = Direction.In) => await _server.Gates.TapAsync(
        new TapRequest { OperationId = _server.NewId(), DeviceId = Given.StrictGate, CardUid = issue.CardUid, Direction = direction });
}
