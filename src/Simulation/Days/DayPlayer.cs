using Grpc.Core;

namespace Zvonok.Simulation.Days;

/// <summary>
/// Plays parts of a day on devices, faster than they happen. Every operation begins when it is meant to, whatever
/// the server does, and its time counts from there.
/// </summary>
/// <param name="devices">The devices.</param>
/// <param name="score">Where answers are counted.</param>
/// <param name="firstRefusal">Told of the first refusal for each reason, at gates and at tills.</param>
public sealed class DayPlayer(IDayDevices devices, Scoreboard score, Action<RefusalShown> firstRefusal)
{
    /// <summary>After so long an operation counts as not answered.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private const string Granted = "yes";

    private static readonly TimeProvider Time = TimeProvider.System;

    private DayPart? _part;
    private long _began;
    private double _speed;

    /// <summary>How much of the part that is played has gone by: 0 to 1.</summary>
    public double Progress => _part is { } part ? Math.Min(1, Time.GetElapsedTime(_began) * _speed / part.Length) : 0;

    /// <summary>The school's clock.</summary>
    public LocalTime Clock => _part is { } part ? part.From.PlusTicks((part.Length * Progress).Ticks) : default;

    /// <summary>Plays one part; returns when its time is over and every operation has its answer or none.</summary>
    /// <param name="part">What to play.</param>
    /// <param name="within">How long it takes in real time.</param>
    /// <param name="stop">Breaks it off.</param>
    public async Task Play(DayPart part, TimeSpan within, CancellationToken stop)
    {
        (_speed, _began) = (part.Length / within, Time.GetTimestamp());
        _part = part;
        var underWay = new List<Task>(part.Events.Count);
        foreach (var happening in part.Events)
        {
            var due = happening.At / _speed;
            await Until(due, stop);
            underWay.Add(Begin(happening, _began + (long)(due.TotalSeconds * Time.TimestampFrequency)));
        }

        await Until(within, stop);
        await Task.WhenAll(underWay).WaitAsync(stop);
    }

    private Task Begin(DayEvent happening, long intended) => happening switch
    {
        Arrival arrival => Play(arrival, arrival.Pupil.Gate, score.Taps, score.TapsAlone, () => devices.Arrive(arrival), intended),
        Lunch lunch => Play(lunch, lunch.Pupil.School.Till, score.Sales, score.SalesAlone, () => devices.Buy(lunch), intended),
        _ => throw new ArgumentOutOfRangeException(nameof(happening), happening, "Neither an arrival nor a lunch."),
    };

    private Task Play(DayEvent happening, DeviceId device, Tally tally, AloneTally alone, Func<Task<Shown>> operation, long intended) => Count(tally, async () =>
    {
        var shown = await operation().WaitAsync(Patience);
        var took = Time.GetElapsedTime(intended);
        var due = happening.RefusalDue(shown.IsAlone);
        if (shown.Refusal != due) score.Fault($"device {device} answered {shown.Refusal ?? Granted} where {due ?? Granted} was due");
        if (shown.IsAlone) alone.Count(shown, isRefusalDue: due is not null);
        if (shown.Refusal is not { } refusal) tally.Granted(took);
        else if (tally.Refused(refusal, took)) firstRefusal(new RefusalShown(Clock, device, refusal, IsGate: happening is Arrival, shown.Cashier));
    });

    // An operation without an answer is a fault of the day, not the end of it.
    private async Task Count(Tally tally, Func<Task> operation)
    {
        try
        {
            await operation();
        }
        catch (Exception failure) when (failure is RpcException or TimeoutException)
        {
            tally.Failed();
            score.Fault(failure.Message);
        }
    }

    private Task Until(TimeSpan due, CancellationToken stop)
    {
        var left = due - Time.GetElapsedTime(_began);
        return left > TimeSpan.Zero ? Task.Delay(left, Time, stop) : Task.CompletedTask;
    }
}
