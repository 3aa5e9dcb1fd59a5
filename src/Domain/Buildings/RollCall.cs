using Zvonok.Domain.Accounts;
using Zvonok.Domain.Cards;

namespace Zvonok.Domain.Buildings;

/// <summary>
/// What a roll call tells of those inside besides that they are: the gate of their last passage, their group, and who was found (S2). Changed in place, as <see cref="Presence"/> is; kept in
/// memory, so that it is told while the database is down. It knows some who have left, never many more than are inside.
/// </summary>
public sealed class RollCall
{
    // So many may have left before it is looked through for them.
    private const int LeftMax = 512;

    private readonly Dictionary<AccountNumber, LastEntry> _entries = [];
    private readonly Dictionary<AccountNumber, string?> _groups = [];
    private readonly Dictionary<AccountNumber, FoundMark> _found = [];

    /// <summary>How many are marked as found in this evacuation.</summary>
    public int FoundCount => _found.Count;

    /// <summary>Who has marked that person as found in this evacuation, and when; null when nobody has.</summary>
    public FoundMark? FoundOf(AccountNumber account) => _found.GetValueOrDefault(account);

    /// <summary>What group somebody inside is of, by the card they came with or by the registry.</summary>
    /// <param name="account">Who.</param>
    /// <param name="group">Its key; null for none.</param>
    public void Learn(AccountNumber account, string? group) => _groups[account] = group;

    /// <summary>The same by a card; it says nothing when it does not know its holder.</summary>
    public void Learn(Card? card)
    {
        if (card is { Holder: not null }) Learn(card.Account, card.Group);
    }

    /// <summary>Those inside whose groups are not known yet.</summary>
    public IEnumerable<AccountNumber> Strangers(Presence presence) => presence.Inside.Select(person => person.Key).Where(account => !_groups.ContainsKey(account));

    /// <summary>Everybody inside, by group and account number; those without a group last.</summary>
    public IEnumerable<RollCallLine> Lines(Presence presence) => presence.Inside
        .Select(person => new RollCallLine(person.Key, _groups.GetValueOrDefault(person.Key), person.Value, GateOf(person.Key, person.Value), FoundOf(person.Key)))
        .OrderBy(line => line.Group is null).ThenBy(line => line.Group, StringComparer.Ordinal).ThenBy(line => line.Account);

    /// <summary>What a checkpoint keeps of it: a line for each inside.</summary>
    public RollCallNote[] Note(Presence presence) =>
        [.. presence.Inside.Select(person => new RollCallNote(person.Key, GateOf(person.Key, person.Value), _groups.ContainsKey(person.Key), _groups.GetValueOrDefault(person.Key)))];

    /// <summary>What a checkpoint has kept.</summary>
    public void Restore(IEnumerable<RollCallNote> notes, Presence presence)
    {
        foreach (var note in notes)
        {
            if (presence.Since(note.Account) is { } since) _entries[note.Account] = new LastEntry(since, note.Gate);
            if (note.IsGroupKnown) Learn(note.Account, note.Group);
        }
    }

    internal void Evolve(Passage passage, Presence presence)
    {
        if (passage.Outcome == PassageOutcome.Refused) return;
        if (passage.Kind == PassageKind.FoundMark) Mark(passage);
        if (passage is { IsPersons: true, Direction: Direction.In, Account: { } account } && !(_entries.TryGetValue(account, out var entry) && entry.At > passage.EventAt))
            _entries[account] = new LastEntry(passage.EventAt, passage.Device);
        if (Math.Max(_entries.Count, _groups.Count) > 2 * presence.Count + LeftMax) ForgetLeft(presence);
    }

    /// <summary>A new evacuation starts with nobody found.</summary>
    internal void Begin() => _found.Clear();

    internal void Mark(Passage passage)
    {
        if (passage.Flag == PassageFlag.TakenBack) _found.Remove(passage.Account!.Value);
        else _found[passage.Account!.Value] = new FoundMark(passage.EventAt, passage.Vouching!.By!.Value);
    }

    // An entry that did not take place, or was overtaken by an earlier one that is uploaded late, was at a gate that says nothing.
    private DeviceId GateOf(AccountNumber account, Instant since) => _entries.TryGetValue(account, out var entry) && entry.At == since ? entry.Gate : default;

    private void ForgetLeft(Presence presence)
    {
        foreach (var account in _entries.Keys)
            if (presence.Since(account) is null) _entries.Remove(account);
        foreach (var account in _groups.Keys)
            if (presence.Since(account) is null) _groups.Remove(account);
    }

    private readonly record struct LastEntry(Instant At, DeviceId Gate);
}

/// <summary>Somebody was found at the assembly point (S2).</summary>
/// <param name="At">When.</param>
/// <param name="By">The employee who says so.</param>
[GenerateSerializer, Immutable, Alias("zvonok.FoundMark")]
public sealed record FoundMark([property: Id(0)] Instant At, [property: Id(1)] AccountNumber By);

/// <summary>Somebody inside, as a roll call tells it (S2).</summary>
/// <param name="Account">Who.</param>
/// <param name="Group">Their class or group; null when they have none, or while it is not known.</param>
/// <param name="Since">When they came in.</param>
/// <param name="Gate">By which gate; 0 when that is not known.</param>
/// <param name="Found">Who has found them; null when nobody has.</param>
[GenerateSerializer, Immutable, Alias("zvonok.RollCallLine")]
public sealed record RollCallLine(
    [property: Id(0)] AccountNumber Account, [property: Id(1)] string? Group, [property: Id(2)] Instant Since, [property: Id(3)] DeviceId Gate, [property: Id(4)] FoundMark? Found);

/// <summary>What a checkpoint keeps of somebody inside for a roll call.</summary>
/// <param name="Account">Who.</param>
/// <param name="Gate">The gate by which they came in; 0 when that is not known.</param>
/// <param name="IsGroupKnown">False when it is still to be looked up.</param>
/// <param name="Group">Their class or group; null for none.</param>
public sealed record RollCallNote(AccountNumber Account, DeviceId Gate, bool IsGroupKnown, string? Group);
