using System.Net;
using Zvonok.Api.Tests.Feeds;
using Zvonok.Api.Tests.Servers;
using Zvonok.Family.V1;
using Zvonok.Feed.V1;
using Zvonok.Gate.V1;
using Zvonok.Registry.V1;
using Zvonok.Schools.V1;
using FactKind = Zvonok.Feed.V1.FactKind;
using Language = Zvonok.Family.V1.Language;
using RefusalReason = Zvonok.Gate.V1.RefusalReason;

namespace Zvonok.Api.Tests.Schools;

[Collection(nameof(World))]
[Trait("Rule", "S2")]
public sealed class RollCallTests(World world)
{
    private readonly Server _server = world.Server;

    [Fact]
    public async Task In_an_evacuation_the_roll_is_called_and_who_is_found_is_marked()
    {
        var (teacher, pupil, other) = (await Employee(_server), await Pupil(_server, "7-B"), await Pupil(_server, "7-B"));
        await Enter(_server, pupil, other);
        await _server.Schools.StartEvacuationAsync(GivenSafety.Evacuation(_server.NewId(), teacher));
        using var reading = new Reading(_server, new WatchRequest { FromPosition = (await _server.Feeds.GetEndAsync(new GetEndRequest())).EndPosition, Kinds = { FactKind.FoundMark } });
        var mark = GivenSafety.Found(_server.NewId(), teacher, pupil);

        var marked = await _server.Schools.MarkFoundAsync(mark);

        marked.RefusalReason.ShouldBe(RefusalReason.Unspecified);
        (await _server.Schools.MarkFoundAsync(mark)).ShouldBe(marked);
        (await _server.Schools.MarkFoundAsync(GivenSafety.Found(_server.NewId(), pupil, other))).RefusalReason.ShouldBe(RefusalReason.EmployeeNotAllowed);
        var (head, people) = await Call(_server);
        (head.BuildingId, head.Mode, head.FoundCount).ShouldBe((GivenSafety.School, BuildingMode.Evacuation, 1));
        head.InsideCount.ShouldBe(people.Count);
        people.Single(person => person.AccountNumber == pupil.Number).ShouldSatisfyAllConditions(
            person => (person.GroupKey, person.GateDeviceId, person.FoundByAccountNumber).ShouldBe(("7-B", GivenSafety.Gate, teacher.Number)),
            person => person.FoundTime.ShouldBe(marked.EventTime),
            person => person.LastPassageTime.ShouldNotBeNull());
        people.Single(person => person.AccountNumber == other.Number).FoundTime.ShouldBeNull();
        (await reading.Take(1))[0].FoundMark.ShouldBe(new FoundMark
        {
            BuildingId = GivenSafety.School, PassageNumber = marked.PassageNumber, AccountNumber = pupil.Number, EmployeeAccountNumber = teacher.Number, OperationId = mark.OperationId,
        });
        (await _server.Families.ListHistoryAsync(new ListHistoryRequest { AccountNumber = pupil.Number })).Records[0].Passage.Kind.ShouldBe(PassageKind.FoundMark);

        mark = GivenSafety.Found(_server.NewId(), teacher, pupil);
        mark.TakenBack = true;
        await _server.Schools.MarkFoundAsync(mark);
        (await Call(_server)).Head.FoundCount.ShouldBe(0);
        await End(_server);
        (await _server.Schools.MarkFoundAsync(GivenSafety.Found(_server.NewId(), teacher, pupil))).RefusalReason.ShouldBe(RefusalReason.NotInThatMode);
    }

    [Fact]
    public async Task The_roll_is_written_to_a_file_in_russian_and_english()
    {
        var pupil = await Pupil(_server, "=7-B");
        await Enter(_server, pupil);

        var english = await Export(GivenSafety.Export(RollCallFormat.Csv, Language.English));
        var russian = await Export(GivenSafety.Export());

        english.ShouldStartWith("Group,Account,Last passage,Gate,Found,Found at,Found by\r\n");
        english.Split("\r\n").ShouldContain(line => line.StartsWith($"'=7-B,{pupil.Number},") && line.EndsWith($",{GivenSafety.Gate},no,,"));
        russian.ShouldStartWith("Группа,Лицевой счёт,Последний проход,Турникет,Найден");
    }

    [Fact]
    public async Task The_page_has_a_section_for_each_group_and_a_box_for_each_person_and_no_script()
    {
        var (teacher, pupil, other) = (await Employee(_server), await Pupil(_server, "<7&B>"), await Pupil(_server, ""));
        await Enter(_server, pupil, other);
        await _server.Schools.StartEvacuationAsync(GivenSafety.Evacuation(_server.NewId(), teacher));
        await _server.Schools.MarkFoundAsync(GivenSafety.Found(_server.NewId(), teacher, pupil));

        var page = await Export(GivenSafety.Export(RollCallFormat.Html));
        await End(_server);

        page.ShouldStartWith("<!DOCTYPE html>\n<html lang=\"ru\">");
        page.ShouldContain("ЭВАКУАЦИЯ");
        page.ShouldContain("<section><h2>&lt;7&amp;B&gt; · 1</h2>");
        page.ShouldContain($"<td class=\"box\">☑</td><td>{pupil.Number}</td>");
        page.ShouldContain($"<td class=\"box\">☐</td><td>{other.Number}</td>");
        page.ShouldContain("Без группы");
        page.ShouldNotContain("<script");
        (await Export(GivenSafety.Export(RollCallFormat.Html, Language.English))).ShouldContain("Without a group");
    }

    [Fact]
    public async Task A_browser_gets_the_page_where_the_installation_serves_pages_and_nowhere_else()
    {
        var port = FreePort.Next();
        await using var server = await Server.Start(("Zvonok:Pages:Listen", $"127.0.0.1:{port}"));
        var pupil = await Pupil(server, "7-B");
        await Enter(server, pupil);
        using var browser = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };

        using var answer = await browser.GetAsync($"/roll-call/{GivenSafety.School}?language=en");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (answer.Content.Headers.ContentType?.ToString(), answer.Headers.CacheControl?.NoStore).ShouldBe(("text/html; charset=utf-8", true));
        (await answer.Content.ReadAsStringAsync()).ShouldSatisfyAllConditions(page => page.ShouldContain($"<td>{pupil.Number}</td>"), page => page.ShouldContain("<html lang=\"en\">"));
        (await browser.GetStringAsync($"/roll-call/{GivenSafety.School}")).ShouldContain("<html lang=\"ru\">");
        (await browser.GetAsync("/roll-call/404")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await browser.GetAsync("/roll-call/0")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await browser.GetAsync("/roll-call/abc")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await browser.GetAsync(new Uri(server.Management, $"/roll-call/{GivenSafety.School}"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task<(RollCallHead Head, List<RollCallPerson> People)> Call(Server server)
    {
        using var call = server.Schools.GetRollCall(new GetRollCallRequest { BuildingId = GivenSafety.School });
        var messages = new List<GetRollCallResponse>();
        while (await call.ResponseStream.MoveNext(CancellationToken.None)) messages.Add(call.ResponseStream.Current);
        messages.Skip(1).ShouldAllBe(message => message.Head == null);
        return (messages[0].Head, [.. messages.SelectMany(message => message.People)]);
    }

    private async Task<string> Export(ExportRollCallRequest request)
    {
        using var call = _server.Schools.ExportRollCall(request);
        using var file = new MemoryStream();
        while (await call.ResponseStream.MoveNext(CancellationToken.None)) call.ResponseStream.Current.Chunk.WriteTo(file);
        return System.Text.Encoding.UTF8.GetString(file.ToArray());
    }

    private static async Task End(Server server)
    {
        var head = await Employee(server, "head");
        (await server.Schools.EndEvacuationAsync(GivenSafety.EndEvacuation(server.NewId(), head))).Granted.ShouldNotBeNull();
    }

    private static async Task Enter(Server server, params Pupil[] people)
    {
        foreach (var person in people) await server.Gates.TapAsync(Given.Tap(server.NewId(), person, gate: GivenSafety.Gate));
    }

    private static async Task<Pupil> Employee(Server server, string role = "teacher")
    {
        var employee = await server.NewEmployee(At);
        await server.Import(new Row { Account = new Account { AccountNumber = employee.Number, Kind = Zvonok.Registry.V1.AccountKind.Employee, TimeZone = Given.Zone, Roles = { role } } });
        return employee;
    }

    private static async Task<Pupil> Pupil(Server server, string group)
    {
        var pupil = await server.NewPupil(change: At);
        await server.Import(new Row { Account = new Account { AccountNumber = pupil.Number, Kind = Zvonok.Registry.V1.AccountKind.Pupil, TimeZone = Given.Zone, GroupKey = group } });
        return pupil;
    }

    private static void At(Card card) => card.HomeBuildingId = GivenSafety.School;
}
