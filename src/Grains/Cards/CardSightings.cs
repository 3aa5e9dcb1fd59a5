using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Zvonok.Grains.Cards;

/// <summary>
/// Where the cards of this silo were presented to gates lately. All taps of a card pass the silo where it lives, so that one presented at two buildings within a time in which nobody
/// gets from the one to the other is noticed here: there are two cards with one radio number (C8). It is kept in memory alone, for that time: a clone will be used again.
/// </summary>
public sealed class CardSightings(IOptions<GrainsOptions> options, IClock clock)
{
    private readonly Duration _travel = Duration.FromSeconds(options.Value.TravelSecondsMin);
    private Span _span = new(Instant.MinValue, [], []);

    /// <summary>Notes a tap. True when its card was at another building so short a time ago that this is another card.</summary>
    public bool ShowsClone(Tap tap)
    {
        var now = clock.GetCurrentInstant();
        // When what is sent late happened, the device's clock alone knows.
        if (_travel == Duration.Zero || now - OperationRules.BoundEventTime(tap.EventTime, now) >= _travel) return false;
        var span = At(now);
        var last = span.Find(tap.Token);
        // The same tap sent again is no other one.
        if (last is { } same && same.Operation == tap.Operation) return false;
        span.Now[tap.Token] = new Sighting(tap.Building, tap.Operation, now);
        return last is { } seen && seen.Building != tap.Building && now - seen.At < _travel;
    }

    private Span At(Instant now)
    {
        var span = Volatile.Read(ref _span);
        if (now - span.Since < _travel) return span;
        var next = new Span(now, [], now - span.Since < _travel + _travel ? span.Now : []);
        return Interlocked.CompareExchange(ref _span, next, span) == span ? next : Volatile.Read(ref _span);
    }

    private readonly record struct Sighting(BuildingId Building, OperationId Operation, Instant At);

    /// <summary>What was seen since a moment, and in the time before it.</summary>
    private sealed record Span(Instant Since, ConcurrentDictionary<CardToken, Sighting> Now, ConcurrentDictionary<CardToken, Sighting> Before)
    {
        public Sighting? Find(CardToken token) => Now.TryGetValue(token, out var sighting) || Before.TryGetValue(token, out sighting) ? sighting : null;
    }
}
