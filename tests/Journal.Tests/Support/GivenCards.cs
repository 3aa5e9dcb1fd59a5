using Zvonok.Grains.Cards;

namespace Zvonok.Journal.Tests.Support;

/// <summary>What is done with cards, and how it is put into the journal.</summary>
internal static class GivenCards
{
    public static readonly BuildingId Elsewhere = new(1600);

    public static readonly CardAuthor Author = new(Given.School, AccountNumber.FromSerial(55), default, "Left on the bus");

    public static CardMove Move(CardToken token, CardState to, BuildingId? at = null) =>
        new() { Operation = Given.Operation(), Token = token, Author = Author with { Building = at ?? Given.School }, To = to };

    public static CardReplacement Replace(CardToken token, CardToken successor, BankReference? reference = null) => new()
    {
        Operation = Given.Operation(), Token = token, Author = Author, Successor = successor, SuccessorKind = CardKind.Bracelet, Becomes = CardState.Lost, Reference = reference,
    };

    public static CardBinding Bind(CardToken token, AccountNumber? to = null) => new() { Operation = Given.Operation(), Token = token, Author = Author, Account = to ?? Given.Number() };

    /// <summary>Decides by what the journal has, as the card's desk does; who asks may.</summary>
    public static async Task<CardAppend> Decide(this TestJournal journal, CardCommand command, long fee = 0)
    {
        var card = await journal.Reader.LoadCard(command.Token);
        var account = command.Holder ?? card!.Account;
        var active = await journal.Cards.ListActive(account);
        var decision = CardRules.Decide(command, new CardFacts
        {
            Card = card,
            Successor = command is CardReplacement { Successor: var successor } ? await journal.Reader.LoadCard(successor) : null,
            Employee = new AccountProfile { Number = Author.Employee!.Value, Kind = AccountKind.Employee, ZoneId = Given.Zone },
            Holder = (await journal.Reader.LoadAccount(account))!.Profile,
            Meal = new Money(fee),
            Active = active,
            Fee = new Money(fee),
            ZoneId = Given.Zone,
            Policy = new CardPolicy(),
            Now = Given.Morning,
        });
        decision.Refusal.ShouldBe(CardCommandRefusal.None);
        return new CardAppend(decision.Changes)
        {
            Seen = decision.Holder is { } holder ? new SeenCards(holder, [.. active.Select(one => one.Token)]) : null,
            Begun = command is CardReplacement replacement ? OpenReplacement.Of(replacement, CardAnswer.Of([.. decision.Changes.Select(change => change.Event)])) : null,
        };
    }

    /// <summary>Decides and writes, and expects that it is written.</summary>
    public static async Task<CardAppend> Do(this TestJournal journal, CardCommand command, long fee = 0)
    {
        var append = await journal.Decide(command, fee);
        (await journal.Cards.Append(append)).ShouldBeTrue();
        return append;
    }

    /// <summary>A school, an account and cards of it.</summary>
    public static async Task RegisterCards(this TestJournal journal, params Card[] cards) => await journal.Register(
        [new BuildingRow(1, Given.Building), new BuildingRow(2, Given.Building with { Id = Elsewhere }), new AccountRow(3, Given.Account()), new AccountRow(4, Given.Account(77)), .. cards.Select(card => new CardRow(5, card))]);
}
