using Grpc.Core;
using Zvonok.Gate.V1;

namespace Zvonok.History.Load;

/// <summary>What came back for an operation. Two answers with the same content are equal.</summary>
public abstract record Answer;

/// <summary>Granted: the entry that is in the ledger. Tills are not told the transport purse.</summary>
public sealed record EntryAnswer(long Account, long Seq, long Meal, long? Transport, Instant EventAt) : Answer;

/// <summary>What a gate did; a refusal is a passage too.</summary>
public sealed record PassageAnswer(
    long Seq, Outcome Outcome, Direction Direction, Flag Flag, RefusalReason Refusal, long Account, Instant EventAt) : Answer;

/// <summary>Refused by a rule: nothing was changed.</summary>
public sealed record RefusedAnswer(string Reason) : Answer;

/// <summary>No answer: the operation may or may not have happened, and may be repeated.</summary>
/// <param name="Status">What the server said, or the client's library when the connection broke off.</param>
/// <param name="Detail">The same in words.</param>
/// <param name="IsBroken">True when the connection broke off: then no server has said anything.</param>
public sealed record NoAnswer(StatusCode Status, string Detail, bool IsBroken = false) : Answer
{
    /// <summary>True when the server found fault with a request that is right.</summary>
    public bool IsFault => !IsBroken && Status is not (StatusCode.Unavailable or StatusCode.ResourceExhausted);
}
