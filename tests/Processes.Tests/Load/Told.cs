using Zvonok.Gate.V1;
using Zvonok.Terminals;

namespace Zvonok.Processes.Tests.Load;

/// <summary>What a terminal told somebody.</summary>
/// <param name="Pupil">Whom.</param>
/// <param name="Operation">Its name in the journal.</param>
/// <param name="Device">Which terminal.</param>
/// <param name="Refusal">The name of the reason why not; null: the gate opened, or lunch was sold.</param>
/// <param name="Due">The reason that was due; null: none.</param>
/// <param name="IsUntold">True: it was not in the journal at that moment.</param>
internal abstract record Told(Pupil Pupil, Guid Operation, DeviceId Device, string? Refusal, string? Due, bool IsUntold)
{
    public bool IsGranted => Refusal is null;

    public override string ToString() => $"{GetType().Name} {Operation} of pupil {Pupil.Index} at device {Device}: {Refusal ?? "yes"}, due {Due ?? "yes"}{(IsUntold ? ", untold" : "")}";
}

/// <summary>At a gate.</summary>
internal sealed record Passed(Pupil Pupil, GateDecision Decision, string? Due) : Told(
    Pupil, Decision.OperationId, new DeviceId(Decision.Device), Decision.IsAdmitted ? null : Decision.Reason.ToString(), Due, Decision.PassageNumber == 0)
{
    public Direction Direction => Decision.Direction;
}

/// <summary>At a till.</summary>
internal sealed record Ate(Pupil Pupil, TillDecision Decision, long Kopecks, string? Due) : Told(
    Pupil, Decision.OperationId, Pupil.School.Till, Decision.IsGranted ? null : Decision.Outcome == TillOutcome.Refused ? Decision.Reason.ToString() : Decision.NotNow.ToString(), Due, Decision.IsAlone);
