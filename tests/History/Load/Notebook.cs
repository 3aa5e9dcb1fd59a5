using System.Collections.Concurrent;
using Grpc.Core;

namespace Zvonok.History.Load;

/// <summary>Sends operations and writes down each with every answer, so that the journal can be held against it.</summary>
public sealed class Notebook
{
    /// <summary>Longer than the server may take for anything; whoever waits that long is told so by the tests' own bounds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ConcurrentQueue<Recorded> _recorded = new();
    private readonly long _opened = TimeProvider.System.GetTimestamp();
    private long _answered;
    private long _unanswered;

    /// <summary>What several notebooks hold, as one; no more is written into it.</summary>
    public static Notebook Together(IEnumerable<Notebook> notebooks)
    {
        var together = new Notebook();
        foreach (var recorded in notebooks.SelectMany(notebook => notebook._recorded)) together._recorded.Enqueue(recorded);
        return together;
    }

    /// <summary>Every operation that was ever sent.</summary>
    public IReadOnlyCollection<Recorded> All => _recorded;

    /// <summary>Attempts that were answered so far.</summary>
    public long AnsweredCount => Interlocked.Read(ref _answered);

    /// <summary>Attempts that came to nothing so far.</summary>
    public long UnansweredCount => Interlocked.Read(ref _unanswered);

    /// <summary>Every attempt of every operation.</summary>
    public IEnumerable<Attempt> Attempts => _recorded.SelectMany(recorded => recorded.Attempts);

    /// <summary>When it was opened, by the clock on the wall.</summary>
    public Instant OpenedAt { get; } = SystemClock.Instance.GetCurrentInstant();

    /// <summary>The time since the notebook was opened, as attempts have it.</summary>
    public TimeSpan Now => TimeProvider.System.GetElapsedTime(_opened);

    /// <summary>For the test's output: how many operations and attempts, and why some had no answer.</summary>
    public string Summary() => $"{All.Count} operations, {AnsweredCount} answers; no answer: " + string.Join("; ", Attempts
        .Select(attempt => attempt.Answer).OfType<NoAnswer>().CountBy(answer => answer).Select(why => $"{why.Value} times {why.Key.Status}, {why.Key.Detail}"));

    /// <summary>Writes an operation down before it is sent.</summary>
    /// <param name="operation">What is asked for.</param>
    /// <param name="wantedAt">When it should have been sent; null: now.</param>
    public Recorded Open(Operation operation, TimeSpan? wantedAt = null)
    {
        var recorded = new Recorded(operation, wantedAt ?? Now);
        _recorded.Enqueue(recorded);
        return recorded;
    }

    /// <summary>Sends an operation, again or for the first time.</summary>
    public Task<Answer> Send(Recorded recorded, Line line) => Send(recorded, line, Patience);

    /// <summary>The same for a client that hangs up after a while.</summary>
    public async Task<Answer> Send(Recorded recorded, Line line, TimeSpan hangsUpAfter)
    {
        var sentAt = Now;
        Answer answer;
        using var patience = new CancellationTokenSource(hangsUpAfter);
        try
        {
            answer = await recorded.Operation.Send(line, patience.Token);
        }
        catch (Exception exception) when (patience.IsCancellationRequested && exception is RpcException or OperationCanceledException)
        {
            answer = new NoAnswer(StatusCode.DeadlineExceeded, $"no answer within {hangsUpAfter.TotalSeconds} s", IsBroken: hangsUpAfter < Patience);
        }
        catch (RpcException failure)
        {
            // The client's library has an exception of its own to show for what no server has said; and none cancels what a client has asked for.
            answer = new NoAnswer(
                failure.StatusCode, failure.Status.Detail, IsBroken: failure.Status.DebugException is not null || failure.StatusCode == StatusCode.Cancelled);
        }

        recorded.Add(new Attempt(line.Address, sentAt, Now - sentAt, answer));
        _ = answer is NoAnswer ? Interlocked.Increment(ref _unanswered) : Interlocked.Increment(ref _answered);
        return answer;
    }

    /// <summary>Sends every operation that has no answer yet once more, all at the same time.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> RepeatUnanswered(IReadOnlyList<Line> lines)
    {
        var open = _recorded.Where(recorded => !recorded.IsAnswered).ToList();
        await Task.WhenAll(open.Select((recorded, i) => Send(recorded, lines[i % lines.Count])));
        return open.Count;
    }
}
