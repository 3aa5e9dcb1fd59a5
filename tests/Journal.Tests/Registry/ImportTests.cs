using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.Registry;

[Collection(OnEveryStore.Name)]
[Trait("Rule", "N4")]
public sealed class ImportTests(Databases databases)
{
    private static readonly Device Till = new(new DeviceId(501), DeviceKind.Till, Given.School, Given.Seller);

    [Theory, EveryStore]
    public async Task New_rows_are_added_and_the_same_rows_again_change_nothing(Store store)
    {
        await using var journal = await databases.Open(store);
        RegistryRow[] rows =
        [
            new BuildingRow(1, Given.Building), new DeviceRow(2, Till), new AccountRow(3, Given.Account(limit: 30_000)), new CardRow(4, Given.Card()),
        ];

        var first = await Import(journal, rows);
        (first.Added, first.Changed, first.Unchanged, first.Bad.Count).ShouldBe((4, 0, 0, 0));
        var again = await Import(journal, rows);
        (again.Added, again.Changed, again.Unchanged, again.Bad.Count).ShouldBe((0, 0, 4, 0));

        again.ChangedBuildings.ShouldBeEmpty();
        again.ChangedCards.ShouldBeEmpty();
        again.OutdatedLists.ShouldBeEmpty();
        again.ChangedDevices.ShouldBeEmpty();
        (await journal.Reader.LoadBuilding(Given.School)).ShouldNotBeNull().Profile.ShouldBe(Given.Building);
        (await journal.Reader.LoadDevice(Till.Id)).ShouldNotBeNull().Device.ShouldBe(Till);
        (await journal.Reader.LoadAccount(Given.Number())).ShouldNotBeNull().Profile.ShouldBe(Given.Account(limit: 30_000));
        (await journal.Reader.LoadCard(Given.Token())).ShouldBe(Given.Card() with { Holder = AccountKind.Pupil });
    }

    [Theory, EveryStore]
    public async Task Bad_rows_are_told_by_number_field_and_reason_and_good_ones_stay(Store store)
    {
        await using var journal = await databases.Open(store);
        await journal.Register(new BuildingRow(1, Given.Building), new AccountRow(2, Given.Account()));

        var outcome = await Import(
            journal,
            new DeviceRow(11, Till),
            new DeviceRow(12, Till with { Id = new DeviceId(502), Building = new BuildingId(404) }),
            new AccountRow(13, Given.Account() with { Kind = AccountKind.Employee }),
            new AccountRow(14, Given.Account() with { ZoneId = "Asia/Omsk" }),
            new AccountRow(15, Given.Account(5)),
            new CardRow(16, Given.Card(1, serial: 6)),
            new CardRow(17, Given.Card(2) with { Rights = new AccessRights(new BuildingId(404)) }),
            new CardRow(18, Given.Card(3, further: new BuildingId(405))),
            new CardRow(19, Given.Card(4, serial: 5)));

        outcome.Added.ShouldBe(3);
        outcome.Bad.Select(bad => (bad.Number, bad.Field)).ShouldBe(
        [
            (12, "building_id"), (13, "kind"), (14, "time_zone"), (16, "account_number"), (17, "home_building_id"), (18, "further_building_ids"),
        ]);
        outcome.Bad.Select(bad => bad.Reason).ShouldBe(
        [
            "Building 404 is not registered: send it before its devices.",
            $"Account {Given.Number()} is registered as Pupil: an account's kind does not change; give the person another account.",
            $"Account {Given.Number()} is registered in Europe/Moscow: its calendar days are in its ledger, so its zone does not change.",
            $"Account {Given.Number(6)} is not registered: send it before its cards.",
            "Building 404 is not registered: send it before the cards.",
            "Building 405 is not registered: send it before the cards.",
        ]);
        (await journal.Number("select count(*) from device")).ShouldBe(1);
        (await journal.Number("select count(*) from account")).ShouldBe(2);
        (await journal.Reader.LoadCard(Given.Token(4))).ShouldNotBeNull().Account.ShouldBe(Given.Number(5));
        (await journal.Reader.LoadCard(Given.Token(1))).ShouldBeNull();
    }

    [Theory, EveryStore]
    public async Task A_moved_building_and_device_are_changed_and_named(Store store)
    {
        await using var journal = await databases.Open(store);
        await journal.Register(new BuildingRow(1, Given.Building), new DeviceRow(2, Till));
        var moved = Given.Building with { ZoneId = "Europe/Samara" };
        var gate = new Device(Till.Id, DeviceKind.Gate, Given.School, ContraAccount.None);

        var outcome = await Import(journal, new BuildingRow(1, moved), new DeviceRow(2, gate));

        (outcome.Added, outcome.Changed, outcome.Unchanged).ShouldBe((0, 2, 0));
        outcome.ChangedBuildings.ShouldBe([Given.School]);
        outcome.ChangedDevices.ShouldBe([Till.Id]);
        (await journal.Reader.LoadBuilding(Given.School)).ShouldNotBeNull().Profile.ShouldBe(moved);
        (await journal.Reader.LoadDevice(Till.Id)).ShouldNotBeNull().Device.ShouldBe(gate);
    }

    [Theory, EveryStore]
    public async Task A_registered_accounts_limit_is_its_familys_and_no_import_touches_it(Store store)
    {
        await using var journal = await databases.Open(store);
        await journal.Register(new AccountRow(1, Given.Account()));
        var set = Given.Account(limit: 9_000) with { Version = 1 };
        await journal.Writer.Append(new AccountAppend(new Ledger().ChangeLimit()) { Profile = set });

        (await Import(journal, new AccountRow(1, Given.Account(limit: 77)))).Unchanged.ShouldBe(1);

        (await journal.Reader.LoadAccount(Given.Number())).ShouldNotBeNull().Profile.ShouldBe(set);
    }

    [Theory, EveryStore]
    [Trait("Rule", "C2")]
    public async Task A_card_goes_its_way_and_no_other_and_every_change_counts_its_version(Store store)
    {
        await using var journal = await Registered(store);

        foreach (var from in Enum.GetValues<CardState>())
        {
            foreach (var to in Enum.GetValues<CardState>())
            {
                var n = (int)from * 10 + (int)to;
                await journal.Register(new CardRow(1, Given.Card(n, from)));

                var outcome = await Import(journal, new CardRow(7, Given.Card(n, to)));

                var card = (await journal.Reader.LoadCard(Given.Token(n))).ShouldNotBeNull();
                if (from == to)
                {
                    outcome.Unchanged.ShouldBe(1);
                    (card.State, card.Version).ShouldBe((from, 1));
                }
                else if (CardRules.MayBecome(from, to))
                {
                    outcome.Changed.ShouldBe(1);
                    outcome.ChangedCards.ShouldBe([Given.Token(n)]);
                    (card.State, card.Version).ShouldBe((to, 2));
                }
                else
                {
                    outcome.Bad.ShouldHaveSingleItem().ShouldBe(new BadRow(7, "state", $"A card that is {from} cannot become {to}."));
                    (card.State, card.Version).ShouldBe((from, 1));
                }
            }
        }
    }

    [Theory, EveryStore]
    [Trait("Rule", "C4")]
    public async Task The_lists_of_every_building_that_a_changed_card_opens_or_opened_are_outdated_each_once_and_a_new_card_hurries_nobody(Store store)
    {
        var (club, pool) = (new BuildingId(7_001), new BuildingId(7_002));
        await using var journal = await Registered(store);
        await journal.Register(new BuildingRow(1, Given.Building with { Id = club }), new BuildingRow(2, Given.Building with { Id = pool }));

        (await Import(journal, new CardRow(3, Given.Card(1, further: club)), new CardRow(4, Given.Card(2, serial: 5)))).OutdatedLists.ShouldBeEmpty();
        var outcome = await Import(journal, new CardRow(5, Given.Card(1, further: pool)), new CardRow(6, Given.Card(2, CardState.Lost, serial: 5)));

        outcome.OutdatedLists.OrderBy(building => building.Value).ShouldBe([Given.School, club, pool]);
    }

    [Theory, EveryStore]
    [Trait("Rule", "C3")]
    public async Task A_card_in_use_is_not_bound_to_another_account_before_it_is_handed_in(Store store)
    {
        await using var journal = await Registered(store);
        await journal.Register(new CardRow(1, Given.Card()));

        (await Import(journal, new CardRow(2, Given.Card(serial: 5)))).Bad.ShouldHaveSingleItem().Field.ShouldBe("account_number");

        await journal.Register(new CardRow(3, Given.Card(state: CardState.Returned)), new CardRow(4, Given.Card(serial: 5)));
        var card = (await journal.Reader.LoadCard(Given.Token())).ShouldNotBeNull();
        (card.Account, card.State, card.Version).ShouldBe((Given.Number(5), CardState.Active, 3));
    }

    [Theory, EveryStore]
    public async Task Rows_of_one_import_see_those_before_them_also_of_the_same_card(Store store)
    {
        await using var journal = await databases.Open(store);

        var outcome = await Import(
            journal,
            new CardRow(1, Given.Card()),
            new BuildingRow(2, Given.Building),
            new AccountRow(3, Given.Account()),
            new AccountRow(4, Given.Account()),
            new CardRow(5, Given.Card(state: CardState.Issued)),
            new CardRow(6, Given.Card()),
            new CardRow(7, Given.Card(state: CardState.Lost)),
            new CardRow(8, Given.Card()));

        outcome.Bad.Select(bad => (bad.Number, bad.Field)).ShouldBe([(1, "account_number"), (8, "state")]);
        (outcome.Added, outcome.Changed, outcome.Unchanged).ShouldBe((3, 2, 1));
        var card = (await journal.Reader.LoadCard(Given.Token())).ShouldNotBeNull();
        (card.State, card.Version).ShouldBe((CardState.Lost, 3));
    }

    [Theory, EveryStore]
    public async Task Ten_thousand_rows_at_once_are_taken(Store store)
    {
        await using var journal = await databases.Open(store);
        var rows = Enumerable.Range(1, 10_000).Select(serial => new AccountRow(serial, Given.Account(serial))).ToArray();

        (await Import(journal, [.. rows])).Added.ShouldBe(10_000);

        (await journal.Number("select count(*) from account")).ShouldBe(10_000);
    }

    private async Task<TestJournal> Registered(Store store)
    {
        var journal = await databases.Open(store);
        await journal.Register(new BuildingRow(1, Given.Building), new AccountRow(2, Given.Account()), new AccountRow(3, Given.Account(5)));
        return journal;
    }

    private static Task<RegistryOutcome> Import(TestJournal journal, params RegistryRow[] rows) => journal.Registry.Import(rows, CancellationToken.None);
}
