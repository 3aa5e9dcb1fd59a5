using Zvonok.Api.Tests.Servers;
using Zvonok.Family.V1;
using Zvonok.Gate.V1;
using RefusalReason = Zvonok.Gate.V1.RefusalReason;

namespace Zvonok.Api.Tests.Families;

[Collection(nameof(World))]
[Trait("Rule", "A3")]
public sealed class HistoryTests(World world)
{
    private readonly Server _server = world.Server;

    [Fact]
    public async Task Money_meals_passages_and_settings_are_in_one_list_newest_first()
    {
        var pupil = await _server.NewPupil(meal: 50_000);
        var tap = Given.Tap(_server.NewId(), pupil);
        await _server.Gates.TapAsync(tap);
        await _server.Tills.SellAsync(Given.Sell(_server.NewId(), pupil));
        await _server.Families.SetDailyLimitAsync(new SetDailyLimitRequest { OperationId = _server.NewId(), AccountNumber = pupil.Number, LimitKopecks = 1 });
        await _server.Gates.TapAsync(Given.Tap(_server.NewId(), pupil, gate: Given.ClubGate));

        var records = (await List(pupil)).Records;

        records.Select(KeyOf).Where(key => key.StartsWith("entry", StringComparison.Ordinal)).ShouldBe(["entry 3", "entry 2", "entry 1"]);
        records.Select(record => record.Entry?.RecordTime ?? record.Passage.RecordTime).ShouldBeInOrder(SortDirection.Descending);
        var passages = records.Select(record => record.Passage).OfType<Passage>().ToList();
        passages.Select(passage => passage.BuildingId).ShouldBe([Given.Club, Given.School]);
        passages[0].ShouldSatisfyAllConditions(
            passage => passage.Outcome.ShouldBe(Outcome.Refused), passage => passage.RefusalReason.ShouldBe(RefusalReason.NoAccessRight), passage => passage.DeviceId.ShouldBe(Given.ClubGate));
        passages[1].ShouldSatisfyAllConditions(
            passage => passage.Outcome.ShouldBe(Outcome.Admitted), passage => passage.Direction.ShouldBe(Direction.In), passage => passage.PassageNumber.ShouldBeGreaterThan(0),
            passage => passage.RecordTime.ShouldBeGreaterThanOrEqualTo(passage.EventTime), passage => passage.DeviceId.ShouldBe(Given.Gate));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(200)]
    public async Task Pages_hold_every_record_once(int size)
    {
        var pupil = await _server.NewPupil();
        for (var n = 0; n < 4; n++)
        {
            await _server.TopUp(pupil, 1);
            await _server.Gates.TapAsync(Given.Tap(_server.NewId(), pupil, n % 2 == 0 ? Direction.In : Direction.Out));
        }

        var all = (await List(pupil)).Records.Select(KeyOf).ToList();
        var seen = new List<string>();
        var token = "";
        do
        {
            var page = await List(pupil, size, token);
            page.Records.Count.ShouldBeInRange(1, size);
            seen.AddRange(page.Records.Select(KeyOf));
            token = page.NextPageToken;
        }
        while (token.Length > 0);

        all.Count.ShouldBe(8);
        seen.ShouldBe(all);
    }

    [Fact]
    public async Task A_page_holds_50_when_nothing_is_said()
    {
        var pupil = await _server.NewPupil();
        for (var n = 0; n < 51; n++) await _server.TopUp(pupil, 1);

        var first = await List(pupil);
        var second = await List(pupil, token: first.NextPageToken);

        first.Records.Count.ShouldBe(50);
        second.Records.ShouldHaveSingleItem().Entry.EntryNumber.ShouldBe(1);
        second.NextPageToken.ShouldBeEmpty();
    }

    [Fact]
    public async Task New_records_do_not_shift_the_next_page()
    {
        var pupil = await _server.NewPupil();
        for (var n = 0; n < 4; n++) await _server.TopUp(pupil, 1);
        var first = await List(pupil, 2);
        await _server.TopUp(pupil, 1);
        await _server.Gates.TapAsync(Given.Tap(_server.NewId(), pupil));

        (await List(pupil, 2, first.NextPageToken)).Records.Select(KeyOf).ShouldBe(["entry 2", "entry 1"]);
    }

    [Fact]
    public async Task A_history_without_records_is_empty() => (await List(await _server.NewPupil())).ShouldBe(new ListHistoryResponse());

    [Fact]
    public async Task Kinds_are_filtered()
    {
        var pupil = await _server.NewPupil(meal: 50_000);
        await _server.Gates.TapAsync(Given.Tap(_server.NewId(), pupil));
        await _server.Tills.SellAsync(Given.Sell(_server.NewId(), pupil));
        await _server.Families.SetDailyLimitAsync(new SetDailyLimitRequest { OperationId = _server.NewId(), AccountNumber = pupil.Number, LimitKopecks = 1 });

        (await Kinds(HistoryKind.Money)).ShouldBe(["entry 1"]);
        (await Kinds(HistoryKind.Meal)).ShouldBe(["entry 2"]);
        (await Kinds(HistoryKind.Setting)).ShouldBe(["entry 3"]);
        (await Kinds(HistoryKind.Passage)).ShouldHaveSingleItem().ShouldStartWith("passage");
        (await Kinds(HistoryKind.Setting, HistoryKind.Money, HistoryKind.Money)).ShouldBe(["entry 3", "entry 1"]);

        async Task<IEnumerable<string>> Kinds(params HistoryKind[] kinds) =>
            (await _server.Families.ListHistoryAsync(new ListHistoryRequest { AccountNumber = pupil.Number, Kinds = { kinds } })).Records.Select(KeyOf);
    }

    [Fact]
    public async Task Days_are_those_of_the_event_in_the_accounts_zone()
    {
        var night = await Night.Begin(_server);
        // The last before midnight is recorded last.
        await night.TopUp(0, 50_000);
        await night.Tap(-1, Direction.In);
        await night.Sell(-30, 15_000);
        var yesterday = night.Today.PlusDays(-1);

        (await Days(night.Today, null)).ShouldBe(["entry 1"]);
        (await Days(night.Today, night.Today)).ShouldBe(["entry 1"]);
        (await Days(null, yesterday)).Count().ShouldBe(2);
        (await Days(yesterday, yesterday)).ShouldBe(await Days(null, yesterday));
        (await Days(yesterday, night.Today)).Count().ShouldBe(3);
        (await Days(night.Today.PlusDays(1), null)).ShouldBeEmpty();
        (await Days(null, yesterday.PlusDays(-1))).ShouldBeEmpty();

        async Task<IEnumerable<string>> Days(LocalDate? first, LocalDate? last)
        {
            var request = new ListHistoryRequest { AccountNumber = night.Pupil.Number };
            if (first is { } from) request.FirstDate = Night.Date(from);
            if (last is { } until) request.LastDate = Night.Date(until);
            return (await _server.Families.ListHistoryAsync(request)).Records.Select(KeyOf);
        }
    }

    private async Task<ListHistoryResponse> List(Pupil pupil, int size = 0, string token = "") =>
        await _server.Families.ListHistoryAsync(new ListHistoryRequest { AccountNumber = pupil.Number, PageSize = size, PageToken = token });

    private static string KeyOf(HistoryRecord record) =>
        record.RecordCase == HistoryRecord.RecordOneofCase.Entry ? $"entry {record.Entry.EntryNumber}" : $"passage {record.Passage.BuildingId} {record.Passage.PassageNumber}";
}
