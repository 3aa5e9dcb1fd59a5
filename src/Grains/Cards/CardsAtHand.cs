using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Zvonok.Grains.Cards;

/// <summary>
/// A card's way to the building or the account. The cards whose grains live on this silo are at hand here, so that a command of theirs is
/// one grain message, not two (docs/decisions/0010-cards-at-hand.md). Only a card's one grain puts it here and takes it away: what is
/// found here is what the grain would say.
/// </summary>
public sealed class CardsAtHand(GrainLookup grains, IClock clock, IOptions<GrainsOptions> options)
{
    // A card that is found here does not call its grain, which looks idle then. So the grain is called now and then, long before it would leave the memory.
    private readonly Duration _callsGrainAfter = Duration.FromHours(options.Value.CollectionAgeHours) / 4;
    private readonly ConcurrentDictionary<CardToken, CardAtHand> _cards = new();

    /// <summary>The card is presented to a gate (P1); the building decides.</summary>
    public ValueTask<BuildingAnswer> Tap(Tap tap) =>
        Find(tap.Token) is { } card ? Tap(tap, card) : grains.Card(tap.Token).Tap(tap);

    /// <summary>The card pays (M1); the account decides.</summary>
    public ValueTask<AccountAnswer> Sell(CardToken token, Sale sale) =>
        Find(token) is { } card ? Sell(sale, card) : grains.Card(token).Sell(sale);

    internal ValueTask<BuildingAnswer> Tap(Tap tap, Card? card) => grains.Building(tap.Building).Pass(tap, card);

    internal ValueTask<AccountAnswer> Sell(Sale sale, Card card) =>
        grains.Account(card.Account).Sell(sale, CardRules.Check(card, OperationRules.BoundEventTime(sale.EventTime, clock.GetCurrentInstant())));

    /// <summary>The card's grain has been called, and says what the card is.</summary>
    internal void Put(Card card) => _cards[card.Token] = new CardAtHand(card, clock.GetCurrentInstant() + _callsGrainAfter);

    /// <summary>The card's grain does not vouch for it any longer.</summary>
    internal void Remove(CardToken token) => _cards.TryRemove(token, out _);

    private Card? Find(CardToken token) => _cards.TryGetValue(token, out var found) && clock.GetCurrentInstant() < found.Until ? found.Card : null;

    private readonly record struct CardAtHand(Card Card, Instant Until);
}
