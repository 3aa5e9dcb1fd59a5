using System.Collections.Concurrent;

namespace Zvonok.Processes.Tests.Load;

/// <summary>One sending of an operation.</summary>
/// <param name="Silo">Where to.</param>
/// <param name="SentAt">When, since the notebook was opened.</param>
/// <param name="Took">From sending to what came back.</param>
/// <param name="Answer">What came back.</param>
internal sealed record Attempt(Uri Silo, TimeSpan SentAt, TimeSpan Took, Answer Answer);

/// <summary>An operation and everything that came back for it.</summary>
internal sealed class Recorded(Operation operation)
{
    private readonly ConcurrentQueue<Attempt> _attempts = new();

    public Operation Operation { get; } = operation;

    public IReadOnlyCollection<Attempt> Attempts => _attempts;

    /// <summary>The answers, without the attempts that have none.</summary>
    public IEnumerable<Answer> Answers => _attempts.Select(attempt => attempt.Answer).Where(answer => answer is not NoAnswer);

    public bool IsAnswered => Answers.Any();

    public void Add(Attempt attempt) => _attempts.Enqueue(attempt);

    public override string ToString() => $"{Operation.GetType().Name} {Operation.Id}: {string.Join("; ", _attempts)}";
}
