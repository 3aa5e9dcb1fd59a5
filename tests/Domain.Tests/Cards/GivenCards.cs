using Zvonok.Domain.Accounts;
using Zvonok.Domain.Cards;

namespace Zvonok.Domain.Tests.Cards;

/// <summary>Cards, who asks for something to be done with them, and what is known then.</summary>
internal static class GivenCards
{
    public static readonly AccountNumber Employee = AccountNumber.FromSerial(55);

    public static readonly AccountNumber Sister = AccountNumber.FromSerial(77);

    public static readonly CardAuthor Author = new(Given.School, Employee, default, "Left on the bus");

    public static CardIssue Issue(CardKind kind = CardKind.Fob) => new()
    {
        Operation = Given.Operation(), Token = Given.Token(), Author = Author, CardKind = kind, Account = Given.Number, Rights = new AccessRights(Given.School, Given.Club),
    };

    public static CardBinding Bind(AccountNumber? to = null) => new() { Operation = Given.Operation(), Token = Given.Token(), Author = Author, Account = to ?? Given.Number };

    public static CardMove Move(CardState to, BuildingId? at = null) =>
        new() { Operation = Given.Operation(), Token = Given.Token(), Author = Author with { Building = at ?? Given.School }, To = to };

    public static TemporaryCardIssue Temporary(Instant? until = null, AccountNumber? to = null) =>
        new() { Operation = Given.Operation(), Token = Given.Token(), Author = Author, Account = to ?? Given.Number, ExpiresAt = until };

    public static CardReplacement Replace(CardState becomes = CardState.Lost, BankReference? reference = null) => new()
    {
        Operation = Given.Operation(), Token = Given.Token(), Author = Author, Successor = Given.Token(2), SuccessorKind = CardKind.Bracelet, Becomes = becomes, Reference = reference,
    };

    public static CardRetokening Retokening => new()
    {
        Operation = CardRetokening.OperationOf(Given.Card(), Given.Token(2)), Token = Given.Token(), Author = Author with { Employee = null }, Successor = Given.Token(2),
    };

    public static CloneSighting Sighting => new() { Operation = Given.Operation(), Token = Given.Token(), Author = Author with { Employee = null, Device = Given.Gate } };

    /// <summary>What is known when an employee asks for something about an open account; of no card unless told otherwise.</summary>
    public static CardFacts Facts(Card? card = null, Card? successor = null) => new()
    {
        Card = card,
        Successor = successor,
        Employee = Profile(Employee, AccountKind.Employee),
        Holder = Profile(Given.Number),
        ZoneId = Given.Zone,
        Policy = new CardPolicy(),
        Now = Given.Morning,
    };

    public static AccountProfile Profile(AccountNumber number, AccountKind kind = AccountKind.Pupil, bool isClosed = false) =>
        new() { Number = number, Kind = kind, ZoneId = Given.Zone, IsClosed = isClosed };

    public static Card TemporaryCard(Instant until, AccountNumber? of = null) =>
        Given.Card(expiresAt: until) with { Kind = CardKind.TemporaryCard, Account = of ?? Given.Number };
}
