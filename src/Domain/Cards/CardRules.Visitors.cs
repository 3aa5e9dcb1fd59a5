using Zvonok.Domain.Accounts;
using Zvonok.Domain.Operations;

namespace Zvonok.Domain.Cards;

// Visitors' cards (P7): the same card goes from one visitor to the next.
public static partial class CardRules
{
    private static CardCommandRefusal Refuse(VisitorCardIssue given, CardFacts facts)
    {
        if (!MayAsk(given, facts)) return CardCommandRefusal.NotAllowed;
        if (facts.Card is { } card)
        {
            if (RefuseCard(given, facts) is var refusal and not CardCommandRefusal.None) return refusal;
            if (card.Kind != CardKind.VisitorCard) return CardCommandRefusal.KindForbids;
            // One whose time is over lies in the drawer again, whosever it was.
            if (IsLive(card, facts.Now)) return CardCommandRefusal.BoundToAnother;
            if (!MayBecome(card.State, CardState.Active)) return CardCommandRefusal.StateForbids;
        }

        if (facts.Holder is not { Kind: AccountKind.Employee, IsClosed: false }) return CardCommandRefusal.HostNotAllowed;
        return given.ExpiresAt <= facts.Now || given.ExpiresAt > facts.Now + Duration.FromDays(Limits.VisitDaysMax) ? CardCommandRefusal.ExpiryNotAllowed : CardCommandRefusal.None;
    }

    private static CardDecision Decide(VisitorCardIssue given, CardFacts facts)
    {
        if (Refuse(given, facts) is var refusal and not CardCommandRefusal.None) return new CardDecision(refusal, []);
        var (visitor, from) = (facts.Visitor!.Value, OperationRules.ToMillisecond(facts.Now));
        var card = new Card
        {
            Token = given.Token, Kind = CardKind.VisitorCard, State = CardState.Active, Account = visitor, Rights = new AccessRights(given.Author.Building),
            ExpiresAt = OperationRules.ToMillisecond(given.ExpiresAt), Version = (facts.Card?.Version ?? 0) + 1,
        };
        return new CardDecision(CardCommandRefusal.None, [new CardChange(card, Line(given, facts, card))])
        {
            Visit = new Visit(visitor, given.Author.Building, given.Host, given.Token, from, card.ExpiresAt.Value, given.BookKey),
        };
    }
}
