using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Zvonok.Api.Hosting;
using Zvonok.Api.Shapes;
using Zvonok.Family.V1;
using Zvonok.Grains.Journal;
using HistoryKind = Zvonok.Domain.Reports.HistoryKind;

namespace Zvonok.Api.Family;

/// <summary>The way to an account's history, page by page or as a file (A3).</summary>
internal sealed class HistoryDoor(Door door, IHistory history, IOptions<ApiOptions> options, IHostApplicationLifetime lifetime)
{
    private const int ExportDaysMax = 366;
    private const int ExportPageSize = 200;

    // A file of a school year is some hundred kilobytes; who takes so long has stopped reading.
    private static readonly TimeSpan ExportTimeMax = TimeSpan.FromMinutes(2);

    private int _exports;

    public async Task<ListHistoryResponse> List(ListHistoryRequest request)
    {
        var account = Check.Account(request.AccountNumber);
        var size = Check.PageSize(request.PageSize);
        var from = HistoryToken.Read(request.PageToken);
        var filter = new HistoryFilter(
            Kinds(request.Kinds), request.FirstDate is null ? null : Check.HistoryDate(request.FirstDate, "first_date"), request.LastDate is null ? null : Check.HistoryDate(request.LastDate, "last_date"));
        if (filter.Last < filter.First) Check.Fail("last_date", "not before first_date");

        var page = await door.Ask(filter, filter => new ValueTask<HistoryPage?>(history.List(account, filter, from, size))) ?? throw NotFoundException.Account(account);
        var response = new ListHistoryResponse { Records = { page.Records.Select(RecordShape.ToMessage) } };
        if (page.Next is { } next) response.NextPageToken = HistoryToken.Write(next);
        return response;
    }

    public async Task Export(ExportHistoryRequest request, IServerStreamWriter<ExportHistoryResponse> responses, CancellationToken caller)
    {
        var account = Check.Account(request.AccountNumber);
        var (first, last) = (Check.HistoryDate(request.FirstDate, "first_date"), Check.HistoryDate(request.LastDate, "last_date"));
        if (last < first || last >= first.PlusDays(ExportDaysMax)) Check.Fail("last_date", $"not before first_date, and at most {ExportDaysMax} days with both");
        var language = Check.Enum<Domain.Notices.NoticeLanguage>((int)request.Language, "language");
        var filter = new HistoryFilter(Kinds(request.Kinds), first, last);

        // Neither the server's stop nor a place among the exports waits for a reader that has stopped reading.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(caller, lifetime.ApplicationStopping);
        stop.CancelAfter(ExportTimeMax);
        Enter();
        try
        {
            var file = new HistoryCsv(language, await history.FindZone(account) ?? throw NotFoundException.Account(account));
            for (HistoryPlace? from = HistoryPlace.Newest; from is { } place;)
            {
                stop.Token.ThrowIfCancellationRequested();
                var page = await history.List(account, filter, place, ExportPageSize) ?? throw NotFoundException.Account(account);
                if (file.Write(page.Records) is { IsEmpty: false } chunk) await responses.WriteAsync(new ExportHistoryResponse { Chunk = chunk }, stop.Token);
                from = page.Next;
            }
        }
        finally
        {
            Interlocked.Decrement(ref _exports);
        }
    }

    private static HashSet<HistoryKind> Kinds(IReadOnlyList<Zvonok.Family.V1.HistoryKind> kinds) => [.. kinds.Select((kind, i) => Check.Enum<HistoryKind>((int)kind, $"kinds[{i}]"))];

    private void Enter()
    {
        if (Interlocked.Increment(ref _exports) <= options.Value.ExportsMax) return;
        Interlocked.Decrement(ref _exports);
        throw new JournalOverloadedException($"{options.Value.ExportsMax} files are being written already: repeat a little later.");
    }
}
