using System.Collections.Concurrent;

namespace Zvonok.Journal;

/// <summary>
/// One thread that does what it is given, in order: for what blocks. A thread of the pool that waits for the disk or for a
/// server would be missed: there are about as many of them as processors, and grains and sockets need them.
/// </summary>
internal sealed class OwnThread : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];

    public OwnThread(string name) => new Thread(Work) { Name = name, IsBackground = true }.Start();

    public Task Run(Action work) => Run(() =>
    {
        work();
        return true;
    });

    // Whoever waits goes on in the pool.
    public Task<T> Run<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(() =>
        {
            try
            {
                done.SetResult(work());
            }
            catch (Exception exception)
            {
                done.SetException(exception);
            }
        });
        return done.Task;
    }

    /// <summary>Takes no more; the thread ends after what it was given.</summary>
    public void Dispose() => _work.CompleteAdding();

    private void Work()
    {
        foreach (var work in _work.GetConsumingEnumerable()) work();
        _work.Dispose();
    }
}
