using Zvonok.Api.Tests.Servers;
using Zvonok.Registry.V1;
using Zvonok.Schools.V1;

namespace Zvonok.Api.Tests.Schools;

/// <summary>What is asked of cards, by the gate of the school unless told otherwise.</summary>
internal static class GivenCards
{
    public static Author Author => new() { BuildingId = Given.School, DeviceId = Given.Gate, Reason = "Left on the bus" };

    /// <summary>A radio number that no other operation's card has.</summary>
    public static ByteString Uid(ByteString operation) => ByteString.CopyFrom(operation.Span[6..]);

    public static CardName Name(Pupil pupil) => new() { Uid = pupil.Uid };

    public static IssueCardRequest Issue(ByteString operation, Pupil pupil, Author? author = null) =>
        new() { OperationId = operation, Author = author ?? Author, CardUid = Uid(operation), Kind = CardKind.Fob, AccountNumber = pupil.Number, FurtherBuildingIds = { Given.Club } };

    public static BindCardRequest Bind(ByteString operation, Pupil pupil, CardName card, Author? author = null) =>
        new() { OperationId = operation, Author = author ?? Author, Card = card, AccountNumber = pupil.Number };

    public static ReplaceCardRequest Replace(ByteString operation, Pupil pupil, Author? author = null) => new()
    {
        OperationId = operation, Author = author ?? Author, Card = Name(pupil), NewCardUid = Uid(operation), NewKind = CardKind.Bracelet, OldState = CardState.Lost,
    };

    public static ReportCardLostRequest Lost(ByteString operation, Pupil pupil) => new() { OperationId = operation, Author = Author, Card = Name(pupil) };

    public static BlockCardRequest Block(ByteString operation, Pupil pupil) => new() { OperationId = operation, Author = Author, Card = Name(pupil) };

    public static HandInCardRequest HandIn(ByteString operation, Pupil pupil, Author? author = null) => new() { OperationId = operation, Author = author ?? Author, Card = Name(pupil) };

    public static DestroyCardRequest Destroy(ByteString operation, Pupil pupil) => new() { OperationId = operation, Author = Author, Card = Name(pupil) };

    public static IssueVisitorCardRequest Visitor(ByteString operation, Pupil host, Instant now, ByteString? uid = null, Author? author = null) => new()
    {
        OperationId = operation, Author = author ?? Author, CardUid = uid ?? Uid(operation), HostAccountNumber = host.Number,
        ExpireTime = new() { Seconds = (now + Duration.FromHours(2)).ToUnixTimeSeconds() }, BookKey = "book-17/3",
    };

    public static IssueTemporaryCardRequest Temporary(ByteString operation, Pupil pupil) =>
        new() { OperationId = operation, Author = Author, CardUid = Uid(operation), AccountNumber = pupil.Number };
}
