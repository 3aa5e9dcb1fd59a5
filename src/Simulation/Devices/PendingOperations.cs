using System.Collections.Concurrent;

namespace Zvonok.Simulation.Devices;

/// <summary>Operations that were sent and not yet answered.</summary>
/// <typeparam name="TResult">The answer.</typeparam>
internal sealed class PendingOperations<TResult>
{
    private readonly ConcurrentDictionary<ByteString, TaskCompletionSource<TResult>> _waiting = new();
    private volatile Exception? _ended;

    /// <summary>Waits for the answer to an operation; fails at once when the stream has ended.</summary>
    public Task<TResult> Await(ByteString operation)
    {
        var answer = _waiting.GetOrAdd(operation, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        if (_ended is { } reason) Fail(operation, reason);
        return answer.Task;
    }

    /// <summary>The answer has come.</summary>
    public void Complete(ByteString operation, TResult result)
    {
        if (_waiting.TryRemove(operation, out var answer)) answer.TrySetResult(result);
    }

    /// <summary>No more answers come: whoever waits has none, and may repeat the operation elsewhere.</summary>
    public void End(Exception reason)
    {
        _ended = reason;
        foreach (var operation in _waiting.Keys) Fail(operation, reason);
    }

    private void Fail(ByteString operation, Exception reason)
    {
        if (_waiting.TryRemove(operation, out var answer)) answer.TrySetException(reason);
    }
}
