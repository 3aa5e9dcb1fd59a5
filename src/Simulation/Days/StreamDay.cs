using Grpc.Core;
using Zvonok.Gate.V1;
using Zvonok.Simulation.Devices;
using Zvonok.Till.V1;

namespace Zvonok.Simulation.Days;

/// <summary>A day on devices that do what the core says. They send no times of their own: the school's clock runs too fast to be believed, so what is recorded is when it really happened.</summary>
/// <param name="devices">The devices.</param>
/// <param name="ids">Where operation ids come from.</param>
public sealed class StreamDay(SchoolDevices devices, OperationIds ids) : IDayDevices
{
    /// <inheritdoc/>
    public async Task<Shown> Arrive(Arrival arrival)
    {
        var gate = arrival.Pupil.Gate;
        var result = await devices.Gate(gate).Tap(GateLink.Request(ids.Next(), gate, arrival.CardUid, Direction.In));
        if (result.ResultCase != TapResult.ResultOneofCase.Response) throw Failure(result.Error);
        return new Shown(result.Response.Outcome == Outcome.Refused ? result.Response.RefusalReason.ToString() : null);
    }

    /// <inheritdoc/>
    public async Task<Shown> Buy(Lunch lunch)
    {
        var till = lunch.Pupil.School.Till;
        var result = await devices.Till(till).Sell(TillLink.Request(ids.Next(), till, lunch.CardUid, lunch.Lines));
        if (result.ResultCase == OperationResult.ResultOneofCase.Error) throw Failure(result.Error);
        return new Shown(result.Refused?.Reason.ToString(), result.Refused?.CashierMessage);
    }

    private static RpcException Failure(Google.Rpc.Status? error) =>
        new(new Status((StatusCode)(error?.Code ?? (int)StatusCode.Unknown), error?.Message ?? "An answer without a result."));
}
