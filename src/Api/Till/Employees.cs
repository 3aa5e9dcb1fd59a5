using Google.Protobuf;
using Zvonok.Api.Shapes;
using Zvonok.Grains;
using Zvonok.Grains.Cards;

namespace Zvonok.Api.Till;

/// <summary>Who answers for a child's meal at a till, by the card that is shown there (M3, M7).</summary>
internal sealed class Employees(CardRouter cards, GrainLookup grains, CardTokens tokens, IClock clock)
{
    /// <summary>The employee; null when it is nobody who may at that till.</summary>
    /// <param name="uid">The card's radio number.</param>
    /// <param name="field">How the request calls it.</param>
    /// <param name="building">The till's.</param>
    /// <param name="eventTime">By the device's clock.</param>
    public async ValueTask<AccountNumber?> WhoMay(ByteString uid, string field, BuildingId building, Instant? eventTime)
    {
        var card = await cards.Read(await tokens.Of(uid, field));
        var holder = card is null ? null : await grains.Account(card.Account).Get();
        return EmployeeRules.WhoMay(card, holder?.Profile, building, OperationRules.BoundEventTime(eventTime, clock.GetCurrentInstant()));
    }
}
