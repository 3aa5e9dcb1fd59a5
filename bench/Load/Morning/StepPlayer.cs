using Zvonok.Gate.V1;

namespace Zvonok.Load.Morning;

/// <summary>Does steps over the links that it is given, and checks every answer against what has to come; a failure is counted, never thrown.</summary>
/// <param name="city">Whose pupils come.</param>
/// <param name="ids">Of their operations.</param>
/// <param name="failures">Where failures are counted.</param>
/// <param name="gateOf">Over which link a pupil taps.</param>
/// <param name="tillOf">Over which link a pupil buys.</param>
internal sealed class StepPlayer(City city, OperationIds ids, Failures failures, Func<Pupil, GateLink> gateOf, Func<Pupil, TillLink> tillOf)
{
    public async Task Do(Step step)
    {
        try
        {
            var pupil = city.PupilAt(step.Pupil);
            if (step.IsTap) await Tap(pupil, step.Direction);
            else await Sell(pupil, step.Balance);
        }
        catch (Exception failure)
        {
            failures.Add(step.IsTap ? "tap" : "sale", failure);
        }
    }

    private async Task Tap(Pupil pupil, Direction direction)
    {
        var tap = GateLink.Request(ids.Next(), pupil.Gate, pupil.CardUid, direction, SystemClock.Instance.GetCurrentInstant());
        var result = await gateOf(pupil).Tap(tap);
        if (result.Error is { } error) failures.Add($"tap: {error.Message}");
        else if (result.Response is not { Outcome: Outcome.Admitted, Unrecorded: false } answer)
            failures.Add($"tap: {result.Response.Outcome} {result.Response.RefusalReason} {result.Response.Flag}{(result.Response.Unrecorded ? ", unrecorded" : "")}");
        else if (answer.Direction != direction || answer.AccountNumber != pupil.Account.Value)
            failures.Add("tap: the answer tells of another direction or account");
    }

    private async Task Sell(Pupil pupil, long balance)
    {
        var sale = TillLink.Request(ids.Next(), pupil.School.Till, pupil.CardUid, Menu.LinesFor(pupil.Index), SystemClock.Instance.GetCurrentInstant());
        var result = await tillOf(pupil).Sell(sale);
        if (result.Error is { } error) failures.Add($"sale: {error.Message}");
        else if (result.Granted is not { } granted) failures.Add($"sale: refused: {result.Refused.Reason}");
        else if (granted.AccountNumber != pupil.Account.Value || granted.BalanceKopecks != balance)
            failures.Add("sale: the answer tells of another account or balance");
    }
}
