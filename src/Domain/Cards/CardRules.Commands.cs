using Zvonok.Domain.Accounts;
using Zvonok.Domain.Operations;
using Zvonok.Domain.Time;

namespace Zvonok.Domain.Cards;

// What the responsible employee does with cards. Each ladder tells the first refusal that applies.
public static partial class CardRules
{
    /// <summary>Decides a command (C2–C5, C8): the changes to write, or why there are none.</summary>
    public static CardDecision Decide(CardCommand command, CardFacts facts) => command switch
    {
        CardIssue issue => Settle(issue, facts, facts.Card, Refuse(issue, facts), () => Issued(issue)),
        CardBinding binding => Settle(binding, facts, facts.Card, Refuse(binding, facts), () => Bound(binding, facts.Card!)),
        TemporaryCardIssue given => Settle(given, facts, facts.Card, Refuse(given, facts), () => Given(given, facts)),
        CardMove move => Settle(move, facts, null, Refuse(move, facts), () => facts.Card! with { State = move.To }),
        VisitorCardIssue given => Decide(given, facts),
        CardReplacement replacement => Decide(replacement, facts),
        CardRetokening retokening => Decide(retokening, facts),
        CloneSighting sighting => RefuseSighting(facts) is var refusal and not CardCommandRefusal.None
            ? new CardDecision(refusal, [])
            : new CardDecision(CardCommandRefusal.None, [Flag(sighting, facts, facts.Card!, CardCommandRefusal.None)]),
        _ => throw new InvalidOperationException($"Commands of {command.GetType().Name} are not known."),
    };

    /// <summary>
    /// True when the card is in somebody's hands and works: who brings a card with its radio number to be bound to another account brings a clone, or the card itself (C8).
    /// </summary>
    public static bool IsLive(Card card, Instant now) => Check(card, now) == CardRefusal.None;

    /// <summary>True for cards of which an account may have one in use (C3).</summary>
    public static bool IsIdentifier(CardKind kind) => kind is not (CardKind.TemporaryCard or CardKind.VisitorCard);

    private static CardCommandRefusal Refuse(CardIssue issue, CardFacts facts)
    {
        if (!MayAsk(issue, facts)) return CardCommandRefusal.NotAllowed;
        if (facts.Card is not null) return CardCommandRefusal.AlreadyRegistered;
        if (!IsIdentifier(issue.CardKind)) return CardCommandRefusal.KindForbids;
        return RefuseHolder(facts);
    }

    private static CardCommandRefusal Refuse(CardBinding binding, CardFacts facts)
    {
        if (RefuseCard(binding, facts) is var refusal and not CardCommandRefusal.None) return refusal;
        var card = facts.Card!;
        if (!IsIdentifier(card.Kind)) return CardCommandRefusal.KindForbids;
        if (card.State is not (CardState.Issued or CardState.Returned) && card.Account != binding.Account) return CardCommandRefusal.BoundToAnother;
        if (!MayBecome(card.State, CardState.Active)) return CardCommandRefusal.StateForbids;
        if (RefuseHolder(facts) is var unfit and not CardCommandRefusal.None) return unfit;
        return HasOther(facts, card.Token) ? CardCommandRefusal.OtherCardActive : CardCommandRefusal.None;
    }

    private static CardCommandRefusal Refuse(TemporaryCardIssue given, CardFacts facts)
    {
        if (!MayAsk(given, facts)) return CardCommandRefusal.NotAllowed;
        if (facts.Card is { } card)
        {
            if (RefuseCard(given, facts) is var refusal and not CardCommandRefusal.None) return refusal;
            if (card.Kind != CardKind.TemporaryCard) return CardCommandRefusal.KindForbids;
            // One whose time is over lies in the drawer again, whosever it was.
            if (IsLive(card, facts.Now) && card.Account != given.Account) return CardCommandRefusal.BoundToAnother;
            if (!MayBecome(card.State, CardState.Active)) return CardCommandRefusal.StateForbids;
        }

        if (RefuseHolder(facts) is var unfit and not CardCommandRefusal.None) return unfit;
        var end = EndOf(given, facts);
        return end <= facts.Now || end > facts.Now + Duration.FromDays(Limits.TemporaryCardDaysMax) ? CardCommandRefusal.ExpiryNotAllowed : CardCommandRefusal.None;
    }

    private static CardCommandRefusal Refuse(CardMove move, CardFacts facts)
    {
        if (!MayAsk(move, facts)) return CardCommandRefusal.NotAllowed;
        if (facts.Card is not { } card) return CardCommandRefusal.CardUnknown;
        var isElsewhere = card.Rights.Home != move.Author.Building;
        // Another school learns that it is not its own and nothing else, not even why nothing is done (C5).
        if (isElsewhere && (move.To != CardState.Returned || !MayBecome(card.State, move.To))) return CardCommandRefusal.OtherSchool;
        if (card.State == CardState.Destroyed) return CardCommandRefusal.CardDestroyed;
        return MayBecome(card.State, move.To) ? CardCommandRefusal.None : CardCommandRefusal.StateForbids;
    }

    private static CardCommandRefusal Refuse(CardReplacement replacement, CardFacts facts)
    {
        if (RefuseCard(replacement, facts) is var refusal and not CardCommandRefusal.None) return refusal;
        var card = facts.Card!;
        if (!IsIdentifier(card.Kind) || !IsIdentifier(replacement.SuccessorKind)) return CardCommandRefusal.KindForbids;
        // What nobody has in use has no place to be taken.
        if (card.State is CardState.Issued or CardState.Returned || !MayBecome(card.State, replacement.Becomes)) return CardCommandRefusal.StateForbids;
        if (facts.Successor is { } successor && !IsFree(successor, replacement.Author.Building)) return CardCommandRefusal.SuccessorNotFree;
        if (RefuseHolder(facts) is var unfit and not CardCommandRefusal.None) return unfit;
        if (HasOther(facts, card.Token)) return CardCommandRefusal.OtherCardActive;
        var isDue = replacement.Becomes == CardState.Lost && replacement.Reference is null;
        return isDue && facts.Fee > Money.Zero && facts.Fee > facts.Meal ? CardCommandRefusal.InsufficientFunds : CardCommandRefusal.None;
    }

    private static CardCommandRefusal RefuseSighting(CardFacts facts)
    {
        if (facts.Card is not { } card) return CardCommandRefusal.CardUnknown;
        if (card.State != CardState.Active) return CardCommandRefusal.StateForbids;
        return IsToBeFlagged(card, facts) ? CardCommandRefusal.None : CardCommandRefusal.AlreadyFlagged;
    }

    private static CardCommandRefusal RefuseCard(CardCommand command, CardFacts facts)
    {
        if (!MayAsk(command, facts)) return CardCommandRefusal.NotAllowed;
        if (facts.Card is not { } card) return CardCommandRefusal.CardUnknown;
        if (card.State == CardState.Destroyed) return CardCommandRefusal.CardDestroyed;
        return card.Rights.Home == command.Author.Building ? CardCommandRefusal.None : CardCommandRefusal.OtherSchool;
    }

    private static CardCommandRefusal RefuseHolder(CardFacts facts)
    {
        if (facts.Holder is not { } holder) return CardCommandRefusal.AccountUnknown;
        return holder.IsClosed ? CardCommandRefusal.AccountClosed : CardCommandRefusal.None;
    }

    // A device is registered, or the door would not have let it in.
    private static bool MayAsk(CardCommand command, CardFacts facts) =>
        command.Author.Employee is null || facts.Employee is { Kind: AccountKind.Employee, IsClosed: false };

    private static bool HasOther(CardFacts facts, CardToken token) =>
        facts.Policy.OneActiveCard && facts.Active.Any(card => card.Token != token && IsIdentifier(card.Kind) && IsLive(card, facts.Now));

    private static bool IsFree(Card card, BuildingId school) =>
        card.State is CardState.Issued or CardState.Returned && IsIdentifier(card.Kind) && card.Rights.Home == school;

    private static bool IsToBeFlagged(Card card, CardFacts facts) => !card.IsCloned || facts.Policy.BlockClones;

    private static CardDecision Decide(CardReplacement replacement, CardFacts facts)
    {
        var refusal = Refuse(replacement, facts);
        if (refusal != CardCommandRefusal.None) return Refused(replacement, facts, facts.Successor, facts.Card?.Account, refusal);
        var old = facts.Card! with { State = replacement.Becomes, Version = facts.Card.Version + 1 };
        var successor = new Card
        {
            Token = replacement.Successor, Kind = replacement.SuccessorKind, State = CardState.Active, Account = old.Account, Rights = old.Rights, ExpiresAt = old.ExpiresAt,
            Version = (facts.Successor?.Version ?? 0) + 1,
        };
        Money? fee = replacement.Becomes == CardState.Lost ? facts.Fee : null;
        return new CardDecision(
            CardCommandRefusal.None,
            [
                new CardChange(old, Line(replacement, facts, old) with { Other = successor.Token, Fee = fee }),
                new CardChange(successor, Line(replacement, facts, successor) with { Kind = CardEventKind.TookPlace, Part = 1, Other = old.Token }),
            ],
            old.Account);
    }

    private static CardDecision Decide(CardRetokening retokening, CardFacts facts)
    {
        if (facts.Card is not { } card) return new CardDecision(CardCommandRefusal.CardUnknown, []);
        // While silos change their minds about which key is the newest, it may go there and back.
        if (facts.Successor is { } there && (there.State != CardState.Destroyed || card.State == CardState.Destroyed)) return new CardDecision(CardCommandRefusal.AlreadyRegistered, []);
        // Not the card is destroyed, but the name under which it was known.
        var old = card with { State = CardState.Destroyed, Version = card.Version + 1 };
        var successor = card with { Token = retokening.Successor, Version = (facts.Successor?.Version ?? 0) + 1 };
        return new CardDecision(
            CardCommandRefusal.None,
            [
                new CardChange(old, Line(retokening, facts, old) with { Other = successor.Token }),
                new CardChange(successor, Line(retokening, facts, successor) with { Part = 1, Other = old.Token }),
            ]);
    }

    // Shown is the card that whoever asks has in hand; null when none need be.
    private static CardDecision Settle(CardCommand command, CardFacts facts, Card? shown, CardCommandRefusal refusal, Func<Card> grant)
    {
        if (refusal != CardCommandRefusal.None) return Refused(command, facts, shown, command.Holder, refusal);
        var card = grant() with { Version = (facts.Card?.Version ?? 0) + 1 };
        return new CardDecision(CardCommandRefusal.None, [new CardChange(card, Line(command, facts, card))], card.State == CardState.Active ? card.Account : null);
    }

    // Whoever may not ask shows nothing.
    private static CardDecision Refused(CardCommand command, CardFacts facts, Card? shown, AccountNumber? wanted, CardCommandRefusal refusal) =>
        refusal != CardCommandRefusal.NotAllowed && shown is not null && wanted is not null && shown.Account != wanted && IsLive(shown, facts.Now) && IsToBeFlagged(shown, facts)
            ? new CardDecision(refusal, [Flag(command, facts, shown, refusal)])
            : new CardDecision(refusal, []);

    private static CardChange Flag(CardCommand command, CardFacts facts, Card card, CardCommandRefusal refusal)
    {
        var flagged = card with { IsCloned = true, State = facts.Policy.BlockClones ? CardState.Blocked : card.State, Version = card.Version + 1 };
        return new CardChange(flagged, Line(command, facts, flagged) with { Kind = CardEventKind.CloneSeen, Refusal = refusal });
    }

    private static Card Issued(CardIssue issue) => new() { Token = issue.Token, Kind = issue.CardKind, State = CardState.Issued, Account = issue.Account, Rights = issue.Rights };

    // A new beginning: what was seen of it before was settled when it was handed in.
    private static Card Bound(CardBinding binding, Card card) => card with { State = CardState.Active, Account = binding.Account, IsCloned = card.IsCloned && card.State == CardState.Active };

    private static Card Given(TemporaryCardIssue given, CardFacts facts) => new()
    {
        Token = given.Token, Kind = CardKind.TemporaryCard, State = CardState.Active, Account = given.Account, Rights = new AccessRights(given.Author.Building), ExpiresAt = EndOf(given, facts),
    };

    private static Instant EndOf(TemporaryCardIssue given, CardFacts facts) => given.ExpiresAt is { } end
        ? OperationRules.ToMillisecond(end)
        : Calendars.StartOf(Calendars.DayOf(facts.Now, facts.ZoneId).PlusDays(1), facts.ZoneId);

    private static CardEvent Line(CardCommand command, CardFacts facts, Card card) => new()
    {
        Card = CardStanding.Of(card),
        Kind = command.Kind,
        Operation = command.Operation,
        Part = 0,
        Fingerprint = command.Fingerprint,
        At = OperationRules.ToMillisecond(facts.Now),
        Author = command.Author,
        Home = card.Rights.Home,
    };
}
