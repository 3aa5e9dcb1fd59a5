using Google.Protobuf;
using Zvonok.Grains;
using Zvonok.Grains.Cards;
using Zvonok.Grains.Journal;

namespace Zvonok.Api.Shapes;

/// <summary>
/// Radio numbers as tokens (C7). Usually there is one key, and a token is computed. While a key is being replaced, a card that is not known by the newest is looked for by the older ones, and
/// goes over to the newest then and there, so that each card is looked for once.
/// </summary>
internal sealed class CardTokens(TokenKeys keys, CardRouter cards, GrainLookup grains)
{
    /// <summary>Whether a key is being replaced.</summary>
    public bool IsRotating => keys.Older.Count > 0;

    /// <summary>The token of a radio number, by which its card is known now; by the newest key for one that nobody registered.</summary>
    /// <param name="uid">The radio number.</param>
    /// <param name="field">How the request calls it.</param>
    public ValueTask<CardToken> Of(ByteString uid, string field = "card_uid")
    {
        var newest = Check.Token(keys.Newest, uid, field);
        return IsRotating ? Find(newest, uid) : new(newest);
    }

    private async ValueTask<CardToken> Find(CardToken newest, ByteString uid)
    {
        var known = await cards.Read(newest);
        if (known is { State: not CardState.Destroyed }) return newest;
        foreach (var key in keys.Older)
            // What is gone here may have gone over to a key that another silo takes for the newest.
            if (await cards.Read(key.TokenOf(uid.Span)) is { } card && (known is null || card.State != CardState.Destroyed)) return await GoOver(card, key, newest) ? newest : card.Token;
        return newest;
    }

    private async Task<bool> GoOver(Card card, TokenKey key, CardToken newest)
    {
        try
        {
            var answer = await grains.Card(card.Token).Change(new CardRetokening
            {
                Operation = CardRetokening.OperationOf(card, newest),
                Token = card.Token,
                Author = new CardAuthor(card.Rights.Home, null, default, $"Token key {keys.Newest.Id} takes the place of {key.Id}."),
                Successor = newest,
            });
            await grains.Card(newest).Reload();
            return answer.Refusal == CardCommandRefusal.None;
        }
        catch (Exception exception) when (exception is JournalUnavailableException or StaleActivationException or OrleansException or TimeoutException)
        {
            // It works under the older token as well as ever.
            return false;
        }
    }
}
