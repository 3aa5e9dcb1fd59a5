using Zvonok.Gate.V1;
using Zvonok.Simulation.Days;
using Zvonok.Terminals;

namespace Zvonok.Simulation.Terminals;

/// <summary>A day on terminals, which go on when the core is away.</summary>
public sealed class TerminalDay(CityTerminals terminals) : IDayDevices
{
    // A terminal that decides alone has it on its disk before it answers: whoever plays the day does not wait for that.

    /// <inheritdoc/>
    public Task<Shown> Arrive(Arrival arrival) => Task.Run(async () =>
    {
        var decision = await terminals.Gate(arrival.Pupil.Gate).Tap(arrival.CardUid.Memory, Direction.In);
        return new Shown(decision.IsAdmitted ? null : decision.Reason.ToString(), IsAlone: decision.IsAlone);
    });

    /// <inheritdoc/>
    public Task<Shown> Buy(Lunch lunch) => Task.Run(async () =>
    {
        var decision = await terminals.Till(lunch.Pupil.School.Till).Sell(lunch.CardUid.Memory, [.. lunch.Lines]);
        return new Shown(ReasonOf(decision), decision.Message, decision.IsAlone);
    });

    private static string? ReasonOf(TillDecision decision) => decision.Outcome switch
    {
        TillOutcome.Granted => null,
        TillOutcome.Refused => decision.Reason.ToString(),
        _ => decision.NotNow.ToString(),
    };
}
