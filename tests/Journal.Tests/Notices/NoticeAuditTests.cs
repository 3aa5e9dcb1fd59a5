using Zvonok.Domain.Notices;
using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.Notices;

/// <summary>The audit says in SQL what the rules say in code: both have to find the same notices due.</summary>
[Collection(OnEveryStore.Name)]
[Trait("Rule", "A6")]
public sealed class NoticeAuditTests(Databases databases)
{
    private const string Check = "Every fact that a guardian subscribed to has a notice";

    [Theory, EveryStore]
    public async Task What_the_rules_tell_is_what_the_audit_asks_for_whatever_happened(Store store)
    {
        await using var journal = await databases.Open(store);
        await journal.Register(new AccountRow(1, Given.Account()), new AccountRow(2, Given.Account(8)));
        await journal.Commit(Any.Passage.Array[20].Single().Select((passage, i) => passage with { Building = Given.School, Seq = i + 1, Account = Given.Number() }));
        var kinds = Enum.GetValues<NoticeKind>();
        await journal.Subscriptions.Replace(Given.Number(), "subject-17", [.. kinds.Select(kind => GivenNotices.Subscription($"{kind}@example.org", kinds: kind))]);
        await journal.Subscriptions.Replace(Given.Number(8), "subject-18", [GivenNotices.Subscription(guardian: "subject-18", serial: 8)]);
        var balances = Gen.Long[-5_000, 20_000].Array[60].Single();
        await journal.Commit(Any.Entry.Array[60].Single().Select((entry, i) => entry with
        {
            Seq = i + 1,
            Account = Given.Number(),
            Amount = new Money(balances[i] - (i == 0 ? 0 : balances[i - 1])),
            MealAfter = new Money(balances[i]),
            // Sums of what no purse can hold would overflow.
            TransportAfter = Money.Zero,
        }));
        await journal.Commit(Any.Passage.Array[60].Single().Select((passage, i) => passage with { Building = new BuildingId(7), Seq = i + 1, Account = i % 2 == 0 ? Given.Number() : Given.Number(8) }));
        // One who asked for coming and leaving, and for one way of being handed over: each is told once.
        await journal.Subscriptions.Replace(Given.Number(8), "subject-19", [GivenNotices.Subscription(guardian: "subject-19", serial: 8, kinds: [NoticeKind.Came, NoticeKind.Left, NoticeKind.Collected])]);
        await journal.Commit(Any.Passage.Array[60].Single().Select((passage, i) => passage with
        {
            Building = new BuildingId(8), Seq = i + 1, Account = i % 2 == 0 ? Given.Number() : Given.Number(8), Kind = PassageKind.HandOver, Outcome = (PassageOutcome)(1 + i % 3), Direction = (Direction)(1 + i / 6 % 3),
        }));

        var told = await journal.TellAll();

        told.Select(key => key.Kind).Distinct().Count().ShouldBeGreaterThan(3);
        foreach (var kind in (NoticeKind[])[NoticeKind.Brought, NoticeKind.Collected, NoticeKind.HandOverRefused]) told.ShouldContain(key => key.Kind == kind);
        var (isChecked, breaches) = await Audit(journal);
        (isChecked, breaches).ShouldBe((told.Count, 0));
        foreach (var kind in told.Select(key => key.Kind).Distinct())
        {
            await journal.Sql($"delete from notice where kind = {(short)kind}");
            (await Audit(journal)).Breaches.ShouldBe(breaches += told.Count(key => key.Kind == kind));
        }
    }

    private static async Task<(long Checked, long Breaches)> Audit(TestJournal journal)
    {
        var finding = (await journal.Auditor.Run(_ => { }, default)).Single(finding => finding.Name == Check);
        return (finding.Checked, finding.Breaches);
    }
}
