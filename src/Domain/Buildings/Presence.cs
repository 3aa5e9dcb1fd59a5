using Zvonok.Domain.Accounts;

namespace Zvonok.Domain.Buildings;

/// <summary>
/// Who is inside a building, and since when. Changed in place, by admitted passages and their annulments alone: a building has up to a few
/// thousand people and a copy for every passage would cost more than the passage.
/// </summary>
public sealed class Presence
{
    /// <summary>
    /// Somebody who came in and was never seen leaving is counted inside on that calendar day and the next one, so that a
    /// boarding school's night is on the roll call and a forgotten tap is not for ever.
    /// </summary>
    public const int DaysMax = 2;

    private readonly Dictionary<AccountNumber, Instant> _inside = [];

    /// <summary>How many are inside.</summary>
    public int Count => _inside.Count;

    /// <summary>Everybody inside, with the time of their entry, by account number.</summary>
    public IEnumerable<KeyValuePair<AccountNumber, Instant>> Inside => _inside.OrderBy(person => person.Key);

    /// <summary>When that person came in; null when they are not inside.</summary>
    public Instant? Since(AccountNumber account) => _inside.TryGetValue(account, out var since) ? since : null;

    /// <summary>Puts somebody inside.</summary>
    public void Enter(AccountNumber account, Instant at) => _inside[account] = at;

    /// <summary>Takes somebody out.</summary>
    public void Leave(AccountNumber account) => _inside.Remove(account);

    /// <summary>Puts somebody where they were: inside since that time, or outside when it is null.</summary>
    public void PutBack(AccountNumber account, Instant? since)
    {
        if (since is { } at) Enter(account, at);
        else Leave(account);
    }

    /// <summary>Drops everybody whose entry is older than <paramref name="horizon"/>.</summary>
    public void DropBefore(Instant horizon)
    {
        foreach (var (account, since) in _inside)
            if (since < horizon) _inside.Remove(account);
    }
}
