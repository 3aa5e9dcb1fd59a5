using Zvonok.Domain.Accounts;
using Zvonok.Domain.Cards;

namespace Zvonok.Domain.Tests.Cards;

/// <summary>Whatever stands in the way of a command to a card at the same time, the least of the reasons is told.</summary>
[Trait("Rule", "C2")]
public sealed class CardRefusalOrderTests
{
    private static readonly Gen<(bool IsEmployee, bool IsKnown, CardState State, bool IsElsewhere, bool IsTemporary, bool IsAnothers)> Cards =
        Gen.Select(Gen.Bool, Gen.Bool, Gen.Enum<CardState>(), Gen.Bool, Gen.Bool, Gen.Bool);

    private static readonly Gen<(bool IsRegistered, bool IsClosed, bool HasOther, bool IsPoor)> Accounts = Gen.Select(Gen.Bool, Gen.Bool, Gen.Bool, Gen.Bool);

    [Fact]
    [Trait("Rule", "C3")]
    public void Of_a_binding() => Sample((of, with) =>
    {
        var reasons = OfCard(of);
        if (of.IsTemporary) reasons.Add(CardCommandRefusal.KindForbids);
        if (of.IsAnothers && of.State is not (CardState.Issued or CardState.Returned)) reasons.Add(CardCommandRefusal.BoundToAnother);
        if (!CardRules.MayBecome(of.State, CardState.Active)) reasons.Add(CardCommandRefusal.StateForbids);
        return (GivenCards.Bind(), [.. reasons, .. OfHolder(with)]);
    });

    [Fact]
    [Trait("Rule", "C4")]
    public void Of_a_replacement() => Sample((of, with) =>
    {
        var reasons = OfCard(of);
        if (of.IsTemporary) reasons.Add(CardCommandRefusal.KindForbids);
        if (of.State is CardState.Issued or CardState.Returned || !CardRules.MayBecome(of.State, CardState.Lost)) reasons.Add(CardCommandRefusal.StateForbids);
        if (with.IsPoor) reasons.Add(CardCommandRefusal.InsufficientFunds);
        return (GivenCards.Replace(), [.. reasons, .. OfHolder(with)]);
    });

    [Fact]
    public void Of_an_issue() => Sample((of, with) =>
    {
        List<CardCommandRefusal> reasons = [.. OfHolder(with).Where(reason => reason != CardCommandRefusal.OtherCardActive)];
        if (!of.IsEmployee) reasons.Add(CardCommandRefusal.NotAllowed);
        if (of.IsKnown) reasons.Add(CardCommandRefusal.AlreadyRegistered);
        return (GivenCards.Issue(), reasons);
    });

    [Fact]
    public void Of_a_temporary_card() => Sample((of, with) =>
    {
        List<CardCommandRefusal> reasons = [.. OfHolder(with).Where(reason => reason != CardCommandRefusal.OtherCardActive)];
        if (!of.IsEmployee) reasons.Add(CardCommandRefusal.NotAllowed);
        if (with.IsPoor) reasons.Add(CardCommandRefusal.ExpiryNotAllowed);
        if (!of.IsKnown) return (Temporary(with.IsPoor), reasons);
        reasons.AddRange(OfCard(of));
        if (!of.IsTemporary) reasons.Add(CardCommandRefusal.KindForbids);
        if (of.IsAnothers && of.State == CardState.Active) reasons.Add(CardCommandRefusal.BoundToAnother);
        if (!CardRules.MayBecome(of.State, CardState.Active)) reasons.Add(CardCommandRefusal.StateForbids);
        return (Temporary(with.IsPoor), reasons);
    });

    private static TemporaryCardIssue Temporary(bool isOver) => GivenCards.Temporary(isOver ? Given.Morning : null);

    private static List<CardCommandRefusal> OfCard((bool IsEmployee, bool IsKnown, CardState State, bool IsElsewhere, bool IsTemporary, bool IsAnothers) of)
    {
        var reasons = new List<CardCommandRefusal>();
        if (!of.IsEmployee) reasons.Add(CardCommandRefusal.NotAllowed);
        if (!of.IsKnown) reasons.Add(CardCommandRefusal.CardUnknown);
        if (of.State == CardState.Destroyed) reasons.Add(CardCommandRefusal.CardDestroyed);
        if (of.IsElsewhere) reasons.Add(CardCommandRefusal.OtherSchool);
        return reasons;
    }

    private static IEnumerable<CardCommandRefusal> OfHolder((bool IsRegistered, bool IsClosed, bool HasOther, bool IsPoor) with)
    {
        if (!with.IsRegistered) yield return CardCommandRefusal.AccountUnknown;
        if (with.IsClosed) yield return CardCommandRefusal.AccountClosed;
        if (with.HasOther) yield return CardCommandRefusal.OtherCardActive;
    }

    private static void Sample(
        Func<(bool IsEmployee, bool IsKnown, CardState State, bool IsElsewhere, bool IsTemporary, bool IsAnothers), (bool IsRegistered, bool IsClosed, bool HasOther, bool IsPoor), (CardCommand, List<CardCommandRefusal>)> expect) =>
        Gen.Select(Cards, Accounts).Sample((of, with) =>
        {
            var card = Given.Card(of.State, rights: of.IsElsewhere ? new AccessRights(Given.Club) : null, serial: of.IsAnothers ? 77 : 4_021_337) with
            {
                Kind = of.IsTemporary ? CardKind.TemporaryCard : CardKind.SchoolCard,
            };
            var facts = GivenCards.Facts(of.IsKnown ? card : null) with
            {
                Employee = of.IsEmployee ? GivenCards.Profile(GivenCards.Employee, AccountKind.Employee) : null,
                Holder = with.IsRegistered ? GivenCards.Profile(Given.Number, isClosed: with.IsClosed) : null,
                Active = with.HasOther ? [Given.Card() with { Token = Given.Token(9) }] : [],
                Fee = new Money(with.IsPoor ? 1 : 0),
            };
            var (command, reasons) = expect(of, with);

            CardRules.Decide(command, facts).Refusal.ShouldBe(reasons.Count == 0 ? CardCommandRefusal.None : reasons.Min());
        });
}
