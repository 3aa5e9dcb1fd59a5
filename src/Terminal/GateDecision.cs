using Zvonok.Gate.V1;

namespace Zvonok.Terminals;

/// <summary>What a gate does with a tap (P1).</summary>
public sealed record GateDecision
{
    /// <summary>The tap's name in the core's journal.</summary>
    public required Guid OperationId { get; init; }

    /// <summary>The gate.</summary>
    public required int Device { get; init; }

    /// <summary>ADMITTED: open. ADMITTED_FLAGGED: open, and show <see cref="Flag"/> to the guard. REFUSED: stay shut, and show <see cref="Reason"/>.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>IN or OUT.</summary>
    public required Direction Direction { get; init; }

    /// <summary>With ADMITTED_FLAGGED: why it is worth a look.</summary>
    public Flag Flag { get; init; }

    /// <summary>With REFUSED: why.</summary>
    public RefusalReason Reason { get; init; }

    /// <summary>When, by the core's clock as far as it is known.</summary>
    public required DateTimeOffset EventTime { get; init; }

    /// <summary>True: the gate opens.</summary>
    public bool IsAdmitted => Outcome != Outcome.Refused;

    /// <summary>True: the terminal has decided alone; the core hears of it later.</summary>
    public required bool IsAlone { get; init; }

    /// <summary>False: it could not be written to the terminal's file, and will be lost when the terminal loses its power now (<see cref="TerminalStatus.StoreFault"/>).</summary>
    public required bool IsDurable { get; init; }

    /// <summary>The passage's number in the building; 0 when it is not recorded yet.</summary>
    public long PassageNumber { get; init; }

    /// <summary>Whose card it was, while there is a connection; 0: not told.</summary>
    public long AccountNumber { get; init; }

    /// <summary>Whom the gate knows to have passed, so that a passage that did not take place can be put back.</summary>
    internal (int Handle, Instant? SinceBefore)? Moved { get; init; }
}
