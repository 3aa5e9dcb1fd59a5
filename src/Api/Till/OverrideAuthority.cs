using Zvonok.Api.Shapes;
using Zvonok.Grains.Journal;
using Zvonok.Till.V1;

namespace Zvonok.Api.Till;

/// <summary>
/// Looks up who asks that a stop list be overridden (M3). It happens a few times a day, and what the registry says now counts: so it is read, not remembered.
/// </summary>
internal sealed class OverrideAuthority(IJournalReader journal, TokenKey key, IClock clock)
{
    /// <summary>What is asked for, with the employee who may at that till; without, when it is nobody who may.</summary>
    public async ValueTask<OverrideRequest> Attest(StopListOverride asked, BuildingId building, Instant? eventTime)
    {
        var token = Check.Token(key, asked.EmployeeCardUid, "stop_list_override.employee_card_uid");
        var reason = Check.Words(asked.Reason, Limits.ReasonLengthMax, "stop_list_override.reason");
        var card = await journal.LoadCard(token);
        var holder = card is null ? null : await journal.LoadAccount(card.Account);
        var at = OperationRules.BoundEventTime(eventTime, clock.GetCurrentInstant());
        return new OverrideRequest(OverrideRules.WhoMay(card, holder?.Profile, building, at), reason);
    }
}
