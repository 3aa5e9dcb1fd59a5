using Zvonok.Feed.V1;

namespace Zvonok.Terminals;

/// <summary>How a terminal is, for a service page and for whoever watches devices.</summary>
public sealed record TerminalStatus
{
    /// <summary>True when the core answers. False: the terminal decides alone.</summary>
    public required bool IsConnected { get; init; }

    /// <summary>Where the connection is; null: there is none.</summary>
    public required Uri? Address { get; init; }

    /// <summary>Why the last connection ended or could not be made; null: none ever failed.</summary>
    public required string? ConnectionFault { get; init; }

    /// <summary>The list's version; 0: there is none.</summary>
    public required long ListVersion { get; init; }

    /// <summary>For how long the list has not been confirmed by the core; null: there is none.</summary>
    public required TimeSpan? ListAge { get; init; }

    /// <summary>Until when a till or validator sells by the list; null: there is none.</summary>
    public required DateTimeOffset? ListValidUntil { get; init; }

    /// <summary>Facts that wait to be uploaded.</summary>
    public required long Queued { get; init; }

    /// <summary>Facts that could not be written to the file and are in memory alone: see <see cref="StoreFault"/>.</summary>
    public required int Unsaved { get; init; }

    /// <summary>How far the core's clock is ahead of the device's.</summary>
    public required TimeSpan ClockOffset { get; init; }

    /// <summary>The building's mode, as far as it is known.</summary>
    public required BuildingMode Mode { get; init; }

    /// <summary>Why the file cannot be used; null: it can.</summary>
    public required string? StoreFault { get; init; }

    /// <summary>Where a broken file was put when the terminal started; null: it was not broken.</summary>
    public required string? BrokenFile { get; init; }

    /// <summary>Why the last upload failed; null: it did not.</summary>
    public required string? UploadFault { get; init; }
}

/// <summary>A fact that the core does not take as it is: people have to look at it.</summary>
/// <param name="Position">Its place in the queue.</param>
/// <param name="OperationId">The operation that it tells of.</param>
/// <param name="Code">A gRPC status code: 3 a field that is wrong, 5 a card or a person that nobody knows, 6 an operation id that was used for something else.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Fact">The UploadFactsRequest as it was sent, in protobuf's JSON.</param>
public sealed record NotTakenFact(long Position, Guid OperationId, int Code, string Message, string Fact);
