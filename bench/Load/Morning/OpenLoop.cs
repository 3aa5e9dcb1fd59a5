namespace Zvonok.Load.Morning;

/// <summary>Begins every step at its time, whether or not earlier ones were answered.</summary>
internal static class OpenLoop
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Taps and sales of so many seconds.</summary>
    public static Task<MorningRecorder> Run(
        Func<Step, Task> act, IReadOnlyList<Step> steps, int seconds, Failures failures, IProgress<long> done, CancellationToken stop) =>
        Run(act, steps, new MorningRecorder(seconds), failures, done, stop);

    /// <summary>The same beside a bar.</summary>
    public static async Task<MorningRecorder> Show(string title, Func<Step, Task> act, IReadOnlyList<Step> steps, int seconds, Failures failures, CancellationToken stop)
    {
        MorningRecorder? recorder = null;
        await Terminal.Show(title, seconds, async done => recorder = await Run(act, steps, seconds, failures, done, stop));
        return recorder!;
    }

    /// <summary>Any steps, by ascending start; the recorder's time begins when it is made.</summary>
    public static async Task<TRecorder> Run<TStep, TRecorder>(
        Func<TStep, Task> act, IReadOnlyList<TStep> steps, TRecorder recorder, Failures failures, IProgress<long> done, CancellationToken stop)
        where TStep : IStep
        where TRecorder : LoopRecorder<TStep>
    {
        var underWay = new CountdownEvent(1);
        // A thread of its own: in the pool the clock would wait behind the answers, and a late start counts as latency.
        await Task.Factory.StartNew(() => Begin(act, steps, recorder, underWay, done, stop), stop, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        underWay.Signal();
        using var clock = new PeriodicTimer(Tick);
        var waited = recorder.Elapsed;
        while (!underWay.IsSet && recorder.Elapsed - waited < Patience) await clock.WaitForNextTickAsync(stop);
        for (var i = underWay.CurrentCount; i > 0; i--) failures.Add($"no answer within {Patience.TotalSeconds:0} seconds of the end");
        return recorder;
    }

    private static void Begin<TStep>(
        Func<TStep, Task> act, IReadOnlyList<TStep> steps, LoopRecorder<TStep> recorder, CountdownEvent underWay, IProgress<long> done, CancellationToken stop)
        where TStep : IStep
    {
        foreach (var step in steps)
        {
            while (recorder.Elapsed < step.Start) stop.WaitHandle.WaitOne(Tick);
            stop.ThrowIfCancellationRequested();
            recorder.Sent(step);
            underWay.AddCount();
            _ = Do(act, step, recorder, underWay);
            done.Report((long)step.Start.TotalSeconds);
        }
    }

    private static async Task Do<TStep>(Func<TStep, Task> act, TStep step, LoopRecorder<TStep> recorder, CountdownEvent underWay)
        where TStep : IStep
    {
        await act(step);
        recorder.Answered(step);
        underWay.Signal();
    }
}
