using Grpc.Core;
using Zvonok.Gate.V1;
using Zvonok.Simulation.Devices;
using Zvonok.Till.V1;

namespace Zvonok.Simulation.Days;

/// <summary>
/// Plays parts of a day on real connections, faster than they happen. Every operation begins when it is meant to, whatever
/// the server does, and its time counts from there. Devices send no times of their own: the school's clock runs too fast
/// to be believed, so what is recorded is when it really happened.
/// </summary>
/// <param name="devices">The devices.</param>
/// <param name="ids">Where operation ids come from.</param>
/// <param name="score">Where answers are counted.</param>
/// <param name="firstRefusal">Told of the first refusal for each reason, at gates and at tills.</param>
public sealed class DayPlayer(SchoolDevices devices, OperationIds ids, Scoreboard score, Action<RefusalShown> firstRefusal)
{
    /// <summary>After so long an operation counts as not answered.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

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
        Arrival arrival => Count(score.Taps, () => Arrive(arrival, intended)),
        Lunch lunch => Count(score.Sales, () => Buy(lunch, intended)),
        _ => throw new ArgumentOutOfRangeException(nameof(happening), happening, "Neither an arrival nor a lunch."),
    };

    private async Task Arrive(Arrival arrival, long intended)
    {
        var gate = arrival.Pupil.Gate;
        var result = await devices.Gate(gate).Tap(GateLink.Request(ids.Next(), gate, arrival.CardUid, Direction.In)).WaitAsync(Patience);
        var took = Time.GetElapsedTime(intended);
        if (result.ResultCase != TapResult.ResultOneofCase.Response) throw Failure(result.Error);

        var reason = result.Response.RefusalReason;
        if (reason != arrival.Expected) score.Fault($"gate {gate} answered {reason} where {arrival.Expected} was due");
        if (result.Response.Outcome != Outcome.Refused) score.Taps.Granted(took);
        else if (score.Taps.Refused(reason.ToString(), took)) firstRefusal(new RefusalShown(Clock, gate, reason.ToString(), null));
    }

    private async Task Buy(Lunch lunch, long intended)
    {
        var till = lunch.Pupil.School.Till;
        var result = await devices.Till(till).Sell(TillLink.Request(ids.Next(), till, lunch.CardUid, lunch.Lines)).WaitAsync(Patience);
        var took = Time.GetElapsedTime(intended);
        if (result.ResultCase == OperationResult.ResultOneofCase.Error) throw Failure(result.Error);

        var reason = result.Refused?.Reason ?? Till.V1.RefusalReason.Unspecified;
        if (reason != lunch.Expected) score.Fault($"till {till} was answered {reason} where {lunch.Expected} was due");
        if (result.Refused is not { } refused) score.Sales.Granted(took);
        else if (score.Sales.Refused(reason.ToString(), took)) firstRefusal(new RefusalShown(Clock, till, reason.ToString(), refused.CashierMessage));
    }

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

    private static RpcException Failure(Google.Rpc.Status? error) =>
        new(new Status((StatusCode)(error?.Code ?? (int)StatusCode.Unknown), error?.Message ?? "An answer without a result."));

    private Task Until(TimeSpan due, CancellationToken stop)
    {
        var left = due - Time.GetElapsedTime(_began);
        return left > TimeSpan.Zero ? Task.Delay(left, Time, stop) : Task.CompletedTask;
    }
}
