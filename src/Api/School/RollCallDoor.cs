using Microsoft.Extensions.Hosting;
using Zvonok.Api.Hosting;
using Zvonok.Api.Shapes;
using Zvonok.Api.Till;
using Zvonok.Grains;
using Zvonok.Grains.Buildings;
using Zvonok.Schools.V1;

namespace Zvonok.Api.School;

/// <summary>The way to roll calls (S2): as messages, as a file, as a page to print; and who was found.</summary>
internal sealed class RollCallDoor(Door door, Employees employees, GrainLookup grains, IHostApplicationLifetime lifetime)
{
    // A message stays far below what a receiver takes (64 KiB would be 700 people).
    private const int PeopleOfOneMessage = 250;
    private const int BytesOfOneMessage = 32 * 1024;

    // Who takes so long has stopped reading.
    private static readonly TimeSpan TimeMax = TimeSpan.FromMinutes(1);

    public ValueTask<BuildingAnswer> Mark(MarkFoundRequest request) => door.Do(OperationKind.MarkFound, request, async request =>
    {
        var (operation, building, account) = (Check.Operation(request.OperationId), Check.Id(request.BuildingId, "building_id"), Check.Account(request.AccountNumber));
        var at = Check.Time(request.EventTime);
        var by = await employees.WhoMay(request.EmployeeCardUid, "employee_card_uid", new BuildingId(building), at);
        _ = await grains.Account(account).Get() ?? throw NotFoundException.Account(account);
        return await grains.Building(new BuildingId(building)).MarkFound(
            new FoundMarking { Operation = operation, Account = account, IsTakenBack = request.TakenBack, By = by, EventTime = at });
    });

    /// <summary>Everybody inside, as of one moment.</summary>
    public ValueTask<RollCallView> Call(int building) => door.Ask(building, async building =>
    {
        var id = new BuildingId(Check.Id(building, "building_id"));
        return await grains.Building(id).CallRoll() ?? throw NotFoundException.Building(id);
    });

    public async Task Send(GetRollCallRequest request, IServerStreamWriter<GetRollCallResponse> responses, CancellationToken caller)
    {
        var roll = await Call(request.BuildingId);
        await Send(RollCallShape.Split(roll, PeopleOfOneMessage), responses, caller);
    }

    public async Task Export(ExportRollCallRequest request, IServerStreamWriter<ExportRollCallResponse> responses, CancellationToken caller)
    {
        var language = Check.Enum<Domain.Notices.NoticeLanguage>((int)request.Language, "language");
        var words = new RollCallWords(language);
        Func<RollCallView, byte[]> write = request.Format switch
        {
            RollCallFormat.Csv => new RollCallCsv(words).Write,
            RollCallFormat.Html => new RollCallPage(words).Write,
            _ => throw Check.Bad("format", "CSV or HTML"),
        };
        var file = write(await Call(request.BuildingId));
        await Send(file.Chunk(BytesOfOneMessage).Select(chunk => new ExportRollCallResponse { Chunk = Google.Protobuf.UnsafeByteOperations.UnsafeWrap(chunk) }), responses, caller);
    }

    private async Task Send<T>(IEnumerable<T> messages, IServerStreamWriter<T> responses, CancellationToken caller)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(caller, lifetime.ApplicationStopping);
        stop.CancelAfter(TimeMax);
        foreach (var message in messages) await responses.WriteAsync(message, stop.Token);
    }
}
