using Zvonok.Journal.Audit;
using Zvonok.Journal.Tests.Days;
using Zvonok.Journal.Tests.Notices;
using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.Audit;

/// <summary>Each check finds its own corruption, made behind the journal's back, and no other check cries.</summary>
[Collection(OnEveryStore.Name)]
public sealed class AuditTests(Databases databases)
{
    private const long Serial = 4_021_337;

    /// <summary>What breaks, how it is named, and the statement that breaks it; {0} is an account that has 6 entries, {1} one whose fourth is a sale on credit and whose fifth takes it back, and whose eighth and eleventh are meals at public cost, and which has moved money: to itself, away and back, and away; and ordered: what was served, cancelled, left, and is open.</summary>
    private static readonly (int Invariant, string Name, string Corruption)[] Corruptions =
    [
        (1, "Every operation is in its account's ledger once",
            "update entry set operation = (select operation from entry as other where account = {0} and seq = 1) where account = {0} and seq = 4"),
        (1, "Every operation is in its building's passages once",
            "update passage set operation = (select operation from passage as other where building = 1501 and seq = 1) where building = 1501 and seq = 3"),
        (2, "Entries are numbered 1, 2, 3 without a gap", "update entry set seq = 9 where account = {0} and seq = 6"),
        (2, "Entries are numbered 1, 2, 3 without a gap", "update entry set seq = -seq; update entry set seq = 1 - seq; update entry set reversed_seq = reversed_seq + 1; update entry set counterpart_seq = counterpart_seq + 1; update transfer set seq = seq + 1; update preorder set seq = seq + 1"),
        (2, "Passages are numbered 1, 2, 3 without a gap", "delete from passage where building = 1501 and seq = 2"),
        (2, "Passages are numbered 1, 2, 3 without a gap", "delete from passage where building = 1501 and seq = 1"),
        (2, "Every balance is the one before plus the amount", "update entry set meal_after = meal_after + 1 where account = {0} and seq = 3"),
        (2, "Every balance is the one before plus the amount", "update entry set transport_after = transport_after + 1 where account = {0} and seq = 3"),
        (2, "Recording times never go back",
            "update entry set recorded_at = (select recorded_at from entry as other where account = {0} and seq = 1) where account = {0} and seq = 5"),
        (2, "Recording times never go back",
            "update passage set recorded_at = (select recorded_at from passage as other where building = 1501 and seq = 1) where building = 1501 and seq = 3"),
        (3, "Every amount has a contra account", "update entry set contra = 0 where account = {0} and seq = 2"),
        (3, "Every amount has a contra account", "update entry set contra = 1000000007 where account = {0} and seq = 6"),
        (3, "Purses and contra accounts add up to zero", "update entry set payer = null where account = {1} and seq = 11"),
        (3, "Purses and contra accounts add up to zero",
            "update entry set purse = 3, amount = 500, contra = 1000000007 where account = {0} and seq = 6"),
        (3, "Every transfer ends once, or is on its way", "delete from transfer"),
        (3, "Every transfer ends once, or is on its way", "update entry set counterpart_seq = 99 where account = {1} and kind = 10"),
        (3, "Every transfer ends once, or is on its way", "update entry set reversed_seq = (select min(seq) from entry as other where account = {1} and kind = 9) where account = {1} and kind = 12"),
        (3, "Every transfer ends once, or is on its way", "update entry set reversed_seq = 1 where account = {1} and kind = 12"),
        (4, "No purse is below its floor",
            "update entry set meal_after = meal_after - 1000000 where account = {0}; update entry set amount = amount - 1000000 where account = {0} and seq = 1"),
        (4, "No purse is below its floor",
            "update entry set transport_after = transport_after - 9000 where account = {0} and seq >= 4; update entry set amount = amount - 9000 where account = {0} and seq = 4"),
        (4, "No purse is below its floor", "update entry set credit_floor = -9999 where account = {1} and seq = 4"),
        (4, "No purse is below its floor", "update entry set credit_floor = null where account = {1} and seq = 4"),
        (5, "No sale is over the day's limit", "update limit_change set daily = 14999"),
        (5, "No sale is over the day's limit of its category", "update limit_change set hot_meal = 14999"),
        (5, "No sale is over the day's limit of its category", "update limit_change set buffet = 14999; update entry set buffet_spent_after = 15000 where account = {0} and seq = 2"),
        (5, "No ride is over the day's limit", "update limit_change set rides = 4599 where account = {1}"),
        (5, "No meal is had at public cost twice on a day", "update entry set limit_day = (select limit_day from entry as other where account = {1} and seq = 8) where account = {1} and seq = 11"),
        (7, "Every annulment is of one admitted passage, and says where the person is without it", "update passage set annulled = 4 where building = 1501 and seq = 5"),
        (7, "Every annulment is of one admitted passage, and says where the person is without it", "update passage set annulled = 7 where building = 1501 and seq = 6"),
        (7, "Every annulment is of one admitted passage, and says where the person is without it", "update passage set account = account + 1 where building = 1501 and seq = 6"),
        (7, "Every annulment is of one admitted passage, and says where the person is without it", "update passage set inside_since = recorded_at where building = 1501 and seq = 6"),
        (7, "Every annulment is of one admitted passage, and says where the person is without it", "update passage set direction = 2 where building = 1501 and seq in (1, 2)"),
        (7, "Every admission by hand has an employee who answers for it", "update passage set vouched_by = null where building = 1501"),
        (8, "Every fact that a guardian subscribed to has a notice", "delete from notice"),
        (8, "Every notice is of a fact",
            "insert into notice (partition, fact_stream, fact_id, fact_seq, kind, receiver, state, tries, at) select partition, fact_stream, fact_id, 2, kind, receiver, state, tries, at from notice"),
        (9, "No sale is taken back for more than it cost", "update entry set reversed_seq = 2 where account = {1} and seq = 5"),
        (9, "No sale is taken back for more than it cost", "update entry set reversed_seq = 1 where account = {0} and seq = 3"),
        (10, "Every order ends once, or is open", "delete from preorder"),
        (10, "Every order ends once, or is open", "update preorder set seq = seq + 1"),
        (10, "Every order ends once, or is open", "update entry set reversed_seq = (select min(seq) from entry as other where account = {1} and kind = 16) where account = {1} and kind in (17, 18, 19)"),
        (10, "Every order ends once, or is open", "update entry set reversed_seq = 1 where account = {1} and kind = 19"),
        (11, "Every card stands where its log says", "update card set state = 4 where state = 2"),
        (11, "Every card stands where its log says", "update card_event set version = 9 where version = 2"),
        (11, "Both cards of a replacement are in the log", "delete from card_event where part = 1"),
        (11, "Both cards of a replacement are in the log", "update card_event set other = token where part = 0"),
    ];

    public static TheoryData<Store, int> EveryCorruption()
    {
        var all = new TheoryData<Store, int>();
        foreach (var store in Enum.GetValues<Store>())
            for (var i = 0; i < Corruptions.Length; i++) all.Add(store, i);
        return all;
    }

    [Theory, EveryStore]
    public async Task Good_data_are_clean_and_all_of_them_are_checked(Store store)
    {
        await using var journal = await Morning(store);
        var reported = new List<AuditFinding>();

        var findings = await journal.Auditor.Run(reported.Add, CancellationToken.None);

        findings.ShouldAllBe(finding => finding.IsClean && finding.Example == null);
        reported.ShouldBe(findings);
        findings.Select(finding => finding.Checked).ShouldBe([29, 8, 2, 2, 29, 37, 29, 8, 5, 29, 4, 3, 1, 3, 2, 1, 1, 1, 3, 8, 2, 2]);
    }

    [Theory, EveryStore]
    public async Task Nothing_at_all_is_clean(Store store)
    {
        await using var journal = await databases.Open(store);

        (await journal.Auditor.Run(_ => { }, CancellationToken.None)).ShouldAllBe(finding => finding.IsClean && finding.Checked == 0);
    }

    [Theory, EveryStore]
    [Trait("Rule", "O3")]
    public async Task A_fact_may_be_below_the_floor_and_over_the_limit_when_it_says_so_and_only_then(Store store)
    {
        await using var journal = await databases.Open(store);
        await journal.Register(new AccountRow(1, Given.Account(Serial, limit: 10_000)));
        var ledger = new Ledger(Serial);
        ledger.Sell(12_000);
        ledger.Ride(5_000);
        ledger.Redeem();
        ledger.TopUp();
        await journal.Commit([.. ledger.Entries.Select(entry => entry.Kind is EntryKind.Sale or EntryKind.Ride ? entry with { Marks = FactMarks.Overdrawn | FactMarks.OverLimit } : entry)]);

        (await journal.Auditor.Run(_ => { }, CancellationToken.None)).ShouldAllBe(finding => finding.IsClean);
        await journal.Sql("update entry set marks = 0 where marks is not null");

        (await journal.Auditor.Run(_ => { }, CancellationToken.None)).Where(finding => !finding.IsClean).Select(finding => (finding.Invariant, finding.Name)).ShouldBe(
            [(4, "No purse is below its floor"), (5, "No sale is over the day's limit")]);
    }

    [Theory, EveryStore]
    [Trait("Rule", "O3")]
    public async Task A_report_may_come_before_its_passage_which_annuls_itself_then_and_only_then(Store store)
    {
        await using var journal = await databases.Open(store);
        await journal.Register(new BuildingRow(1, Given.Building));
        var passage = Given.Passage(2);
        await journal.Commit(Given.NotPassed(1, 0) with { Account = null, Annulment = new Annulment(0, null, passage.Operation) }, passage with { Annulment = new Annulment(2, null) }, Given.Passage(3));

        (await Breaches()).ShouldBeEmpty();
        foreach (var corruption in (string[])["update passage set annulled = null where seq = 2", "update passage set annulled = 3 where seq = 3", "update passage set annulled = 2 where seq = 2; delete from passage where seq = 1"])
        {
            await journal.Sql(corruption);
            (await Breaches()).ShouldContain("Every annulment is of one admitted passage, and says where the person is without it");
        }

        async Task<IReadOnlyList<string>> Breaches() => [.. (await journal.Auditor.Run(_ => { }, CancellationToken.None)).Where(finding => !finding.IsClean).Select(finding => finding.Name)];
    }

    [Theory]
    [MemberData(nameof(EveryCorruption))]
    public async Task A_corruption_is_found_by_its_own_check_alone(Store store, int number)
    {
        var (invariant, name, corruption) = Corruptions[number];
        await using var journal = await Morning(store);

        await journal.Sql(string.Format(System.Globalization.CultureInfo.InvariantCulture, corruption, Given.Number(Serial), Given.Number(8)));

        var findings = await journal.Auditor.Run(_ => { }, CancellationToken.None);
        var breach = findings.Where(finding => !finding.IsClean).ShouldHaveSingleItem();
        (breach.Invariant, breach.Name).ShouldBe((invariant, name));
        breach.Breaches.ShouldBeInRange(1, breach.Checked);
        breach.Example.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public void Every_check_has_a_corruption_and_a_name_of_its_own()
    {
        AuditChecks.All.Select(check => (check.Invariant, check.Name)).ShouldBeUnique();
        Corruptions.Select(corruption => (corruption.Invariant, corruption.Name)).Distinct()
            .ShouldBe(AuditChecks.All.Select(check => (check.Invariant, check.Name)), ignoreOrder: true);
    }

    /// <summary>Two accounts with 6 and 23 entries, two buildings with 7 and 1 passages; of the last one a guardian is told; and two cards, one in the place of the other.</summary>
    private async Task<TestJournal> Morning(Store store)
    {
        var journal = await databases.Open(store);
        var (ledger, other) = (new Ledger(Serial), new Ledger(8));
        ledger.TopUp();
        ledger.Reverse(ledger.Sell());
        ledger.TopUp(5_000, Purse.Transport);
        ledger.TopUp(100);
        ledger.ChangeLimit();
        other.TopUp();
        other.Sell();
        other.Sell(day: Given.Today.PlusDays(-1));
        other.Reverse(other.Sell(30_000, creditFloor: -10_000));
        other.TopUp(5_000, Purse.Transport);
        other.Ride();
        other.Redeem();
        other.GiveBack(other.Redeem(day: Given.Today.PlusDays(-1)));
        other.Redeem(day: Given.Today.PlusDays(-1));
        other.Receive(other.Send(other.Account));
        other.TakeBack(other.Send(ledger.Account));
        other.EndOrder(other.Order());
        other.EndOrder(other.Order(), EntryKind.OrderCancel);
        other.EndOrder(other.Order(), EntryKind.OrderExpiry);
        await journal.Commit([.. ledger.Entries, .. other.Entries]);
        await DayStoreTests.Place(journal, other, Given.Today);
        var transfer = new Transfer { Operation = Given.Operation(), From = Purse.Meal, To = ledger.Account, ToPurse = Purse.Meal };
        var open = other.Send(ledger.Account);
        (await journal.Writer.Append(new AccountAppend(open) { Begun = OpenTransfer.Of(open, transfer) })).ShouldBe(AppendOutcome.Committed);
        await journal.Sql($"insert into limit_change (account, seq, daily, hot_meal, buffet) values ({ledger.Account}, 0, 15000, 15000, 15000)");
        await journal.Sql($"insert into limit_change (account, seq, rides) values ({other.Account}, 0, 4600)");
        Passage[] passages = [Given.Passage(), Given.Passage(2), Given.Passage(3), Given.ManualAdmission(4), Given.NotPassed(5, 3, insideSince: Given.Morning), Given.NotPassed(6, 4, insideSince: Given.Morning), Given.NotPassed(7, 4)];
        foreach (var passage in passages)
            await journal.Commit(passage with { RecordedAt = Given.Morning + Duration.FromSeconds(passage.Seq), Outcome = passage.Seq == 7 ? PassageOutcome.Refused : PassageOutcome.Admitted });
        await journal.Register(new AccountRow(1, Given.Account()));
        await journal.Subscriptions.Replace(Given.Number(), "subject-17", [GivenNotices.Subscription()]);
        await journal.Commit(Given.Passage(building: 7));
        await journal.RegisterCards(Given.Card(1));
        await journal.Do(GivenCards.Replace(Given.Token(1), Given.Token(2)));
        await journal.TellAll();
        return journal;
    }
}
