using System.Buffers.Text;
using Zvonok.Api.Hosting;
using Zvonok.Api.Shapes;
using Zvonok.Grains.Cards;
using Zvonok.Schools.V1;
using CardState = Zvonok.Domain.Cards.CardState;

namespace Zvonok.Api.School;

/// <summary>What is known of cards: a test of one (C6), those of an account, the log of one, and what was found elsewhere (C5).</summary>
internal sealed class CardLists(Door door, CardRouter cards, ICardLog log, CardTokens tokens)
{
    private static readonly PageToken EventPages = new('e');

    public async Task<TestCardResponse> Test(TestCardRequest request)
    {
        if (await door.Ask(request.CardUid, async uid => await cards.Read(await tokens.Of(uid))) is not { } card) return new();
        return new()
        {
            IsRegistered = true,
            Kind = (Zvonok.Registry.V1.CardKind)card.Kind,
            State = (Zvonok.Registry.V1.CardState)card.State,
            IsBound = card.State is CardState.Active or CardState.Lost or CardState.Blocked,
            ExpireTime = card.ExpiresAt?.ToTimestamp(),
            IsCloneSuspected = card.IsCloned,
        };
    }

    public async Task<ListCardsResponse> List(ListCardsRequest request)
    {
        var (account, size, from) = (Check.Account(request.AccountNumber), Check.PageSize(request.PageSize), ReadPlace(request.PageToken));
        // One more than asked for is where the next page starts.
        var listed = await log.List(account, from, size + 1);
        var response = new ListCardsResponse { Cards = { listed.Take(size).Select(card => CardShapes.ToMessage(CardStanding.Of(card))) } };
        if (listed.Count > size) response.NextPageToken = WritePlace(listed[size].Token);
        return response;
    }

    public async Task<ListCardEventsResponse> ListEvents(ListCardEventsRequest request)
    {
        var (token, size) = (await CardShapes.Token(request.Card, tokens), Check.PageSize(request.PageSize));
        var listed = await log.ListEvents(token, EventPages.Read(request.PageToken, first: long.MaxValue), size + 1);
        var response = new ListCardEventsResponse { Events = { listed.Take(size).Select(CardShapes.ToMessage) } };
        if (listed.Count > size) response.NextPageToken = EventPages.Write(listed[size].Card.Version);
        return response;
    }

    public async Task<ListFoundCardsResponse> ListFound(ListFoundCardsRequest request)
    {
        var (building, size, from) = (new BuildingId(Check.Id(request.BuildingId, "building_id")), Check.PageSize(request.PageSize), ReadPlace(request.PageToken));
        var listed = await log.ListFound(building, from, size + 1);
        var response = new ListFoundCardsResponse
        {
            Cards = { listed.Take(size).Select(line => new FoundCard { Card = CardShapes.ToMessage(line.Card), BuildingId = line.Author.Building.Value, HandInTime = line.At.ToTimestamp() }) },
        };
        if (listed.Count > size) response.NextPageToken = WritePlace(listed[size].Card.Token);
        return response;
    }

    private static string WritePlace(CardToken token) => Base64Url.EncodeToString(token.Value.ToByteArray(bigEndian: true));

    // Written again it has to be the same: what a decoder would overlook is no answer of ours.
    private static CardToken ReadPlace(string token)
    {
        if (token.Length == 0) return default;
        Span<byte> bytes = stackalloc byte[16];
        return token.Length <= 32 && Base64Url.IsValid(token, out var length) && length == bytes.Length && Base64Url.TryDecodeFromChars(token, bytes, out _)
            && new CardToken(new Guid(bytes, bigEndian: true)) is var place && WritePlace(place) == token
            ? place
            : throw Check.Bad("page_token", "the next_page_token of the answer before, unchanged, or empty");
    }
}
