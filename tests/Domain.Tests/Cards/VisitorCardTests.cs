using Zvonok.Domain.Accounts;
using Zvonok.Domain.Cards;

namespace Zvonok.Domain.Tests.Cards;

[Trait("Rule", "P7")]
public sealed class VisitorCardTests
{
    private static readonly Instant Now = Given.Morning;
    private static readonly AccountNumber Visitor = AccountNumber.FromSerial(Visit.SerialsAfter + 1);
    private static readonly AccountProfile Host = new() { Number = AccountNumber.FromSerial(77), Kind = AccountKind.Employee, ZoneId = Given.Zone };

    private static readonly VisitorCardIssue Issue = new()
    {
        Operation = Given.Operation(1), Token = Given.Token(), Author = new CardAuthor(Given.School, null, Given.Gate, "A parents' evening"), Host = Host.Number, ExpiresAt = Now + Duration.FromHours(2),
        BookKey = "book-17/3",
    };

    private static readonly CardFacts Facts = new() { Holder = Host, Visitor = Visitor, ZoneId = Given.Zone, Policy = new CardPolicy(), Now = Now };

    [Fact]
    public void A_visitor_gets_a_card_that_opens_the_school_until_it_expires_and_an_account_of_the_visit()
    {
        var decision = CardRules.Decide(Issue, Facts);

        decision.Refusal.ShouldBe(CardCommandRefusal.None);
        var card = decision.Changes.ShouldHaveSingleItem().Card;
        (card.Kind, card.State, card.Account, card.ExpiresAt, card.Version).ShouldBe((CardKind.VisitorCard, CardState.Active, Visitor, Issue.ExpiresAt, 1));
        card.Rights.Home.ShouldBe(Given.School);
        decision.Visit.ShouldBe(new Visit(Visitor, Given.School, Host.Number, Issue.Token, Now, Issue.ExpiresAt, "book-17/3"));
        decision.Changes[0].Event.Kind.ShouldBe(CardEventKind.GivenToVisitor);
        CardRules.Check(card, Issue.ExpiresAt).ShouldBe(CardRefusal.Expired);
    }

    [Theory]
    [InlineData(CardState.Active, 1, CardCommandRefusal.BoundToAnother)]
    [InlineData(CardState.Active, 0, CardCommandRefusal.None)]
    [InlineData(CardState.Returned, 1, CardCommandRefusal.None)]
    [InlineData(CardState.Lost, 0, CardCommandRefusal.StateForbids)]
    [InlineData(CardState.Blocked, 0, CardCommandRefusal.StateForbids)]
    [InlineData(CardState.Destroyed, 0, CardCommandRefusal.CardDestroyed)]
    public void The_same_card_goes_to_the_next_visitor_when_it_was_handed_in_or_has_expired(CardState state, int hoursLeft, CardCommandRefusal expected)
    {
        var card = Given.Card(state, expiresAt: Now + Duration.FromHours(hoursLeft)) with { Kind = CardKind.VisitorCard, Version = 4 };

        var decision = CardRules.Decide(Issue, Facts with { Card = card });

        decision.Refusal.ShouldBe(expected);
        if (expected == CardCommandRefusal.None) decision.Changes.Single().Card.ShouldSatisfyAllConditions(next => next.Version.ShouldBe(5), next => next.Account.ShouldBe(Visitor));
        else decision.Changes.ShouldBeEmpty();
    }

    [Fact]
    public void Another_kind_of_card_and_another_schools_are_not_for_visitors()
    {
        CardRules.Decide(Issue, Facts with { Card = Given.Card(CardState.Returned) }).Refusal.ShouldBe(CardCommandRefusal.KindForbids);
        CardRules.Decide(Issue, Facts with { Card = Given.Card(CardState.Returned, rights: new AccessRights(new BuildingId(9))) with { Kind = CardKind.VisitorCard } }).Refusal.ShouldBe(CardCommandRefusal.OtherSchool);
    }

    [Fact]
    public void The_host_is_an_employee()
    {
        CardRules.Decide(Issue, Facts with { Holder = null }).Refusal.ShouldBe(CardCommandRefusal.HostNotAllowed);
        CardRules.Decide(Issue, Facts with { Holder = Host with { Kind = AccountKind.Pupil } }).Refusal.ShouldBe(CardCommandRefusal.HostNotAllowed);
        CardRules.Decide(Issue, Facts with { Holder = Host with { IsClosed = true } }).Refusal.ShouldBe(CardCommandRefusal.HostNotAllowed);
    }

    [Theory]
    [InlineData(0, CardCommandRefusal.ExpiryNotAllowed)]
    [InlineData(1, CardCommandRefusal.None)]
    [InlineData(7 * 24 * 60, CardCommandRefusal.None)]
    [InlineData(7 * 24 * 60 + 1, CardCommandRefusal.ExpiryNotAllowed)]
    public void A_visit_ends_in_the_future_and_within_seven_days(int minutes, CardCommandRefusal expected) =>
        CardRules.Decide(Issue with { ExpiresAt = Now + Duration.FromMinutes(minutes) }, Facts).Refusal.ShouldBe(expected);

    [Fact]
    public void Whoever_is_no_employee_gives_no_card() => CardRules.Decide(
        Issue with { Author = Issue.Author with { Employee = AccountNumber.FromSerial(5), Device = default } }, Facts with { Employee = Host with { Kind = AccountKind.Pupil } }).Refusal.ShouldBe(CardCommandRefusal.NotAllowed);
}
