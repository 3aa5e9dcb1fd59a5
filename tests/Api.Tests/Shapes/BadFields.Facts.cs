using Zvonok.Gate.V1;

namespace Zvonok.Api.Tests.Shapes;

// What gates upload.
internal static partial class BadFields
{
    public static readonly BadField<PassageFact>[] Passage =
    [
        .. Operations<PassageFact>((fact, id) => fact.OperationId = id),
        .. Ids<PassageFact>("device_id", (fact, id) => fact.DeviceId = id),
        new("device_id", "a till", (fact, _) => fact.DeviceId = Given.Till),
        .. Uids<PassageFact>((fact, uid) => fact.CardUid = uid),
        new("card", "nobody's, and let in", (fact, _) => fact.ClearCard()),
        new("holder", "none", (fact, _) => fact.Holder = 0),
        new("holder", "negative", (fact, _) => fact.Holder = -7),
        .. Enums<PassageFact>("direction", (fact, value) => fact.Direction = (Direction)value),
        new("direction", "not decided", (fact, _) => fact.Direction = Direction.Toggle),
        .. Enums<PassageFact>("outcome", (fact, value) => fact.Outcome = (Outcome)value),
        new("flag", "missing", (fact, _) => fact.Outcome = Outcome.AdmittedFlagged),
        new("flag", "of one that is not flagged", (fact, _) => fact.Flag = Flag.AlreadyInside),
        new("flag", "unknown", (fact, _) => (fact.Outcome, fact.Flag) = (Outcome.AdmittedFlagged, (Flag)99)),
        new("refusal_reason", "missing", (fact, _) => fact.Outcome = Outcome.Refused),
        new("refusal_reason", "of one that was let in", (fact, _) => fact.RefusalReason = RefusalReason.CardLost),
        new("refusal_reason", "of a report", (fact, _) => (fact.Outcome, fact.RefusalReason) = (Outcome.Refused, RefusalReason.AlreadyReported)),
        new("refusal_reason", "unknown", (fact, _) => (fact.Outcome, fact.RefusalReason) = (Outcome.Refused, (RefusalReason)99)),
        new("event_time", "missing", (fact, _) => fact.EventTime = null),
        .. Times<PassageFact>((fact, time) => fact.EventTime = time),
    ];
}
