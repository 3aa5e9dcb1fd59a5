using Zvonok.Api.Hosting;
using Zvonok.Api.Shapes;
using Zvonok.Domain.Time;
using Zvonok.Grains.Reports;
using Zvonok.Office.V1;

namespace Zvonok.Api.Office;

/// <summary>Sends reports.</summary>
internal sealed class ReportStreams(IReports reports, LineStream stream)
{
    public async Task SendTrialBalance(IServerStreamWriter<GetTrialBalanceResponse> responses, CancellationToken stop)
    {
        var sum = Money.Zero;
        await stream.Send(reports.ReadTrialBalance, lines => new GetTrialBalanceResponse { Lines = { lines.Select(ToMessage) } }, responses, stop);
        await LineStream.Write(responses, new GetTrialBalanceResponse { SumKopecks = sum.Kopecks }, stop);

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
        await stream.Send(
            token => reports.ReadSettlement(whose, recorded, token), lines => new GetSettlementReportResponse { Lines = { lines.Select(ReportShape.ToMessage) } }, responses, stop);
    }

    public async Task SendClaims(GetClaimsReportRequest request, IServerStreamWriter<GetClaimsReportResponse> responses, CancellationToken stop)
    {
        var (funder, (first, last)) = (ReportShape.Funder(request.FunderId), ReportShape.Days(request.FirstDate, request.LastDate));
        await stream.Send(
            token => reports.ReadClaims(funder, first, last, token), lines => new GetClaimsReportResponse { Lines = { lines.Select(ReportShape.ToMessage) } }, responses, stop);
    }

    public async Task SendExceptions(GetExceptionsReportRequest request, IServerStreamWriter<GetExceptionsReportResponse> responses, CancellationToken stop)
    {
        var (building, (first, last)) = (ReportShape.Building(request.BuildingId), ReportShape.Days(request.FirstDate, request.LastDate));
        var zone = Check.Zone(request.TimeZone);
        var recorded = new Interval(Calendars.SpanOf(first, zone).Start, Calendars.SpanOf(last, zone).End);
        await stream.Send(
            token => reports.ReadExceptions(building, recorded, token), lines => new GetExceptionsReportResponse { Lines = { lines.Select(ReportShape.ToMessage) } }, responses, stop);
    }
}
