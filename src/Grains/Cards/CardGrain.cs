using Orleans.Placement;
using Zvonok.Grains.Journal;

namespace Zvonok.Grains.Cards;

/// <inheritdoc cref="ICardGrain"/>
[GrainType("card"), PreferLocalPlacement]
public sealed class CardGrain(GrainLookup grains, IJournalReader reader, IClock clock) : Grain, ICardGrain
{
    private Card? _card;
    private int _lastReading;

    /// <inheritdoc/>
    public ValueTask<BuildingAnswer> Tap(Tap tap) =>
        _card is { } card ? grains.Building(tap.Building).Pass(tap, card) : TapUnread(tap);

    /// <inheritdoc/>
    public ValueTask<AccountAnswer> Sell(Sale sale) =>
        _card is { } card ? grains.Account(card.Account).Sell(sale, Check(card, sale)) : SellUnread(sale);

    /// <inheritdoc/>
    public Task Reload()
    {
        _card = null;
        _lastReading++;
        return Task.CompletedTask;
    }

    private async ValueTask<BuildingAnswer> TapUnread(Tap tap) => await grains.Building(tap.Building).Pass(tap, await Read());

    private async ValueTask<AccountAnswer> SellUnread(Sale sale) => await Read() is { } card
        ? await grains.Account(card.Account).Sell(sale, Check(card, sale))
        : AccountAnswer.Refused(AccountRefusal.CardUnknown);

    // Calls interleave: what was read before a change may arrive after it, and is used once but not kept. A card that nobody
    // registered is not kept either: it may be registered the next minute.
    private async Task<Card?> Read()
    {
        var reading = ++_lastReading;
        var card = await reader.LoadCard(new CardToken(this.GetPrimaryKey()));
        if (card is null) DeactivateOnIdle();
        else if (reading == _lastReading) _card = card;
        return card;
    }

    private CardRefusal Check(Card card, Sale sale) =>
        CardRules.Check(card, OperationRules.BoundEventTime(sale.EventTime, clock.GetCurrentInstant()));
}
