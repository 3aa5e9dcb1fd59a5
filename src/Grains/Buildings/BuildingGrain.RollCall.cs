using Zvonok.Grains.Journal;

namespace Zvonok.Grains.Buildings;

/// <summary>
/// Roll calls (S2): told from memory. A card says of what group its holder is; the groups of those who came without one are looked up some seconds after, so that they are known when the
/// database is down.
/// </summary>
public sealed partial class BuildingGrain
{
    private static readonly TimeSpan LookUpDelay = TimeSpan.FromSeconds(5);

    private int _isLookingUp;

    /// <inheritdoc/>
    public ValueTask<BuildingAnswer> MarkFound(FoundMarking marking) =>
        Command(marking.Operation, marking.Fingerprint, (building, now) => BuildingRules.Decide(building, marking, now));

    /// <inheritdoc/>
    public async ValueTask<RollCallView?> CallRoll()
    {
        await LookUpGroups();
        return await AskDurable(TellRoll);
    }

    private ValueTask<BuildingAnswer> LookingUp(ValueTask<BuildingAnswer> command)
    {
        LookUpGroupsSoon();
        return command;
    }

    private async ValueTask<RollCallView?> TellRoll()
    {
        if (await Ready() is { } building)
            return new RollCallView(building.Profile, building.Mode, building.InMode, clock.GetCurrentInstant(), building.Seq, [.. building.RollCall.Lines(building.Presence)]);
        GiveUp();
        return null;
    }

    // Once for all who come meanwhile.
    private async void LookUpGroupsSoon()
    {
        if (Interlocked.Exchange(ref _isLookingUp, 1) == 1) return;
        await Task.Delay(LookUpDelay);
        Volatile.Write(ref _isLookingUp, 0);
        try
        {
            await LookUpGroups();
        }
        catch (Exception)
        {
            // Nobody waits for it. Whoever wakes the building up next, or calls the roll, looks them up.
        }
    }

    // Memory is touched in the grain's turns alone; nobody waits in them for the database.
    private async Task LookUpGroups()
    {
        var strangers = await AskDurable(async () => await Ready() is { } building ? building.RollCall.Strangers(building.Presence).ToArray() : []);
        if (strangers.Length == 0) return;
        IReadOnlyDictionary<AccountNumber, string?> groups;
        try
        {
            groups = await reader.ReadGroups(strangers);
        }
        catch (JournalUnavailableException)
        {
            // Without their groups they are on the roll call all the same.
            return;
        }

        await AskDurable(async () =>
        {
            if (await Ready() is not { } building) return false;
            foreach (var account in strangers) building.RollCall.Learn(account, groups.GetValueOrDefault(account));
            return true;
        });
    }
}
