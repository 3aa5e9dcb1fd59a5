using Google.Rpc;
using Zvonok.Api.Family;
using Zvonok.Api.Tests.Servers;
using Zvonok.Api.Tests.Shapes;
using Zvonok.Domain.Accounts;
using Zvonok.Domain.Buildings;
using Zvonok.Domain.Notices;
using Zvonok.Family.V1;
using Direction = Zvonok.Gate.V1.Direction;
using Entry = Zvonok.Domain.Accounts.Entry;
using EntryKind = Zvonok.Domain.Accounts.EntryKind;
using HistoryRecord = Zvonok.Grains.Journal.HistoryRecord;
using Passage = Zvonok.Domain.Buildings.Passage;
using Purse = Zvonok.Domain.Accounts.Purse;

namespace Zvonok.Api.Tests.Families;

[Collection(nameof(World))]
[Trait("Rule", "A3")]
public sealed class ExportTests(World world)
{
    private readonly Server _server = world.Server;

    [Fact]
    public async Task A_file_has_a_header_and_a_line_for_each_record_newest_first_in_the_accounts_time()
    {
        var night = await Night.Begin(_server);
        await night.TopUp(-60, 50_000);
        await night.Tap(-30, Direction.In);
        await night.Sell(10, 15_000, product: "=1+1");

        var export = await Export.Read(_server, Request(night));

        export.Text.ShouldEndWith("\r\n");
        export.Text[0].ShouldBe('D', "no byte order mark");
        var lines = export.Lines;
        lines[0].ShouldBe(["Date", "Time", "Event", "Building", "Meal", "Items", "Purse", "Amount, RUB", "Meal balance, RUB", "Transport balance, RUB", "Other side", "Paid by", "Number", "Takes back number", "Recorded"]);
        var (yesterday, today) = ($"{night.Today.PlusDays(-1):uuuu-MM-dd}", $"{night.Today:uuuu-MM-dd}");
        lines.Skip(1).Select(line => line[..^1]).ShouldBe(
        [
            [today, "00:10:00", "Purchase", "", "", "'=1+1 ×1 150.00; WATER ×2 0.00", "Meals", "-150.00", "350.00", "0.00", "operator/7", "", "2", ""],
            [yesterday, "23:30:00", "Came in", "1501", "", "", "", "", "", "", "", "", lines[2][12], ""],
            [yesterday, "23:00:00", "Top-up", "", "", "", "Meals", "500.00", "500.00", "0.00", "bank/3", "", "1", ""],
        ]);
        lines.Skip(1).Select(line => line[^1]).ShouldAllBe(recorded => recorded.StartsWith($"{today} 01:"));
    }

    [Fact]
    public async Task A_file_is_written_in_russian_too()
    {
        var night = await Night.Begin(_server);
        await night.TopUp(-60, 50_000);
        var request = Request(night);
        request.Language = Language.Russian;

        var lines = (await Export.Read(_server, request)).Lines;

        lines[0][..3].ShouldBe(["Дата", "Время", "Событие"]);
        lines[1][2].ShouldBe("Пополнение");
    }

    [Fact]
    public async Task A_long_history_comes_in_pieces_and_whole()
    {
        var pupil = await _server.NewPupil();
        for (var n = 0; n < 450; n++) await _server.TopUp(pupil, 1);

        var tomorrow = _server.Clock.GetCurrentInstant().InUtc().Date.PlusDays(1);

        var export = await Export.Read(_server, new ExportHistoryRequest
        {
            AccountNumber = pupil.Number,
            FirstDate = Night.Date(tomorrow.PlusDays(-365)),
            LastDate = Night.Date(tomorrow),
            Language = Language.English,
        });

        export.Chunks.ShouldBe(3);
        export.Lines.Skip(1).Select(line => line[12]).ShouldBe(Enumerable.Range(1, 450).Reverse().Select(n => $"{n}"));
    }

    [Fact]
    public async Task A_file_of_the_kinds_and_days_that_are_asked_for_has_no_others()
    {
        var night = await Night.Begin(_server);
        await night.TopUp(-60, 50_000);
        await night.Sell(10, 15_000);
        await night.TopUp(20, 700);
        var request = Request(night);
        request.Kinds.Add(HistoryKind.Money);

        (await Export.Read(_server, request)).Lines.Skip(1).Select(line => line[12]).ShouldBe(["3", "1"]);
        request.LastDate = request.FirstDate;
        (await Export.Read(_server, request)).Lines.Skip(1).Select(line => line[12]).ShouldBe(["1"]);
        request.Kinds[0] = HistoryKind.Setting;
        (await Export.Read(_server, request)).Lines.Count.ShouldBe(1);
    }

    [Fact]
    [Trait("Rule", "D3")]
    public async Task One_file_too_many_is_told_to_come_again()
    {
        await using var server = await Server.Start(("Zvonok:ExportsMax", "0"));
        var night = await Night.Begin(server);

        var status = await FaultOf.Call(() => Export.Read(server, Request(night)), StatusCode.ResourceExhausted);

        status.GetDetail<RetryInfo>().ShouldNotBeNull();
    }

    [Fact]
    public void Every_kind_of_record_has_its_words_in_both_languages()
    {
        foreach (var language in Enum.GetValues<NoticeLanguage>())
        {
            var file = new HistoryCsv(language, Given.Zone);
            var records = Enum.GetValues<EntryKind>().Select(kind => AnEntry(kind))
                .Concat(Enum.GetValues<Purse>().Select(purse => AnEntry(purse: purse)))
                .Concat(Enum.GetValues<MealKind>().Select(meal => AnEntry(meal: meal)))
                .Concat(Enum.GetValues<PassageKind>().Select(kind => APassage(kind: kind)))
                .Concat(Enum.GetValues<PassageOutcome>().Select(outcome => APassage(outcome)))
                .Concat(Enum.GetValues<Zvonok.Domain.Buildings.Direction>().Select(direction => APassage(direction: direction)))
                .ToList();

            var events = new Export(file.Write(records).ToStringUtf8(), 1).Lines.Skip(1).Select(line => line[2]).ToList();

            events.Count.ShouldBe(records.Count);
            events.Take(Enum.GetValues<EntryKind>().Length).ShouldBeUnique();
            events.ShouldAllBe(word => word.Length > 0);
        }
    }

    private static ExportHistoryRequest Request(Night night) => new()
    {
        AccountNumber = night.Pupil.Number,
        FirstDate = Night.Date(night.Today.PlusDays(-1)),
        LastDate = Night.Date(night.Today),
        Language = Language.English,
    };

    private static HistoryRecord AnEntry(EntryKind kind = EntryKind.Sale, Purse purse = Purse.Meal, MealKind? meal = null) => new(
        new Entry
        {
            Account = AccountNumber.FromSerial(1), Seq = 1, Operation = default, Fingerprint = default, Kind = kind, Purse = purse, Amount = default, Contra = default, MealAfter = default,
            TransportAfter = default, LimitDay = default, SpentOn = default, SpentAfter = default, EventAt = default, RecordedAt = default, Meal = meal,
        },
        null);

    private static HistoryRecord APassage(PassageOutcome outcome = PassageOutcome.Admitted, PassageKind kind = PassageKind.Tap, Zvonok.Domain.Buildings.Direction direction = Zvonok.Domain.Buildings.Direction.In) => new(
        null,
        new Passage
        {
            Building = default, Seq = 1, Operation = default, Fingerprint = default, Kind = kind, ModeAfter = BuildingMode.Normal, EventAt = default, RecordedAt = default,
            Outcome = outcome, Direction = direction,
        });
}
