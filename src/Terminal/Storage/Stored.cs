using Zvonok.Domain.Operations;
using Zvonok.Terminals.Decisions;
using Zvonok.Terminals.V1;

namespace Zvonok.Terminals.Storage;

/// <summary>A fact of the queue.</summary>
/// <param name="Position">Its place: 1 or more, never used again.</param>
/// <param name="Operation">The operation that it tells of; in the queue once.</param>
/// <param name="Body">The upload's message without its position, as bytes. People are named in it by their handles.</param>
internal readonly record struct QueuedFact(long Position, OperationId Operation, byte[] Body);

/// <summary>A fact that the core does not take as it is.</summary>
internal readonly record struct RejectedFact(QueuedFact Fact, int Code, string Message);

/// <summary>What a terminal knew when it was last running.</summary>
internal sealed record Remembered
{
    /// <summary>How far the core's clock is ahead of the device's.</summary>
    public Duration ClockOffset { get; init; }

    /// <summary>The building's mode by its number, and as of when; null: never told.</summary>
    public (int Mode, Instant At)? Mode { get; init; }

    /// <summary>The gates whose fire input was on.</summary>
    public int[] FireInputs { get; init; } = [];

    /// <summary>The list as it came, first the whole one and then the deltas.</summary>
    public SignedList[] List { get; init; } = [];

    /// <summary>Who was inside, by handle.</summary>
    public (int Handle, Instant Since)[] Inside { get; init; } = [];

    /// <summary>What was sold and the list may not know.</summary>
    public Sold[] Sold { get; init; } = [];

    /// <summary>How long the queue is.</summary>
    public long Queued { get; init; }
}
