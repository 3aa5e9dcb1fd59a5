using Zvonok.Domain.Accounts;

namespace Zvonok.Domain.Buildings;

/// <summary>What a device is. Stored: never renumbered.</summary>
public enum DeviceKind : short
{
    /// <summary>A turnstile, a door, a guard's post.</summary>
    Gate = 1,

    /// <summary>A till or a class settlement tablet.</summary>
    Till = 2,

    /// <summary>What takes fares in a bus or tram.</summary>
    Validator = 3,

    /// <summary>A museum's entrance, a library's desk, a pool's: it checks cards and lets nobody through (P10).</summary>
    ServicePoint = 4,

    /// <summary>A fire panel's integration: it may start an evacuation, and never ends one (S1).</summary>
    FirePanel = 5,

    /// <summary>An information kiosk: a card shows its holder's account there (A8).</summary>
    Kiosk = 6,
}

/// <summary>A registered device.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Building">Where it stands; a validator's depot.</param>
/// <param name="Seller">A till's operator, a validator's carrier; none for all others.</param>
public sealed record Device(DeviceId Id, DeviceKind Kind, BuildingId Building, ContraAccount Seller);
