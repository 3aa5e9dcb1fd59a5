using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.Registry;

[Collection(OnEveryStore.Name)]
public sealed class GroupImportTests(Databases databases)
{
    private static readonly RoleNames Roles = RoleNames.Of("head", "guard");

    [Theory, EveryStore]
    [Trait("Rule", "S2")]
    [Trait("Rule", "S3")]
    public async Task A_cards_holder_has_the_group_and_the_roles_of_the_newest_row_and_the_card_is_named(Store store)
    {
        await using var journal = await databases.Open(store);
        await journal.Register(new BuildingRow(1, Given.Building), new AccountRow(2, Given.Account(limit: 30_000) with { Group = "7-B" }), new CardRow(3, Given.Card()));
        (await Loaded(journal)).ShouldBe(("7-B", RoleNames.None));

        var outcome = await Import(journal, new AccountRow(1, Given.Account() with { Group = "8-B", Roles = Roles }));

        outcome.Changed.ShouldBe(1);
        outcome.ChangedCards.ShouldBe([Given.Token()]);
        (await Loaded(journal)).ShouldBe(("8-B", Roles));
        (await journal.Reader.LoadAccount(Given.Number())).ShouldNotBeNull().Profile.ShouldBe(Given.Account(limit: 30_000) with { Group = "8-B", Roles = Roles }, "its limit is its family's");
        (await Import(journal, new AccountRow(1, Given.Account() with { Group = "8-B", Roles = Roles }))).Unchanged.ShouldBe(1);
        await journal.Register(new AccountRow(1, Given.Account()));
        (await Loaded(journal)).ShouldBe((null, RoleNames.None));
    }

    [Theory, EveryStore]
    [Trait("Rule", "S1")]
    [Trait("Rule", "S3")]
    public async Task A_building_has_the_roles_that_its_newest_row_names(Store store)
    {
        await using var journal = await databases.Open(store);
        await journal.Register(new BuildingRow(1, Given.Building));
        var named = Given.Building with { LockdownRoles = RoleNames.Of("guard"), SafetyRoles = Roles };

        (await Import(journal, new BuildingRow(1, named))).ChangedBuildings.ShouldBe([Given.School]);

        (await journal.Reader.LoadBuilding(Given.School)).ShouldNotBeNull().Profile.ShouldBe(named);
    }

    [Theory, EveryStore]
    [Trait("Rule", "S1")]
    [Trait("Rule", "S2")]
    public async Task A_building_is_read_with_the_changes_of_mode_since_the_last_that_was_no_evacuation(Store store)
    {
        await using var journal = await databases.Open(store);
        await journal.Register(new BuildingRow(1, Given.Building));
        (BuildingMode Mode, PassageOutcome Outcome)[] changes =
        [
            (BuildingMode.Evacuation, PassageOutcome.Admitted), (BuildingMode.Normal, PassageOutcome.Admitted), (BuildingMode.Lockdown, PassageOutcome.Admitted),
            (BuildingMode.Evacuation, PassageOutcome.Admitted), (BuildingMode.Evacuation, PassageOutcome.Refused), (BuildingMode.Evacuation, PassageOutcome.Admitted),
        ];
        for (var n = 0; n < changes.Length; n++)
        {
            var passage = Given.Passage(n + 1) with { Kind = PassageKind.ModeChange, ModeAfter = changes[n].Mode, Outcome = changes[n].Outcome };
            await journal.Commit(passage);
        }

        await journal.Commit(Given.Passage(7) with { Kind = PassageKind.FoundMark, ModeAfter = BuildingMode.Evacuation, Vouching = new Vouching(Given.Number(7), "") });
        await journal.Commit(Given.Passage(8) with { ModeAfter = BuildingMode.Evacuation });

        var record = (await journal.Reader.LoadBuilding(Given.School)).ShouldNotBeNull();

        record.SinceLastMode.Select(passage => passage.Seq).ShouldBe([3, 4, 6, 7]);
    }

    [Theory, EveryStore]
    [Trait("Rule", "S2")]
    public async Task The_groups_of_accounts_are_read_and_a_checkpoint_keeps_what_a_roll_call_tells(Store store)
    {
        await using var journal = await databases.Open(store);
        await journal.Register(new BuildingRow(1, Given.Building), new AccountRow(2, Given.Account(1) with { Group = "7-B" }), new AccountRow(3, Given.Account(2)));
        RollCallNote[] notes =
        [
            new(Given.Number(1), new DeviceId(601), true, "7-B"), new(Given.Number(2), default, true, null), new(Given.Number(3), new DeviceId(602), false, null), new(Given.Number(4), new DeviceId(601), true, "7-B"),
        ];
        await journal.Writer.Append(new BuildingAppend(Given.Passage()) { Checkpoint = new PresenceCheckpoint(Given.School, 0, Given.Today, PresenceSnapshot.Empty) { RollCall = notes } });

        var groups = await journal.Reader.ReadGroups([Given.Number(1), Given.Number(2), Given.Number(3)]);

        groups.ShouldBe(new Dictionary<AccountNumber, string?> { [Given.Number(1)] = "7-B", [Given.Number(2)] = null }, ignoreOrder: true);
        (await journal.Reader.LoadBuilding(Given.School)).ShouldNotBeNull().Checkpoint.ShouldNotBeNull().RollCall.ShouldBe(notes);
        await journal.Sql("update presence_checkpoint set roll_call = null");
        (await journal.Reader.LoadBuilding(Given.School)).ShouldNotBeNull().Checkpoint.ShouldNotBeNull().RollCall.ShouldBeEmpty("as older programs have written it");
    }

    private static Task<RegistryOutcome> Import(TestJournal journal, RegistryRow row) => journal.Registry.Import([row], CancellationToken.None);

    private static async Task<(string? Group, RoleNames Roles)> Loaded(TestJournal journal) => (await journal.Reader.LoadCard(Given.Token())) is { } card ? (card.Group, card.Roles) : default;
}
