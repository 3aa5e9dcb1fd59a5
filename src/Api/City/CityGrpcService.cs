using Zvonok.Api.Hosting;
using Zvonok.Api.Shapes;
using Zvonok.Cities.V1;
using Zvonok.Domain.City;
using Zvonok.Grains.City;

namespace Zvonok.Api.City;

/// <summary>The city's door (S5).</summary>
internal sealed class CityGrpcService(CityFigures figures, LineStream lines) : CityService.CityServiceBase
{
    public override Task GetFigures(GetFiguresRequest request, IServerStreamWriter<GetFiguresResponse> responseStream, ServerCallContext context)
    {
        var day = Check.HistoryDate(request.Date, "date");
        BuildingId? building = request.BuildingId == 0 ? null : new BuildingId(Check.Id(request.BuildingId, "building_id"));
        return lines.Send(
            stop => figures.Read(day, building, stop), told => new GetFiguresResponse { Figures = { told.Select(ToMessage) } }, responseStream, context.CancellationToken);
    }

    private static Figure ToMessage(CityFigure figure)
    {
        var message = new Figure
        {
            BuildingId = figure.Building.Value,
            StartTime = figure.Start.ToTimestamp(),
            Kind = (FigureKind)figure.Kind,
            AccountCount = figure.Accounts,
            FactCount = figure.Facts,
        };
        if (figure.Amount is { } amount) message.AmountKopecks = amount.Kopecks;
        return message;
    }
}
