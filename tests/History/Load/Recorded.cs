using System.Collections.Concurrent;
using System.Globalization;

namespace Zvonok.History.Load;

/// <summary>One sending of an operation.</summary>
/// <param name="Silo">Where to.</param>
/// <param name="SentAt">When, since the notebook was opened.</param>
/// <param name="Took">From sending to what came back.</param>
/// <param name="Answer">What came back.</param>
public sealed record Attempt(Uri Silo, TimeSpan SentAt, TimeSpan Took, Answer Answer)
{
    /// <summary>When it came back, or was given up.</summary>
    public TimeSpan EndedAt => SentAt + Took;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"sent at {SentAt.TotalSeconds:0.000} s to port {Silo.Port}, after {Took.TotalMilliseconds:0} ms {Answer}");
}

/// <summary>An operation and everything that came back for it.</summary>
/// <param name="operation">What was asked for.</param>
/// <param name="openedAt">When the client wanted it done, since the notebook was opened: never later than the first sending.</param>
public sealed class Recorded(Operation operation, TimeSpan openedAt = default)
{
    private readonly ConcurrentQueue<Attempt> _attempts = new();

    public Operation Operation { get; } = operation;

    public TimeSpan OpenedAt { get; } = openedAt;

    public IReadOnlyCollection<Attempt> Attempts => _attempts;

    /// <summary>The answers, without the attempts that have none.</summary>
    public IEnumerable<Answer> Answers => _attempts.Select(attempt => attempt.Answer).Where(answer => answer is not NoAnswer);

    public bool IsAnswered => Answers.Any();

    public void Add(Attempt attempt) => _attempts.Enqueue(attempt);

    public override string ToString() => $"{Operation.GetType().Name} {Operation.Id} of {Operation.Ledger}: {string.Join("; ", _attempts.OrderBy(attempt => attempt.SentAt))}";
}
