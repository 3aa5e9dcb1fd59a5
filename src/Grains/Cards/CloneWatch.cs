using Microsoft.Extensions.Options;
using Zvonok.Grains.Registry;

namespace Zvonok.Grains.Cards;

/// <summary>Tells a card that its radio number was seen on another one (C8). Nobody waits for it: what is not told now is told when it is seen again.</summary>
public sealed class CloneWatch(GrainLookup grains, CardSightings sightings, IOptions<GrainsOptions> options)
{
    /// <summary>A card that works is presented to a gate.</summary>
    public void Notice(Tap tap, Card card)
    {
        if (sightings.ShowsClone(tap) && IsNews(card))
            Tell(tap.Token, tap.Operation, new CardAuthor(tap.Building, null, tap.Device, $"At another building less than {options.Value.TravelSecondsMin} s before."));
    }

    /// <summary>A card that works is to be somebody else's in an import.</summary>
    /// <param name="shown">Which, and for which school.</param>
    /// <param name="now">When.</param>
    public void Notice(ShownClone shown, Instant now)
    {
        Span<byte> bytes = stackalloc byte[16];
        shown.Token.Value.TryWriteBytes(bytes);
        // It has no operation of its own: one of each millisecond and card will do.
        var operation = OperationId.Create(now, 0, BitConverter.ToUInt64(bytes) ^ BitConverter.ToUInt64(bytes[8..]));
        Tell(shown.Token, operation, new CardAuthor(shown.Building, null, default, "An import has it for another account."));
    }

    // Which one is flagged already is known to the card itself; this saves the message.
    private bool IsNews(Card card) => !card.IsCloned || options.Value.BlockClones;

    private void Tell(CardToken token, OperationId shown, CardAuthor author) =>
        grains.Card(token).Change(new CloneSighting { Operation = shown.Derive([(long)CardEventKind.CloneSeen]), Token = token, Author = author }).Ignore();
}
