using Orleans.Placement;
using Zvonok.Grains.Journal;

namespace Zvonok.Grains.Cards;

/// <inheritdoc cref="ICardGrain"/>
[GrainType("card"), PreferLocalPlacement]
public sealed class CardGrain(CardRouter cards, CardDesk desk, AtHand<CardToken, Card> atHand, IJournalReader reader) : Grain, ICardGrain
{
    private Card? _card;
    private int _lastReading;

    /// <inheritdoc/>
    public ValueTask<BuildingAnswer> Tap(Tap tap) => Find() is { } card ? cards.Tap(tap, card) : TapUnread(tap);

    /// <inheritdoc/>
    public ValueTask<AccountAnswer> Sell(Sale sale) => Find() is { } card ? cards.Sell(sale, card) : Unread(card => cards.Sell(sale, card));

    /// <inheritdoc/>
    public ValueTask<AccountAnswer> Redeem(Redemption redemption) => Find() is { } card ? cards.Redeem(redemption, card) : Unread(card => cards.Redeem(redemption, card));

    /// <inheritdoc/>
    public ValueTask<AccountAnswer> Ride(Ride ride) => Find() is { } card ? cards.Ride(ride, card) : Unread(card => cards.Ride(ride, card));

    /// <inheritdoc/>
    public ValueTask<AccountAnswer> RedeemOrder(OrderRedemption redemption) =>
        Find() is { } card ? cards.RedeemOrder(redemption, card) : Unread(card => cards.RedeemOrder(redemption, card));

    /// <inheritdoc/>
    public ValueTask<Card?> Read() => Find() is { } card ? new(card) : new(Load());

    /// <inheritdoc/>
    public async Task<CardAnswer> Change(CardCommand command)
    {
        try
        {
            return await desk.Do(command);
        }
        finally
        {
            // Whatever has come of it, and that may not be known: it is read again when it is next used.
            Forget();
        }
    }

    /// <inheritdoc/>
    public Task Reload()
    {
        Forget();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Forget();
        return Task.CompletedTask;
    }

    private async ValueTask<BuildingAnswer> TapUnread(Tap tap) => await cards.Tap(tap, await Load());

    private async ValueTask<AccountAnswer> Unread(Func<Card, ValueTask<AccountAnswer>> use) => await Load() is { } card
        ? await use(card)
        : AccountAnswer.Refused(AccountRefusal.CardUnknown);

    private Card? Find()
    {
        if (_card is not null) atHand.Put(_card.Token, _card);
        return _card;
    }

    // Calls interleave: what was read before a change, or before the end of this activation, may arrive after it, and is used once but
    // not kept. A card that nobody registered is not kept either: it may be registered the next minute.
    private async Task<Card?> Load()
    {
        var reading = ++_lastReading;
        var card = await reader.LoadCard(new CardToken(this.GetPrimaryKey()));
        if (card is null) DeactivateOnIdle();
        else if (reading == _lastReading) atHand.Put(card.Token, _card = card);
        return card;
    }

    private void Forget()
    {
        _card = null;
        _lastReading++;
        atHand.Remove(new CardToken(this.GetPrimaryKey()));
    }
}
