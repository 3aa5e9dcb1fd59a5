namespace Zvonok.Grains.Cards;

/// <summary>A card's way to the building or the account: straight there when the card lives on this silo (<see cref="AtHand{TKey, TValue}"/>), by its grain otherwise.</summary>
public sealed class CardRouter(GrainLookup grains, AtHand<CardToken, Card> cards, CloneWatch clones, IClock clock)
{
    /// <summary>The card is presented to a gate (P1); the building decides.</summary>
    public ValueTask<BuildingAnswer> Tap(Tap tap) =>
        cards.Find(tap.Token) is { } card ? Tap(tap, card) : grains.Card(tap.Token).Tap(tap);

    /// <summary>The card pays (M1); the account decides.</summary>
    public ValueTask<AccountAnswer> Sell(CardToken token, Sale sale) =>
        cards.Find(token) is { } card ? Sell(sale, card) : grains.Card(token).Sell(sale);

    /// <summary>The card is good for a meal at public cost (M5); the account decides.</summary>
    public ValueTask<AccountAnswer> Redeem(CardToken token, Redemption redemption) =>
        cards.Find(token) is { } card ? Redeem(redemption, card) : grains.Card(token).Redeem(redemption);

    /// <summary>The card pays a ride (M10); the account decides.</summary>
    public ValueTask<AccountAnswer> Ride(CardToken token, Ride ride) =>
        cards.Find(token) is { } card ? Ride(ride, card) : grains.Card(token).Ride(ride);

    /// <summary>The card is good for a meal that was ordered (M6); the account decides.</summary>
    public ValueTask<AccountAnswer> RedeemOrder(CardToken token, OrderRedemption redemption) =>
        cards.Find(token) is { } card ? RedeemOrder(redemption, card) : grains.Card(token).RedeemOrder(redemption);

    /// <summary>What the card is; null when nobody registered it.</summary>
    public ValueTask<Card?> Read(CardToken token) => cards.Find(token) is { } card ? new(card) : grains.Card(token).Read();

    internal ValueTask<BuildingAnswer> Tap(Tap tap, Card? card)
    {
        if (card is { State: CardState.Active }) clones.Notice(tap, card);
        return grains.Building(tap.Building).Pass(tap, card);
    }

    internal ValueTask<AccountAnswer> Sell(Sale sale, Card card) =>
        grains.Account(card.Account).Sell(sale, WhyNot(card, sale));

    internal ValueTask<AccountAnswer> Redeem(Redemption redemption, Card card) =>
        grains.Account(card.Account).Redeem(redemption, WhyNot(card, redemption));

    internal ValueTask<AccountAnswer> Ride(Ride ride, Card card) =>
        grains.Account(card.Account).Ride(ride, WhyNot(card, ride));

    internal ValueTask<AccountAnswer> RedeemOrder(OrderRedemption redemption, Card card) =>
        grains.Account(card.Account).RedeemOrder(redemption, WhyNot(card, redemption));

    private CardRefusal WhyNot(Card card, AccountCommand command) => CardRules.Check(card, AccountRules.EventAtOf(command, clock.GetCurrentInstant()));
}
