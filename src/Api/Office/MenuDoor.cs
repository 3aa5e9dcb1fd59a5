using Zvonok.Api.Hosting;
using Zvonok.Api.Shapes;
using Zvonok.Domain.Menus;
using Zvonok.Grains;
using Zvonok.Grains.Menus;
using Zvonok.Office.V1;

namespace Zvonok.Api.Office;

/// <summary>What may be ordered ahead (M6).</summary>
internal sealed class MenuDoor(Door door, GrainLookup grains, IMenus menus)
{
    public async Task<SetMenuResponse> Set(SetMenuRequest request)
    {
        var (building, day) = (new BuildingId(Check.Id(request.BuildingId, "building_id")), Check.Date(request.Date, "date"));
        var seller = ContraAccount.Operator(Check.Id(request.OperatorId, "operator_id"));
        var items = request.Items.Count == 0
            ? []
            : MenuShape.Read(building, day, seller, request.Items, MenuShape.OrderUntil(request.OrderUntil), MenuShape.IsKept(request.Unredeemed));
        var school = await door.Ask(building, id => grains.Building(id).Get()) ?? throw Unknown(building);
        if (items is [var any, ..] && !MenuRules.MayCutOff(any.OrderUntil, day, school.Profile.ZoneId))
            Check.Fail("order_until", $"from 1970 to the end of the day in {school.Profile.ZoneId}");
        return await menus.Replace(building, day, seller, items) ? new SetMenuResponse() : throw Unknown(building);
    }

    private static NotFoundException Unknown(BuildingId building) => new($"building_id: building {building} is not registered: import it first.");
}
