using Zvonok.Journal.PickUps;
using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.PickUps;

[Collection(OnEveryStore.Name)]
[Trait("Rule", "P8")]
[Trait("Rule", "N4")]
public sealed class PickUpTests(Databases databases)
{
    private static readonly PickUpRight Allow = new(Given.Number(88), Given.Number(), IsDeny: false, Brings: true, Collects: true);

    [Theory, EveryStore]
    public async Task Rights_of_every_content_come_back_to_their_adult(Store store)
    {
        await using var journal = await databases.Open(store);

        await Any.PickUp.Array[1, 9].SampleAsync(async drawn =>
        {
            var rights = drawn.DistinctBy(right => (right.Adult, right.Child, right.IsDeny)).ToList();
            await journal.Register([.. rights.SelectMany(right => new[] { right.Adult, right.Child }).Distinct().Select((number, i) => new AccountRow(i + 1, Given.Account() with { Number = number }))]);

            await journal.Register([.. rights.Select((right, i) => new PickUpRow(i + 1, right))]);

            foreach (var adult in rights.Select(right => right.Adult).Distinct())
                (await Of(journal, adult)).ShouldBe(rights.Where(right => right.Adult == adult), ignoreOrder: true);
        }, iter: 20, threads: 1);
    }

    [Theory, EveryStore]
    public async Task A_right_takes_the_place_of_the_same_adults_and_childs_with_the_same_effect(Store store)
    {
        await using var journal = await databases.Open(store);
        await journal.Register(new AccountRow(1, Given.Account()), new AccountRow(2, Given.Account(88)));

        (await Import(journal, new PickUpRow(1, Allow), new PickUpRow(2, Allow with { IsDeny = true }))).Added.ShouldBe(2);
        var outcome = await Import(journal, new PickUpRow(1, Allow), new PickUpRow(2, Allow with { IsDeny = true, Brings = false, Until = Given.Today }));

        (outcome.Added, outcome.Changed, outcome.Unchanged).ShouldBe((0, 1, 1));
        (await Of(journal, Allow.Adult)).ShouldBe([Allow, Allow with { IsDeny = true, Brings = false, Until = Given.Today }]);
        (await Of(journal, Allow.Child)).ShouldBeEmpty();
    }

    [Theory, EveryStore]
    public async Task A_right_of_nobody_or_to_nobody_and_one_too_many_are_told_and_left_out(Store store)
    {
        await using var journal = await databases.Open(store);
        await journal.Register([.. Enumerable.Range(1, Limits.PickUpRightsMax + 1).Append(88).Select(n => new AccountRow(n, Given.Account(n)))]);

        var outcome = await Import(
            journal,
            [
                .. Enumerable.Range(1, Limits.PickUpRightsMax + 1).Select(n => new PickUpRow(n, Allow with { Child = Given.Number(n) })),
                new PickUpRow(100, Allow with { Adult = Given.Number(5_000) }), new PickUpRow(101, Allow with { Child = Given.Number(5_000) }),
            ]);

        outcome.Added.ShouldBe(Limits.PickUpRightsMax);
        outcome.Bad.Select(bad => (bad.Number, bad.Field)).ShouldBe([(65, "adult_account_number"), (100, "adult_account_number"), (101, "child_account_number")]);
        // One that is there already may be changed all the same.
        (await Import(journal, new PickUpRow(1, Allow with { Child = Given.Number(1), Collects = false }))).Changed.ShouldBe(1);
    }

    private static Task<RegistryOutcome> Import(TestJournal journal, params RegistryRow[] rows) => journal.Registry.Import(rows, CancellationToken.None);

    private static Task<IReadOnlyList<PickUpRight>> Of(TestJournal journal, AccountNumber adult) =>
        new PickUpStore(journal.Database, new Queries(journal.Database, journal.Database.Source, journal.Health, "pick-ups")).Of(adult);
}
