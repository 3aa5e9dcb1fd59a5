using Zvonok.Domain.Accounts;
using Zvonok.Domain.Operations;

namespace Zvonok.Domain.Buildings;

/// <summary>A presence written down, to begin from again.</summary>
/// <param name="People">What everybody did last who counts, by account number.</param>
/// <param name="Awaited">Passages that were reported as not done before they came (P5, O3), and when.</param>
public sealed record PresenceSnapshot(KeyValuePair<AccountNumber, Whereabouts>[] People, KeyValuePair<OperationId, Instant>[] Awaited)
{
    /// <summary>Nobody was ever here.</summary>
    public static readonly PresenceSnapshot Empty = new([], []);

    /// <summary>Of a presence that was written down when only entries were kept.</summary>
    public static PresenceSnapshot OfInside(IEnumerable<KeyValuePair<AccountNumber, Instant>> inside) =>
        new([.. inside.Select(person => KeyValuePair.Create(person.Key, new Whereabouts(IsInside: true, person.Value.ToUnixTimeMilliseconds(), default)))], []);

    /// <summary>Who is inside, with the time of the entry.</summary>
    public IEnumerable<KeyValuePair<AccountNumber, Instant>> Inside => People.Where(person => person.Value.IsInside).Select(person => KeyValuePair.Create(person.Key, person.Value.At));
}
