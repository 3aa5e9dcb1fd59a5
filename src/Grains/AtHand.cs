using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Zvonok.Grains;

/// <summary>
/// What lives on this silo, and needs no message to be asked (docs/decisions/0010-at-hand.md). Only a grain itself puts here what it vouches for, and takes it
/// away: what is found here is what its one activation is or would say.
/// </summary>
/// <typeparam name="TKey">The grain's key.</typeparam>
/// <typeparam name="TValue">The grain, or what it knows.</typeparam>
public sealed class AtHand<TKey, TValue>(IClock clock, IOptions<GrainsOptions> options)
    where TKey : notnull
    where TValue : class
{
    // What is found here sends its grain no message, and the grain looks idle then. So it is sent one now and then, long before it would leave the memory.
    private readonly Duration _sendsMessageAfter = Duration.FromHours(options.Value.CollectionAgeHours) / 4;
    private readonly ConcurrentDictionary<TKey, Held> _all = new();

    /// <summary>Null when it is not here, or when its grain should have a message again.</summary>
    public TValue? Find(TKey key) => _all.TryGetValue(key, out var held) && clock.GetCurrentInstant() < held.Until ? held.Value : null;

    /// <summary>A message has reached its grain.</summary>
    internal void Put(TKey key, TValue value) => _all[key] = new Held(value, clock.GetCurrentInstant() + _sendsMessageAfter);

    /// <summary>Its grain does not vouch for it any longer.</summary>
    internal void Remove(TKey key) => _all.TryRemove(key, out _);

    private readonly record struct Held(TValue Value, Instant Until);
}
