using Zvonok.Grains.Cards;
using Zvonok.Grains.Feed;
using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.Cards;

[Collection(OnEveryStore.Name)]
[Trait("Rule", "C2")]
public sealed class CardStoreTests(Databases databases)
{
    private static readonly CardToken Old = Given.Token(1);
    private static readonly CardToken New = Given.Token(2);

    [Theory, EveryStore]
    public async Task A_card_its_line_of_the_log_and_its_fact_are_written_together(Store store)
    {
        await using var journal = await Registered(store, Given.Card());
        var move = GivenCards.Move(Old, CardState.Lost);

        var written = await journal.Do(move);

        (await journal.Reader.LoadCard(Old)).ShouldBe(Given.Card(state: CardState.Lost) with { Version = 2, Holder = AccountKind.Pupil });
        (await journal.Cards.Find(move.Operation)).ShouldBe([written.Changes[0].Event]);
        (await journal.Cards.ListEvents(Old, long.MaxValue, 10)).ShouldBe([written.Changes[0].Event]);
        (await journal.ReadFeed()).Cast<CardFact>().Select(fact => (fact.Card.Version, fact.Card.State)).ShouldBe([(1, CardState.Active), (2, CardState.Lost)]);
        (await journal.Cards.Find(Given.Operation())).ShouldBeEmpty();
    }

    [Theory, EveryStore]
    public async Task Who_decided_by_an_older_version_writes_nothing(Store store)
    {
        await using var journal = await Registered(store, Given.Card());
        var (first, second) = (await journal.Decide(GivenCards.Move(Old, CardState.Lost)), await journal.Decide(GivenCards.Move(Old, CardState.Blocked)));

        (await journal.Cards.Append(first)).ShouldBeTrue();
        (await journal.Cards.Append(second)).ShouldBeFalse();
        // An import has changed the card meanwhile.
        var third = await journal.Decide(GivenCards.Move(Old, CardState.Returned));
        await journal.Register(new CardRow(1, Given.Card(state: CardState.Destroyed)));
        (await journal.Cards.Append(third)).ShouldBeFalse();

        (await journal.Reader.LoadCard(Old))!.State.ShouldBe(CardState.Destroyed);
        (await journal.Number("select count(*) from card_event")).ShouldBe(1);
        (await journal.Number("select count(*) from card_change")).ShouldBe(3);
    }

    [Theory, EveryStore]
    public async Task An_operation_writes_once_whatever_card_it_names(Store store)
    {
        await using var journal = await Registered(store, Given.Card(1), Given.Card(2, serial: 77));
        var move = GivenCards.Move(Old, CardState.Lost);
        var (first, reused) = (await journal.Decide(move), await journal.Decide(move with { Token = New }));

        (await journal.Cards.Append(first)).ShouldBeTrue();
        (await journal.Cards.Append(reused)).ShouldBeFalse();

        (await journal.Reader.LoadCard(New)).ShouldBe(Given.Card(2, serial: 77) with { Holder = AccountKind.Pupil });
    }

    [Theory, EveryStore]
    [Trait("Rule", "C4")]
    public async Task Both_cards_of_a_replacement_are_written_or_none(Store store)
    {
        await using var journal = await Registered(store, Given.Card(further: GivenCards.Elsewhere));
        var (replace, later) = (GivenCards.Replace(Old, New, new BankReference(3, "PAID")), GivenCards.Replace(Old, Given.Token(3)));
        var (append, fenced) = (await journal.Decide(replace, fee: 20_000), await journal.Decide(later));

        (await journal.Cards.Append(append)).ShouldBeTrue();
        (await journal.Cards.Append(fenced)).ShouldBeFalse();

        (await journal.Reader.LoadCard(Old))!.State.ShouldBe(CardState.Lost);
        (await journal.Reader.LoadCard(New)).ShouldBe(Given.Card(2, further: GivenCards.Elsewhere) with { Kind = CardKind.Bracelet, Holder = AccountKind.Pupil });
        (await journal.Reader.LoadCard(Given.Token(3))).ShouldBeNull();
        (await journal.Cards.Find(replace.Operation)).ShouldBe([append.Changes[0].Event, append.Changes[1].Event]);

        var open = append.Begun.ShouldNotBeNull();
        open.ShouldBe(new OpenReplacement(replace.Operation, Old, New, Given.Number(), new Money(20_000), new BankReference(3, "PAID"), Given.Morning));
        (await journal.Cards.ListReplacements(10)).ShouldSatisfyAllConditions(all => all.Count.ShouldBe(1), all => all.Oldest.ShouldBe([open]));
        for (var times = 0; times < 2; times++) await journal.Cards.EndReplacement(replace.Operation);
        (await journal.Cards.ListReplacements(10)).ShouldSatisfyAllConditions(all => all.Count.ShouldBe(0), all => all.Oldest.ShouldBeEmpty());
    }

    [Theory, EveryStore]
    [Trait("Rule", "C4")]
    public async Task A_card_that_was_registered_meanwhile_takes_no_place(Store store)
    {
        await using var journal = await Registered(store, Given.Card());
        var append = await journal.Decide(GivenCards.Replace(Old, New));
        await journal.Register(new CardRow(1, Given.Card(2, serial: 77)));

        (await journal.Cards.Append(append)).ShouldBeFalse();

        (await journal.Reader.LoadCard(Old)).ShouldBe(Given.Card() with { Holder = AccountKind.Pupil });
        (await journal.Reader.LoadCard(New)).ShouldBe(Given.Card(2, serial: 77) with { Holder = AccountKind.Pupil });
        (await journal.Cards.ListReplacements(1)).Count.ShouldBe(0);
    }

    [Theory, EveryStore]
    [Trait("Rule", "C3")]
    public async Task Of_two_cards_that_are_bound_at_the_same_time_an_account_gets_one(Store store)
    {
        await using var journal = await Registered(store, [.. Enumerable.Range(1, 8).Select(n => Given.Card(n, CardState.Issued))]);
        var bindings = new List<CardAppend>();
        for (var n = 1; n <= 8; n++) bindings.Add(await journal.Decide(GivenCards.Bind(Given.Token(n))));

        var written = await Task.WhenAll(bindings.Select(binding => Task.Run(() => journal.Cards.Append(binding))));

        written.Count(isWritten => isWritten).ShouldBe(1);
        (await journal.Cards.ListActive(Given.Number())).ShouldHaveSingleItem();
    }

    [Theory, EveryStore]
    [Trait("Rule", "C3")]
    public async Task Nobody_gets_a_card_whose_account_was_closed_meanwhile(Store store)
    {
        await using var journal = await Registered(store, Given.Card(state: CardState.Issued));
        var binding = await journal.Decide(GivenCards.Bind(Old));
        await journal.Sql($"update account set is_closed = {(store == Store.Postgres ? "true" : "1")}");

        (await journal.Cards.Append(binding)).ShouldBeFalse();
    }

    [Theory, EveryStore]
    public async Task The_log_of_a_card_is_read_in_pages_the_latest_first(Store store)
    {
        await using var journal = await Registered(store, Given.Card());
        foreach (var to in new[] { CardState.Lost, CardState.Returned }) await journal.Do(GivenCards.Move(Old, to));
        await journal.Do(GivenCards.Bind(Old));

        (await journal.Cards.ListEvents(Old, long.MaxValue, 2)).Select(line => (line.Card.Version, line.Kind)).ShouldBe([(4, CardEventKind.Bound), (3, CardEventKind.HandedIn)]);
        (await journal.Cards.ListEvents(Old, 2, 2)).Select(line => (line.Card.Version, line.Kind)).ShouldBe([(2, CardEventKind.ReportedLost)]);
    }

    [Theory, EveryStore]
    public async Task The_cards_of_an_account_are_listed_in_pages_whatever_their_state(Store store)
    {
        Card[] all = [Given.Card(1), Given.Card(2, CardState.Destroyed), Given.Card(3, CardState.Lost)];
        await using var journal = await Registered(store, [.. all, Given.Card(4, serial: 77)]);

        var first = await journal.Cards.List(Given.Number(), default, 2);
        var last = await journal.Cards.List(Given.Number(), first[1].Token, 2);

        first.Concat(last.Skip(1)).ShouldBe(all, ignoreOrder: true);
        (await journal.Cards.ListActive(Given.Number())).ShouldBe([all[0]]);
    }

    [Theory, EveryStore]
    [Trait("Rule", "C5")]
    public async Task A_card_that_was_handed_in_elsewhere_is_found_by_its_own_school_until_something_else_is_done_with_it(Store store)
    {
        await using var journal = await Registered(store, Given.Card(1), Given.Card(2, serial: 77), Given.Card(3, CardState.Lost));
        var here = await journal.Do(GivenCards.Move(Given.Token(1), CardState.Returned));
        var (found, other) = (await journal.Do(GivenCards.Move(Given.Token(2), CardState.Returned, at: GivenCards.Elsewhere)), await journal.Do(GivenCards.Move(Given.Token(3), CardState.Returned, at: GivenCards.Elsewhere)));

        here.Changes[0].Event.IsFoundElsewhere.ShouldBeFalse();
        (await journal.Cards.ListFound(Given.School, default, 10)).ShouldBe([found.Changes[0].Event, other.Changes[0].Event], ignoreOrder: true);
        (await journal.Cards.ListFound(Given.School, default, 1)).Count.ShouldBe(1);
        (await journal.Cards.ListFound(GivenCards.Elsewhere, default, 10)).ShouldBeEmpty();

        await journal.Do(GivenCards.Bind(Given.Token(2), Given.Number(77)));
        (await journal.Cards.ListFound(Given.School, default, 10)).ShouldBe([other.Changes[0].Event]);
        // An import is something else too.
        await journal.Register(new CardRow(1, Given.Card(3, CardState.Destroyed)));
        (await journal.Cards.ListFound(Given.School, default, 10)).ShouldBeEmpty();
    }

    [Theory, EveryStore]
    [Trait("Rule", "C8")]
    public async Task What_was_seen_of_a_card_outlives_an_import_until_the_card_is_handed_in(Store store)
    {
        await using var journal = await Registered(store, Given.Card());
        await journal.Do(new CloneSighting { Operation = Given.Operation(), Token = Old, Author = GivenCards.Author });

        await journal.Register(new CardRow(1, Given.Card(further: GivenCards.Elsewhere)));
        (await journal.Reader.LoadCard(Old)).ShouldBe(Given.Card(further: GivenCards.Elsewhere) with { IsCloned = true, Version = 3, Holder = AccountKind.Pupil });
        (await journal.ReadFeed()).Cast<CardFact>().Select(fact => fact.Card.IsCloned).ShouldBe([false, true, true]);

        await journal.Register(new CardRow(1, Given.Card(state: CardState.Returned)));
        await journal.Register(new CardRow(1, Given.Card()));
        (await journal.Reader.LoadCard(Old)).ShouldBe(Given.Card() with { Version = 5, Holder = AccountKind.Pupil });
    }

    [Theory, EveryStore]
    [Trait("Rule", "C8")]
    public async Task An_import_that_has_a_card_in_use_for_another_account_shows_a_clone(Store store)
    {
        await using var journal = await Registered(store, Given.Card(1), Given.Card(2, CardState.Lost));

        var outcome = await journal.Registry.Import([new CardRow(1, Given.Card(1, serial: 77)), new CardRow(2, Given.Card(2, CardState.Lost, serial: 77))], CancellationToken.None);

        outcome.Bad.Select(bad => bad.Field).ShouldBe(["account_number", "account_number"]);
        outcome.ShownClones.ShouldBe([new ShownClone(Old, Given.School)]);
    }

    private async Task<TestJournal> Registered(Store store, params Card[] cards)
    {
        var journal = await databases.Open(store);
        await journal.RegisterCards(cards);
        return journal;
    }
}
