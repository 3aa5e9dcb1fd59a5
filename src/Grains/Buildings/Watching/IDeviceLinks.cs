namespace Zvonok.Grains.Buildings.Watching;

/// <summary>
/// Which devices are connected to which silo, as far as it must outlive all of them (S4): a row for each device that has ever said hello, and one for each silo that says every few seconds
/// that it lives. So nothing is written for a device that stays where it is. Every method throws <see cref="Journal.JournalUnavailableException"/> when the database does not answer.
/// </summary>
public interface IDeviceLinks
{
    /// <summary>A silo lives, and this has become of its streams. What a later hello to another silo has said stays.</summary>
    /// <param name="hub">The silo's process.</param>
    /// <param name="now">The time.</param>
    /// <param name="links">Of each device at most one.</param>
    /// <returns>The devices of streams that are there, whose fire input was on when it was last heard of.</returns>
    Task<IReadOnlyList<DeviceId>> Save(Guid hub, Instant now, IReadOnlyCollection<DeviceLink> links);

    /// <summary>A gate's fire input is on.</summary>
    /// <returns>Since when: <paramref name="now"/>, unless it was on before and nobody has heard that it was off.</returns>
    Task<Instant> FireOn(DeviceId gate, Instant now);

    /// <summary>A gate's fire input is off.</summary>
    Task FireOff(DeviceId gate);

    /// <summary>Devices of which the building takes for silent what is there, or the other way round; at most <paramref name="count"/>.</summary>
    /// <param name="seenBefore">A device that was seen last before that moment is silent.</param>
    /// <param name="count">At most.</param>
    Task<IReadOnlyList<DeviceTurn>> ListTurns(Instant seenBefore, int count);

    /// <summary>The building knows of a turn. To be said as often as one likes.</summary>
    Task EndTurn(DeviceTurn turn, Instant now);
}

/// <summary>A device's latest stream.</summary>
/// <param name="Device">Which.</param>
/// <param name="Since">When it said hello.</param>
/// <param name="GoneAt">When the stream ended; null while it is there.</param>
public readonly record struct DeviceLink(DeviceId Device, Instant Since, Instant? GoneAt);

/// <summary>A device is not what its building takes it for.</summary>
/// <param name="Device">Which.</param>
/// <param name="Building">Where it stands.</param>
/// <param name="Turns">How often it has turned before: even while it is taken to be there, odd while it is taken to be silent.</param>
/// <param name="TurnedAt">When it turned last, or said hello for the first time.</param>
/// <param name="Since">When it was seen last, or said hello again.</param>
public sealed record DeviceTurn(DeviceId Device, BuildingId Building, int Turns, Instant TurnedAt, Instant Since)
{
    /// <summary>What the building has to hear.</summary>
    public DeviceNews News => new() { Operation = DeviceNews.TurnOf(Device, Turns, TurnedAt), Device = Device, IsSilent = Turns % 2 == 0, Since = Since };
}
