namespace Zvonok.BrokenSilo;

/// <summary>Brings the thread pool to a stand when a file of the name <see cref="FileName"/> appears in the data directory: every thread that it may have waits for ever.</summary>
internal static class Standstill
{
    public const string FileName = "standstill";

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    public static async Task Await(IConfiguration configuration)
    {
        var file = Path.Combine(configuration["Zvonok:DataDirectory"]!, FileName);
        while (!File.Exists(file)) await Task.Delay(PollInterval);
        ThreadPool.GetMaxThreads(out _, out var ports);
        var threads = Math.Max(ThreadPool.ThreadCount, Environment.ProcessorCount);
        if (!ThreadPool.SetMaxThreads(threads, ports)) throw new InvalidOperationException($"The pool cannot be held at {threads} threads.");
        var never = new ManualResetEventSlim();
        for (var i = 0; i < threads; i++) ThreadPool.QueueUserWorkItem(_ => never.Wait());
    }
}
