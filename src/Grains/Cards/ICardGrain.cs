using Orleans.Concurrency;

namespace Zvonok.Grains.Cards;

/// <summary>
/// One card, known by its token. It attests what the card is and hands the command on to the building or the account,
/// which decides: no order is needed for that, so these calls interleave. What is asked of the card itself is done one after the other. Callers on its own silo find the card in
/// <see cref="CardRouter"/> and save the message.
/// </summary>
[Alias("zvonok.ICardGrain")]
public interface ICardGrain : IGrainWithGuidKey
{
    /// <summary>The card is presented to a gate (P1); the building decides.</summary>
    [AlwaysInterleave, Alias("Tap")]
    ValueTask<BuildingAnswer> Tap(Tap tap);

    /// <summary>The card pays (M1); the account decides.</summary>
    [AlwaysInterleave, Alias("Sell")]
    ValueTask<AccountAnswer> Sell(Sale sale);

    /// <summary>The card is good for a meal at public cost (M5); the account decides.</summary>
    [AlwaysInterleave, Alias("Redeem")]
    ValueTask<AccountAnswer> Redeem(Redemption redemption);

    /// <summary>The card pays a ride (M10); the account decides.</summary>
    [AlwaysInterleave, Alias("Ride")]
    ValueTask<AccountAnswer> Ride(Ride ride);

    /// <summary>The card is good for a meal that was ordered (M6); the account decides.</summary>
    [AlwaysInterleave, Alias("RedeemOrder")]
    ValueTask<AccountAnswer> RedeemOrder(OrderRedemption redemption);

    /// <summary>What the card is; null when nobody registered it.</summary>
    [AlwaysInterleave, Alias("Read")]
    ValueTask<Card?> Read();

    /// <summary>
    /// Does what the responsible employee asks of the card (C2–C5), or refuses. One after the other, and once for each operation: the same operation gets its first answer again for ever.
    /// </summary>
    /// <exception cref="Journal.StaleActivationException">Somebody else has changed something meanwhile; nothing was written.</exception>
    [Alias("Change")]
    Task<CardAnswer> Change(CardCommand command);

    /// <summary>The registry has changed the card: it is read again when it is next used.</summary>
    [AlwaysInterleave, Alias("Reload")]
    Task Reload();
}
