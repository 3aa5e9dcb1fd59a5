using Google.Protobuf;
using Zvonok.Api.Shapes;
using Zvonok.Grains;
using Zvonok.Grains.Cards;

namespace Zvonok.Api.Till;

/// <summary>Who answers for a child, by the card that is shown (M3, M7, P6), and for a building (S1–S3).</summary>
internal sealed class Employees(CardRouter cards, GrainLookup grains, CardTokens tokens, IClock clock)
{
    /// <summary>The employee; null when it is nobody who may there.</summary>
    /// <param name="uid">The card's radio number.</param>
    /// <param name="field">How the request calls it.</param>
    /// <param name="building">The device's.</param>
    /// <param name="eventTime">By the device's clock.</param>
    public async ValueTask<AccountNumber?> WhoMay(ByteString uid, string field, BuildingId building, Instant? eventTime) => (await Who(uid, field, building, eventTime)).Number;

    /// <summary>The same, with what the employee is named to.</summary>
    public async ValueTask<(AccountNumber? Number, RoleNames Roles)> Who(ByteString uid, string field, BuildingId building, Instant? eventTime)
    {
        if (await cards.Read(await tokens.Of(uid, field)) is not { } card) return default;
        var holder = await grains.Account(card.Account).Get();
        return (EmployeeRules.WhoMay(card, holder?.Profile, building, OperationRules.BoundEventTime(eventTime, clock.GetCurrentInstant()), await ZoneOf(building, card)), card.Roles);
    }

    // Few cards have rules, and without them nothing depends on the hour.
    private async ValueTask<string> ZoneOf(BuildingId building, Card card) =>
        card.Rights.Rules.Length > 0 && await grains.Building(building).Get() is { } view ? view.Profile.ZoneId : DateTimeZone.Utc.Id;
}
