using Microsoft.Extensions.Options;
using Zvonok.Grains.Buildings;
using Zvonok.Grains.Journal;
using Zvonok.Grains.Policies;

namespace Zvonok.Grains.Cards;

/// <summary>
/// Does what is asked of a card, in its grain's turn: finds what the operation has done before, or gathers the facts, decides and writes. A card is asked for something a few times in
/// its life, so nothing is remembered: all is read each time, and the card's version is the fence.
/// </summary>
public sealed class CardDesk(ICardLog log, IJournalReader reader, GrainLookup grains, CardNews news, IFeePolicies fees, IOptions<GrainsOptions> options, IClock clock)
{
    internal async Task<CardAnswer> Do(CardCommand command)
    {
        OperationGuard.RefuseFuture(command.Operation, clock);
        if (await log.Find(command.Operation) is [var done, ..] lines)
            return done.Fingerprint == command.Fingerprint ? CardAnswer.Of(lines) : throw OperationGuard.Reused(command.Operation);

        var facts = await Gather(command);
        var decision = CardRules.Decide(command, facts);
        if (decision.Changes.Count > 0 && !await log.Append(Append(command, decision, facts)))
            throw new StaleActivationException($"Card {command.Token}, or what its account has in use, was changed by somebody else.");
        news.Tell(BuildingsOf(decision, facts));
        return decision.Refusal == CardCommandRefusal.None ? Answer(decision) : CardAnswer.Refused(decision.Refusal);
    }

    // What a card opens now, and what it opened before.
    private static IEnumerable<BuildingId> BuildingsOf(CardDecision decision, CardFacts facts) =>
        decision.Changes.Select(change => change.Card).Append(facts.Card).Append(facts.Successor).OfType<Card>().SelectMany(card => card.Rights.Named);

    private static CardAppend Append(CardCommand command, CardDecision decision, CardFacts facts) => new(decision.Changes)
    {
        Seen = decision.Holder is { } holder ? new SeenCards(holder, [.. facts.Active.Select(card => card.Token)]) : null,
        Visit = decision.Visit,
        VisitorZone = facts.ZoneId,
        Begun = command is CardReplacement replacement && decision.Refusal == CardCommandRefusal.None ? OpenReplacement.Of(replacement, Answer(decision)) : null,
    };

    private static CardAnswer Answer(CardDecision decision) => CardAnswer.Of([.. decision.Changes.Select(change => change.Event)]);

    private async Task<CardFacts> Gather(CardCommand command)
    {
        var school = await grains.Building(command.Author.Building).Get() ?? throw new BuildingUnknownException($"Building {command.Author.Building} is not registered: import it first.");
        var employee = command.Author.Employee is { } number ? await grains.Account(number).Get() : null;
        var card = await reader.LoadCard(command.Token);
        var facts = new CardFacts
        {
            Card = card,
            Employee = employee?.Profile,
            ZoneId = school.Profile.ZoneId,
            Policy = new CardPolicy(options.Value.OneActiveCard, options.Value.BlockClones),
            Now = clock.GetCurrentInstant(),
        };
        if (command is CardRetokening { Successor: var token }) return facts with { Successor = await reader.LoadCard(token) };
        if (command is VisitorCardIssue visit) return facts with { Holder = (await grains.Account(visit.Host).Get())?.Profile, Visitor = await log.NextVisitor() };
        if (command is CardReplacement replacement) facts = await Gather(replacement, facts);
        if ((command is CardReplacement ? card?.Account : command.Holder) is not { } account || await grains.Account(account).Get() is not { } holder) return facts;
        return facts with { Holder = holder.Profile, Meal = holder.Meal, Active = await log.ListActive(account) };
    }

    private async Task<CardFacts> Gather(CardReplacement replacement, CardFacts facts)
    {
        // One payment pays for one card, and whoever finds that out later has replaced it already.
        if (replacement.Reference is { } reference && await reader.FindTopUp(reference) is { } paid && paid.Operation != OpenReplacement.FeeOperation(replacement.Operation))
            throw new OperationReusedException("bank_payment.bank_reference", "This provider's bank reference paid for something else before: send the reference of this payment.");
        return facts with { Successor = await reader.LoadCard(replacement.Successor), Fee = await fees.Find(replacement.Author.Building, FeeKind.CardReplacement) };
    }
}
