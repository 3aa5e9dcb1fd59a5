namespace Zvonok.Load.Morning;

/// <summary>Begins every step at its time, whether or not earlier ones were answered.</summary>
internal static class OpenLoop
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<MorningRecorder> Run(Fleet fleet, Script script, int seconds, Failures failures, IProgress<long> done, CancellationToken stop)
    {
        var recorder = new MorningRecorder(seconds);
        var underWay = new CountdownEvent(1);
        using var clock = new PeriodicTimer(Tick);
        foreach (var step in script.Steps)
        {
            while (recorder.Elapsed < step.Start) await clock.WaitForNextTickAsync(stop);
            recorder.Sent(step);
            underWay.AddCount();
            _ = Do(fleet, step, recorder, underWay);
            done.Report((long)step.Start.TotalSeconds);
        }

        underWay.Signal();
        var waited = recorder.Elapsed;
        while (!underWay.IsSet && recorder.Elapsed - waited < Patience) await clock.WaitForNextTickAsync(stop);
        for (var i = underWay.CurrentCount; i > 0; i--) failures.Add($"no answer within {Patience.TotalSeconds:0} seconds of the end");
        return recorder;
    }

    private static async Task Do(Fleet fleet, Step step, MorningRecorder recorder, CountdownEvent underWay)
    {
        await fleet.Do(step);
        recorder.Answered(step);
        underWay.Signal();
    }
}
