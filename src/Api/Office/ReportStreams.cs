using Microsoft.Extensions.Hosting;
using Zvonok.Api.Shapes;
using Zvonok.Domain.Time;
using Zvonok.Grains.Reports;
using Zvonok.Office.V1;

namespace Zvonok.Api.Office;

/// <summary>Sends reports at their reader's pace: no more is held than a message.</summary>
internal sealed class ReportStreams(IReports reports, IHostApplicationLifetime lifetime)
{
    private const int LinesOfMessage = 500;

    // Whoever takes no message for so long has gone without saying so: the database shall not wait for it.
    private static readonly TimeSpan PatienceMax = TimeSpan.FromSeconds(30);

    public async Task SendTrialBalance(IServerStreamWriter<GetTrialBalanceResponse> responses, CancellationToken stop)
    {
        var sum = Money.Zero;
        await Send(reports.ReadTrialBalance, lines => new GetTrialBalanceResponse { Lines = { lines.Select(ToMessage) } }, responses, stop);
        await Write(responses, new GetTrialBalanceResponse { SumKopecks = sum.Kopecks }, stop);

        Zvonok.Office.V1.TrialBalanceLine ToMessage(Grains.Reports.TrialBalanceLine line)
        {
            sum += line.Total;
            return ReportShape.ToMessage(line);
        }
    }

    public async Task SendSettlement(GetSettlementReportRequest request, IServerStreamWriter<GetSettlementReportResponse> responses, CancellationToken stop)
    {
        var (whose, day) = (ReportShape.Whose(request.ContraAccount), ReportShape.Day(request.Date, "date"));
        var recorded = Calendars.SpanOf(day, Check.Zone(request.TimeZone));
        await Send(
            token => reports.ReadSettlement(whose, recorded, token), lines => new GetSettlementReportResponse { Lines = { lines.Select(ReportShape.ToMessage) } }, responses, stop);
    }

    public async Task SendClaims(GetClaimsReportRequest request, IServerStreamWriter<GetClaimsReportResponse> responses, CancellationToken stop)
    {
        var (funder, (first, last)) = (ReportShape.Funder(request.FunderId), ReportShape.Days(request.FirstDate, request.LastDate));
        await Send(
            token => reports.ReadClaims(funder, first, last, token), lines => new GetClaimsReportResponse { Lines = { lines.Select(ReportShape.ToMessage) } }, responses, stop);
    }

    public async Task SendExceptions(GetExceptionsReportRequest request, IServerStreamWriter<GetExceptionsReportResponse> responses, CancellationToken stop)
    {
        var (building, (first, last)) = (ReportShape.Building(request.BuildingId), ReportShape.Days(request.FirstDate, request.LastDate));
        var zone = Check.Zone(request.TimeZone);
        var recorded = new Interval(Calendars.SpanOf(first, zone).Start, Calendars.SpanOf(last, zone).End);
        await Send(
            token => reports.ReadExceptions(building, recorded, token), lines => new GetExceptionsReportResponse { Lines = { lines.Select(ReportShape.ToMessage) } }, responses, stop);
    }

    private async Task Send<TLine, TResponse>(
        Func<CancellationToken, IAsyncEnumerable<TLine>> read, Func<TLine[], TResponse> shape, IServerStreamWriter<TResponse> responses, CancellationToken stop)
    {
        // A server that stops does not wait for minutes: whoever asked asks another silo.
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, lifetime.ApplicationStopping);
        await foreach (var lines in read(either.Token).Chunk(LinesOfMessage).WithCancellation(either.Token)) await Write(responses, shape(lines), either.Token);
    }

    private static async Task Write<TResponse>(IServerStreamWriter<TResponse> responses, TResponse message, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(PatienceMax);
        await responses.WriteAsync(message, patience.Token);
    }
}
