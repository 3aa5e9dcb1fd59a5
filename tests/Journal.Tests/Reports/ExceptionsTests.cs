using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.Reports;

/// <summary>The facts that would have been refused, for the school to look into.</summary>
[Collection(OnEveryStore.Name)]
[Trait("Rule", "O4")]
public sealed class ExceptionsTests(Databases databases)
{
    private static readonly DeviceId Till = new(501);

    private static readonly Interval All = new(Given.Morning, Given.Morning + Duration.FromHours(1));

    [Theory, EveryStore]
    public async Task Only_what_has_marks_is_told_by_school_and_time(Store store)
    {
        await using var journal = await databases.Open(store);
        await journal.Register(new BuildingRow(1, new BuildingProfile(new BuildingId(1501), Given.Zone)), new DeviceRow(2, new Device(Till, DeviceKind.Till, new BuildingId(1501), Given.Seller)));
        var (ledger, other) = (new Ledger(7), new Ledger(8));
        ledger.TopUp();
        ledger.Sell();
        var (marked, fine) = (ledger.Sell() with { Marks = FactMarks.OverLimit, Device = Till }, ledger.Sell() with { Marks = FactMarks.None, Device = Till });
        other.TopUp();
        var elsewhere = other.Redeem() with { Marks = FactMarks.SecondMeal | FactMarks.CardRefused, Device = new DeviceId(999) };
        await journal.Commit([.. ledger.Entries.Take(2), marked, fine, other.Entries[0], elsewhere]);

        (await Read(journal, null, All)).ShouldBe([(marked.Account, marked.Seq, FactMarks.OverLimit, 1501), (elsewhere.Account, elsewhere.Seq, FactMarks.SecondMeal | FactMarks.CardRefused, 0)]);
        (await Read(journal, 1501, All)).ShouldBe([(marked.Account, marked.Seq, FactMarks.OverLimit, 1501)]);
        (await Read(journal, 1502, All)).ShouldBeEmpty();
        (await Read(journal, null, new Interval(marked.RecordedAt, marked.RecordedAt + Duration.FromMilliseconds(1)))).Count.ShouldBe(1);
        (await Read(journal, null, new Interval(Given.Morning, elsewhere.RecordedAt))).ShouldBeEmpty("what is recorded at its end is not part of it");
    }

    private static async Task<List<(AccountNumber, long, FactMarks?, int)>> Read(TestJournal journal, int? building, Interval recorded) =>
        await journal.Reports.ReadExceptions(building is { } id ? new BuildingId(id) : null, recorded, default).Select(line => (line.Entry.Account, line.Entry.Seq, line.Entry.Marks, line.Building.Value)).ToListAsync();
}
