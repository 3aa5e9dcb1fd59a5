using Zvonok.Grains.Accounts;
using Zvonok.Grains.Buildings;
using Zvonok.Grains.Journal;

namespace Zvonok.Grains.Cards;

/// <inheritdoc cref="ICardGrain"/>
[GrainType("card")]
public sealed class CardGrain(IJournalReader reader, IClock clock) : Grain, ICardGrain
{
    private Card? _card;

    /// <inheritdoc/>
    public ValueTask<BuildingAnswer> Tap(Tap tap) =>
        _card is { } card ? Building(tap).Pass(tap, card) : TapUnread(tap);

    /// <inheritdoc/>
    public ValueTask<AccountAnswer> Sell(Sale sale) =>
        _card is { } card ? Account(card).Sell(sale, Check(card, sale)) : SellUnread(sale);

    /// <inheritdoc/>
    public async Task Reload()
    {
        _card = null;
        await Read();
    }

    private async ValueTask<BuildingAnswer> TapUnread(Tap tap) => await Building(tap).Pass(tap, await Read());

    private async ValueTask<AccountAnswer> SellUnread(Sale sale) => await Read() is { } card
        ? await Account(card).Sell(sale, Check(card, sale))
        : AccountAnswer.Refused(AccountRefusal.CardUnknown);

    // A card that nobody registered is not kept: it may be registered the next minute.
    private async Task<Card?> Read()
    {
        _card ??= await reader.LoadCard(new CardToken(this.GetPrimaryKey()));
        if (_card is null) DeactivateOnIdle();
        return _card;
    }

    private CardRefusal Check(Card card, Sale sale) =>
        CardRules.Check(card, OperationRules.BoundEventTime(sale.EventTime, clock.GetCurrentInstant()));

    private IBuildingGrain Building(Tap tap) => GrainFactory.GetGrain<IBuildingGrain>(tap.Building.Value);

    private IAccountGrain Account(Card card) => GrainFactory.GetGrain<IAccountGrain>(card.Account.Value);
}
