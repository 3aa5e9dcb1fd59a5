using Zvonok.Domain.Accounts;
using Zvonok.Domain.Operations;

namespace Zvonok.Domain.Buildings;

/// <summary>
/// Who is inside a building, and since when: whoever came in last, by the time of the event, in whatever order the passages came here (O3). So it is remembered of those too who went out, as long as a
/// late entry of theirs would count. Changed in place, by admitted passages and their annulments alone: a building has up to a few thousand people and a copy for every passage would cost more than the passage.
/// </summary>
public sealed class Presence
{
    /// <summary>
    /// Somebody who came in and was never seen leaving is counted inside on that calendar day and the next one, so that a
    /// boarding school's night is on the roll call and a forgotten tap is not for ever.
    /// </summary>
    public const int DaysMax = 2;

    /// <summary>How many reports may wait for their passages: a lane's worth of a bad day. The oldest gives way.</summary>
    public const int AwaitedMax = 1_024;

    private readonly Dictionary<AccountNumber, Whereabouts> _people = [];
    private readonly Dictionary<OperationId, Instant> _awaited = [];
    private long _horizon = long.MinValue;

    /// <summary>How many are inside.</summary>
    public int Count { get; private set; }

    /// <summary>Everybody inside, with the time of their entry, by account number.</summary>
    public IEnumerable<KeyValuePair<AccountNumber, Instant>> Inside =>
        _people.Where(person => person.Value.IsInside).Select(person => KeyValuePair.Create(person.Key, person.Value.At)).OrderBy(person => person.Key);

    /// <summary>When that person came in; null when they are not inside.</summary>
    public Instant? Since(AccountNumber account) => _people.TryGetValue(account, out var last) && last.IsInside ? last.At : null;

    /// <summary>What that person did last; null when nothing counts any longer.</summary>
    public Whereabouts? Last(AccountNumber account) => _people.TryGetValue(account, out var last) ? last : null;

    /// <summary>Somebody has passed; it may have been before what is known of them already.</summary>
    public void See(AccountNumber account, Whereabouts seen)
    {
        if (seen.UnixMilliseconds < _horizon || _people.TryGetValue(account, out var last) && last.CompareTo(seen) > 0) return;
        PutBack(account, seen);
    }

    /// <summary>Puts somebody where they are without a passage that did not take place; null: nothing is known of them.</summary>
    public void PutBack(AccountNumber account, Whereabouts? last)
    {
        if (_people.Remove(account, out var before) && before.IsInside) Count--;
        if (last is not { } now) return;
        _people[account] = now;
        if (now.IsInside) Count++;
    }

    /// <summary>True when it is known that the passage of that operation, which is not here yet, did not take place.</summary>
    public bool IsAwaited(OperationId operation) => _awaited.Count > 0 && _awaited.ContainsKey(operation);

    /// <summary>That nobody walked through was reported before the passage came.</summary>
    public void Await(OperationId operation, Instant reportedAt)
    {
        if (_awaited.Count >= AwaitedMax) _awaited.Remove(_awaited.MinBy(one => (one.Value, one.Key)).Key);
        _awaited[operation] = reportedAt;
    }

    /// <summary>What was waited for is here.</summary>
    public void Arrived(OperationId operation) => _awaited.Remove(operation);

    /// <summary>Drops whatever was before <paramref name="horizon"/>, also what comes later; and reports whose passages are not believed any longer when they come.</summary>
    public void DropBefore(Instant horizon)
    {
        _horizon = horizon.ToUnixTimeMilliseconds();
        foreach (var (account, last) in _people)
            if (last.UnixMilliseconds < _horizon) PutBack(account, null);
        foreach (var (operation, reportedAt) in _awaited)
            if (reportedAt < horizon - OperationRules.FactAgeMax) _awaited.Remove(operation);
    }

    /// <summary>All of it, by account number.</summary>
    public PresenceSnapshot Snapshot() => new([.. _people.OrderBy(person => person.Key)], [.. _awaited.OrderBy(one => one.Key)]);

    internal void Restore(PresenceSnapshot snapshot, Instant horizon)
    {
        foreach (var (account, last) in snapshot.People) PutBack(account, last);
        foreach (var (operation, reportedAt) in snapshot.Awaited) _awaited[operation] = reportedAt;
        _horizon = horizon.ToUnixTimeMilliseconds();
    }
}
