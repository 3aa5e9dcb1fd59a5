using Zvonok.Grains.Cards;
using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.Cards;

[Collection(OnEveryStore.Name)]
[Trait("Rule", "P7")]
public sealed class VisitStoreTests(Databases databases)
{
    private static readonly Instant Now = Given.Morning;

    [Theory, EveryStore]
    public async Task A_visit_makes_an_account_of_its_own_together_with_the_card_or_nothing(Store store)
    {
        await using var journal = await databases.Open(store);
        await journal.Register(new BuildingRow(1, Given.Building), new AccountRow(2, Given.Account()));
        var (first, second) = (await journal.Cards.NextVisitor(), await journal.Cards.NextVisitor());
        second.ShouldBeGreaterThan(first);

        (await journal.Cards.Append(Append(first, version: 1))).ShouldBeTrue();

        (await journal.Reader.LoadAccount(first)).ShouldNotBeNull().Profile.ShouldSatisfyAllConditions(
            profile => profile.Kind.ShouldBe(AccountKind.Visitor), profile => profile.ZoneId.ShouldBe(Given.Zone), profile => profile.IsClosed.ShouldBeFalse());
        (await journal.Reader.LoadCard(Given.Token())).ShouldNotBeNull().ShouldSatisfyAllConditions(card => card.Account.ShouldBe(first), card => card.Holder.ShouldBe(AccountKind.Visitor));
        // Of a card that somebody else has changed meanwhile no account is left.
        (await journal.Cards.Append(Append(second, version: 1))).ShouldBeFalse();
        (await journal.Reader.LoadAccount(second)).ShouldBeNull();
        (await journal.Cards.Append(Append(second, version: 2))).ShouldBeTrue();
        (await journal.Cards.ListVisits(Given.School, null, 10)).ShouldBe([VisitOf(second), VisitOf(first)]);
        (await journal.Cards.ListVisits(Given.School, second, 10)).ShouldBe([VisitOf(first)]);
        (await journal.Cards.ListVisits(new BuildingId(9), null, 10)).ShouldBeEmpty();
        (await journal.Auditor.Run(_ => { }, CancellationToken.None)).ShouldAllBe(finding => finding.IsClean);
    }

    [Theory, EveryStore]
    public async Task A_number_that_somebody_was_registered_under_stays_theirs(Store store)
    {
        await using var journal = await databases.Open(store);
        await journal.Register(new BuildingRow(1, Given.Building));
        var taken = await journal.Cards.NextVisitor();
        await journal.Register(new AccountRow(1, Given.Account() with { Number = taken }));

        (await journal.Cards.Append(Append(taken, version: 1))).ShouldBeFalse();

        (await journal.Reader.LoadAccount(taken)).ShouldNotBeNull().Profile.Kind.ShouldBe(AccountKind.Pupil);
        (await journal.Cards.ListVisits(Given.School, null, 10)).ShouldBeEmpty();
    }

    private static Visit VisitOf(AccountNumber visitor) => new(visitor, Given.School, Given.Number(), Given.Token(), Now, Now + Duration.FromHours(1), "book-17/3");

    private static CardAppend Append(AccountNumber visitor, long version)
    {
        var card = Given.Card() with { Kind = CardKind.VisitorCard, Account = visitor, ExpiresAt = Now + Duration.FromHours(1), Version = version };
        var line = new CardEvent
        {
            Card = CardStanding.Of(card), Kind = CardEventKind.GivenToVisitor, Operation = Given.Operation(), Part = 0, Fingerprint = new Fingerprint(1), At = Now,
            Author = new CardAuthor(Given.School, null, new DeviceId(601), "A parents' evening"), Home = Given.School,
        };
        return new CardAppend([new CardChange(card, line)]) { Visit = VisitOf(visitor), VisitorZone = Given.Zone };
    }
}
