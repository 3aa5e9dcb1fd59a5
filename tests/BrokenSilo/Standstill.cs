namespace Zvonok.BrokenSilo;

/// <summary>Brings the thread pool to a stand: every thread that it may have waits for ever.</summary>
internal static class Standstill
{
    // Until then whoever has started the silo sees it serve.
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(2);

    public static async Task Begin()
    {
        await Task.Delay(Delay);
        ThreadPool.GetMaxThreads(out _, out var ports);
        var threads = Math.Max(ThreadPool.ThreadCount, Environment.ProcessorCount);
        if (!ThreadPool.SetMaxThreads(threads, ports)) throw new InvalidOperationException($"The pool cannot be held at {threads} threads.");
        var never = new ManualResetEventSlim();
        for (var i = 0; i < threads; i++) ThreadPool.QueueUserWorkItem(_ => never.Wait());
    }
}
