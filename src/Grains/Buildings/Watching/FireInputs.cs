using Microsoft.Extensions.Logging;

namespace Zvonok.Grains.Buildings.Watching;

/// <summary>
/// Evacuates a building whose gate says that its fire input is on (S1): once for each time that it was switched on, which the database remembers for the silo that the gate connects to next.
/// An evacuation does not wait for it: when the database is away, the time of switching on is that of the heartbeat.
/// </summary>
internal sealed class FireInputs(IDeviceLinks links, GrainLookup grains, IClock clock, ILogger logger)
{
    private const int TriesMax = 5;

    private static readonly TimeSpan TryInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LinksPatience = TimeSpan.FromMilliseconds(300);

    /// <summary>A heartbeat says whose inputs are on, and so whose are off.</summary>
    public Task Hear(DeviceStream stream, IReadOnlyList<DeviceId> on)
    {
        lock (stream.Fires)
        {
            stream.FiresOn = on;
            if (on.Count == 0 && stream.Fires.Count == 0) return Task.CompletedTask;
            return stream.FireWork = After(stream.FireWork, () => Follow(stream, on));
        }
    }

    /// <summary>The gate's input was on when some silo last heard of it. Nobody may have heard that it was off.</summary>
    public Task WasOn(DeviceStream stream, DeviceId gate)
    {
        lock (stream.Fires)
        {
            // On still: that is another look at the same.
            if (!stream.Fires.TryAdd(gate, new Fire()) || stream.FiresOn is not { } on) return Task.CompletedTask;
            return stream.FireWork = After(stream.FireWork, () => Follow(stream, on));
        }
    }

    // One heartbeat after the other.
    private static async Task After(Task before, Func<Task> follow)
    {
        await before;
        await follow();
    }

    private async Task Follow(DeviceStream stream, IReadOnlyList<DeviceId> on)
    {
        foreach (var gate in on) await Burn(stream, gate, FireOf(stream, gate));
        foreach (var gate in Known(stream))
            if (!on.Contains(gate)) await PutOut(stream, gate);
    }

    private async Task Burn(DeviceStream stream, DeviceId gate, Fire fire)
    {
        if (!fire.IsSaved)
        {
            var now = OperationRules.ToMillisecond(clock.GetCurrentInstant());
            var before = await Ask(links.FireOn(gate, fire.Since ?? now));
            fire.IsSaved = before is not null;
            fire.Since ??= before ?? now;
        }

        fire.IsHeeded = fire.IsHeeded || await Evacuate(stream.Building, gate, fire.Since!.Value);
    }

    private async Task PutOut(DeviceStream stream, DeviceId gate)
    {
        if (await Ask(Off(gate)) is null) return;
        lock (stream.Fires) stream.Fires.Remove(gate);
    }

    private async Task<bool> Evacuate(BuildingId building, DeviceId gate, Instant since)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                var answer = await grains.Building(building).ChangeMode(BuildingRules.EvacuationBy(gate, since));
                Log.Evacuated(logger, gate, building);
                // One that is in a silo's memory alone dies with it (O5): the next heartbeat asks for it again.
                return !answer.IsUnrecorded;
            }
            catch (Exception exception)
            {
                if (tries == TriesMax)
                {
                    Log.NotEvacuated(logger, gate, building, exception);
                    return false;
                }
            }

            await Task.Delay(TryInterval);
        }
    }

    private async Task<Instant> Off(DeviceId gate)
    {
        await links.FireOff(gate);
        return default;
    }

    // Null: the database is away, or too slow for this.
    private static async Task<Instant?> Ask(Task<Instant> ask)
    {
        try
        {
            return await ask.WaitAsync(LinksPatience);
        }
        catch (Exception)
        {
            // Nothing that is wrong with a table keeps gates shut. It is tried again with the next heartbeat.
            return null;
        }
    }

    private static Fire FireOf(DeviceStream stream, DeviceId gate)
    {
        lock (stream.Fires)
        {
            if (!stream.Fires.TryGetValue(gate, out var fire)) stream.Fires[gate] = fire = new Fire();
            return fire;
        }
    }

    private static List<DeviceId> Known(DeviceStream stream)
    {
        lock (stream.Fires) return [.. stream.Fires.Keys];
    }
}
