using Zvonok.Domain.Buildings;
using Zvonok.Domain.Lists;
using Zvonok.Terminals.Lists;

namespace Zvonok.Terminals.Decisions;

/// <summary>
/// What a gate knows of its building, and how it decides alone (O2): by the core's own rules, with the list's cards, the mode that was told last, and those whom it has seen itself. Pure but for what it
/// remembers in memory.
/// </summary>
internal sealed class GateBook(BuildingId building)
{
    // Told with every list.
    private BuildingState _state = new(new BuildingProfile(building, "UTC"));

    /// <summary>How the gates behave, as far as it is known.</summary>
    public BuildingMode Mode => _state.Mode;

    /// <summary>Takes over from a list what the building is: its zone, and how it holds anti-passback (P3).</summary>
    public void Use(ListTerms terms)
    {
        var profile = new BuildingProfile(building, terms.ZoneId) { HasHardAntiPassback = terms.HasHardAntiPassback, LockdownRoles = ListedRoles.Entrants };
        if (_state.Profile == profile) return;
        var (old, inside) = (_state, _state.Presence.Inside.ToArray());
        _state = new BuildingState(profile);
        TurnTo(old.Mode, Instant.MinValue);
        foreach (var (account, since) in inside) Saw(Handles.FromAccount(account), Direction.In, since);
    }

    /// <summary>The core has told another mode.</summary>
    public void TurnTo(BuildingMode mode, Instant now)
    {
        if (mode == _state.Mode) return;
        BuildingRules.Evolve(_state, Happened(PassageKind.ModeChange, now) with { ModeAfter = mode });
    }

    /// <summary>Somebody was seen to pass.</summary>
    public void Saw(int handle, Direction direction, Instant at) =>
        BuildingRules.Evolve(_state, Happened(PassageKind.Tap, at) with { Account = Handles.ToAccount(handle), Direction = direction });

    /// <summary>Since when somebody is inside, as far as this gate has seen; null: not, or unknown.</summary>
    public Instant? InsideSince(int handle) => _state.Presence.Since(Handles.ToAccount(handle));

    /// <summary>Decides a tap as the core would (P1–P4, S3). Of anti-passback it knows whom it has seen itself.</summary>
    /// <param name="card">Who it is; null: on no list.</param>
    /// <param name="direction">Where the reader leads.</param>
    /// <param name="isOpen">True: the gate stands open, whatever the mode (S1).</param>
    /// <param name="now">The time.</param>
    public Passage Decide(ListIndex.Found? card, Direction direction, bool isOpen, Instant now)
    {
        var tap = new Tap { Operation = default, Token = default, Device = default, Building = building, Direction = direction, EventTime = now };
        if (!isOpen || _state.Mode == BuildingMode.Evacuation) return BuildingRules.Decide(_state, tap, card?.Card(building), now);
        var mode = _state.Mode;
        TurnTo(BuildingMode.Evacuation, now);
        var passage = BuildingRules.Decide(_state, tap, card?.Card(building), now);
        TurnTo(mode, now);
        return passage;
    }

    private Passage Happened(PassageKind kind, Instant at) => new()
    {
        Building = building, Seq = _state.Seq + 1, Operation = default, Fingerprint = default, Kind = kind, ModeAfter = _state.Mode,
        EventAt = at == Instant.MinValue ? NodaConstants.UnixEpoch : at, RecordedAt = _state.RecordedAt, MadeUntil = _state.MadeUntil,
    };
}
