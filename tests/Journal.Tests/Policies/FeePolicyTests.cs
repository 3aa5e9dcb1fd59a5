using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.Policies;

[Collection(OnEveryStore.Name)]
[Trait("Rule", "M13")]
public sealed class FeePolicyTests(Databases databases)
{
    private const FeeKind Card = FeeKind.CardReplacement;

    [Theory, EveryStore]
    public async Task The_schools_own_policy_goes_before_the_citys(Store store)
    {
        await using var journal = await databases.Open(store);
        await journal.Register(new BuildingRow(1, Given.Building));
        (await journal.Fees.Find(Given.School, Card)).ShouldBe(Money.Zero);

        (await journal.Fees.Set(new FeePolicy(null, Card, new Money(15_000)))).ShouldBeTrue();
        (await journal.Fees.Find(Given.School, Card)).ShouldBe(new Money(15_000));
        (await journal.Fees.Set(new FeePolicy(Given.School, Card, new Money(1)))).ShouldBeTrue();
        (await journal.Fees.Set(new FeePolicy(Given.School, Card, Money.Zero))).ShouldBeTrue();
        (await journal.Fees.Find(Given.School, Card)).ShouldBe(Money.Zero, "it is waived there");
        (await journal.Fees.Find(Given.School, (FeeKind)2)).ShouldBe(Money.Zero);

        (await journal.Fees.List(0, default, 10)).ShouldBe([new FeePolicy(null, Card, new Money(15_000)), new FeePolicy(Given.School, Card, Money.Zero)]);
        (await journal.Fees.List(0, default, 1)).ShouldBe([new FeePolicy(null, Card, new Money(15_000))]);
        (await journal.Fees.List(Given.School.Value, Card, 10)).ShouldBe([new FeePolicy(Given.School, Card, Money.Zero)]);

        for (var times = 0; times < 2; times++) (await journal.Fees.Remove(Given.School, Card)).ShouldBeTrue();
        (await journal.Fees.Find(Given.School, Card)).ShouldBe(new Money(15_000));
        (await journal.Fees.Remove(null, Card)).ShouldBeTrue();
        (await journal.Fees.List(0, default, 10)).ShouldBeEmpty();
    }

    [Theory, EveryStore]
    public async Task A_school_that_nobody_registered_has_none(Store store)
    {
        await using var journal = await databases.Open(store);

        (await journal.Fees.Set(new FeePolicy(Given.School, Card, new Money(1)))).ShouldBeFalse();
        (await journal.Fees.Remove(Given.School, Card)).ShouldBeFalse();
        (await journal.Fees.List(0, default, 10)).ShouldBeEmpty();
    }
}
