using Google.Protobuf;
using Zvonok.Api.Shapes;
using Zvonok.Grains.Cards;
using Zvonok.Schools.V1;
using CardEvent = Zvonok.Domain.Cards.CardEvent;

namespace Zvonok.Api.School;

/// <summary>Cards as their school is told of them.</summary>
internal static class CardShapes
{
    private const int TokenLength = 16;

    public static ValueTask<CardToken> Token(CardName? name, CardTokens tokens) => name?.NameCase switch
    {
        CardName.NameOneofCase.Uid => tokens.Of(name.Uid, "card.uid"),
        CardName.NameOneofCase.Token => name.Token.Length == TokenLength
            ? new(new CardToken(new Guid(name.Token.Span, bigEndian: true)))
            : throw Check.Bad("card.token", $"the card's token as ListCards tells it, {TokenLength} bytes"),
        _ => throw Check.Bad("card", "a card's uid or token"),
    };

    public static bool IsGranted(CardAnswer answer) => answer.Refusal == CardCommandRefusal.None;

    public static CardChanged Changed(CardAnswer answer) => new() { Card = ToMessage(answer.Card!) };

    public static CardHandedIn HandedIn(CardAnswer answer) => answer.IsFoundElsewhere ? new() { BelongsToAnotherSchool = true } : new() { Card = ToMessage(answer.Card!) };

    public static CardReplaced Replaced(ReplacementAnswer answer)
    {
        var replaced = new CardReplaced { OldCard = ToMessage(answer.Card.Card!), NewCard = ToMessage(answer.Card.Successor!), FeeEntryNumber = answer.Fee?.Seq ?? 0 };
        if (answer.Card.Fee is { } fee) replaced.FeeKopecks = fee.Kopecks;
        return replaced;
    }

    public static CardRefused Refused(CardAnswer answer) => new() { Reason = (CardRefusalReason)answer.Refusal };

    public static SchoolCard ToMessage(CardStanding card) => new()
    {
        CardToken = Bytes(card.Token.Value),
        Kind = (Zvonok.Registry.V1.CardKind)card.Kind,
        State = (Zvonok.Registry.V1.CardState)card.State,
        AccountNumber = card.Account.Value,
        ExpireTime = card.ExpiresAt?.ToTimestamp(),
        Version = card.Version,
        IsCloneSuspected = card.IsCloned,
    };

    public static Zvonok.Schools.V1.CardEvent ToMessage(CardEvent line)
    {
        var author = new Author { BuildingId = line.Author.Building.Value, Reason = line.Author.Reason };
        if (line.Author.Employee is { } employee) author.EmployeeAccountNumber = employee.Value;
        else if (line.Author.Device != default) author.DeviceId = line.Author.Device.Value;
        return new()
        {
            Kind = (Zvonok.Schools.V1.CardEventKind)line.Kind,
            Card = ToMessage(line.Card),
            Author = author,
            RecordTime = line.At.ToTimestamp(),
            OtherCardToken = line.Other is { } other ? Bytes(other.Value) : ByteString.Empty,
            OperationId = Bytes(line.Operation.ToGuid()),
        };
    }

    private static ByteString Bytes(Guid id) => UnsafeByteOperations.UnsafeWrap(id.ToByteArray(bigEndian: true));
}
