using Zvonok.Domain.Lists;
using Zvonok.Grains.Journal;

namespace Zvonok.Grains.Lists;

/// <summary>
/// The lists of one building, as one activation knows them. A version's number is durable, and belongs to one content: two activations cannot give it to two. Who takes the next one has read the one
/// before, and nobody else has taken it since; so content never goes back, and neither do numbers, whichever silo a device asks.
/// </summary>
/// <param name="building">Which.</param>
/// <param name="source">What they are made of.</param>
/// <param name="keys">Under which keys.</param>
/// <param name="tokens">What made the tokens of cards.</param>
/// <param name="clock">The server's.</param>
/// <param name="options">How long they are fresh and valid.</param>
public sealed class BuildingLists(BuildingId building, IListSource source, ListKeys keys, TokenKeys tokens, IClock clock, ListOptions options)
{
    private const int TriesMax = 5;

    // Who knows a later version than this activation has it from another one, which may be long gone: that is worth a look, but not as often as somebody says so.
    private static readonly Duration AheadFreshFor = Duration.FromSeconds(1);

    private readonly Dictionary<(DeviceKind Audience, uint KeyId), ListShelf> _shelves = [];

    private Instant _outdatedAt = Instant.MinValue;

    /// <summary>True as long as nothing was asked for that is there.</summary>
    public bool IsEmpty => _shelves.Count == 0;

    /// <inheritdoc cref="IListGrain.Fetch"/>
    public async ValueTask<ListUpdate?> Fetch(DeviceKind audience, uint keyId, long knownVersion)
    {
        if (keys.Find(keyId)?.Of(building) is not { } key) return null;
        if (!_shelves.TryGetValue((audience, keyId), out var shelf)) shelf = new ListShelf(options.StepsMax);
        if (IsOld(shelf, knownVersion) && !await Renew(shelf, audience, key, knownVersion)) return null;
        _shelves[(audience, keyId)] = shelf;
        return shelf.Since(knownVersion) is { } delta ? new ListUpdate(null, delta) : new ListUpdate(shelf.Newest, null);
    }

    /// <inheritdoc cref="IListGrain.Outdate"/>
    public void Outdate() => _outdatedAt = clock.GetCurrentInstant();

    private bool IsOld(ListShelf shelf, long knownVersion) =>
        shelf.Newest is not { } newest || newest.MadeAt <= _outdatedAt || clock.GetCurrentInstant() - newest.MadeAt >= (knownVersion > newest.Version ? AheadFreshFor : Duration.FromSeconds(options.FreshSeconds));

    private async Task<bool> Renew(ListShelf shelf, DeviceKind audience, ListKey key, long knownVersion)
    {
        var name = new ListName(building, audience, key.Id);
        for (var tries = 0; tries < TriesMax; tries++)
        {
            var now = clock.GetCurrentInstant();
            // The building's zone is read together with all else: a day more on either side covers its days in any.
            var today = now.InUtc().Date;
            if (await source.Read(name, today.PlusDays(-1), today.PlusDays(ListRules.DaysAheadMax + 1)) is not { } reading) return false;
            if (Nameless(reading.Facts) is { Count: > 0 } nameless) await source.Enroll(building, nameless);
            else if (await Number(name, reading, ListRules.Make(reading.Facts, audience, key, tokens, now, Duration.FromHours(options.ValidHours)), knownVersion, now) is { } list)
            {
                shelf.Put(list);
                return true;
            }
        }

        throw new JournalUnavailableException($"Others make the lists of building {building} at the same time: repeat the same.");
    }

    // A device may know a version that was lost, when the database was restored from a copy: it is given a later one, or it would keep what it has for ever.
    private async Task<OfflineList?> Number(ListName name, ListReading reading, OfflineList list, long knownVersion, Instant now)
    {
        var isLost = knownVersion > reading.Newest.Version && knownVersion < now.ToUnixTimeSeconds();
        var isThere = reading.Newest.Version > 0 && reading.Newest.Digest == list.Digest && !isLost;
        return (isThere ? reading.Newest.Version : await source.TakeVersion(name, reading.Newest.Version, list.Digest, now)) is { } version ? list with { Version = version } : null;
    }

    private static HashSet<AccountNumber> Nameless(ListFacts facts) =>
        [.. facts.Cards.Where(card => ListRules.IsListed(card, facts.Building.Id) && !facts.Handles.ContainsKey(card.Account)).Select(card => card.Account)];
}
