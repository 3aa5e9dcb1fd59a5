using Zvonok.Api.Hosting;
using Zvonok.Api.Shapes;
using Zvonok.Family.V1;
using Zvonok.Grains;
using Zvonok.Grains.Menus;
using MenuItem = Zvonok.Domain.Menus.MenuItem;

namespace Zvonok.Api.Family;

/// <summary>What a family may order ahead (M6).</summary>
internal sealed class MenuListDoor(Door door, GrainLookup grains, IMenus menus)
{
    private const int DaysMax = 31;

    // No day of a school has so many items.
    private const long PlacesOfDay = 1_000_000;

    private static readonly PageToken Pages = new('m');

    public async Task<ListMenusResponse> List(ListMenusRequest request)
    {
        var building = new BuildingId(Check.Id(request.BuildingId, "building_id"));
        var (first, last) = (Check.Date(request.FirstDate, "first_date"), Check.Date(request.LastDate, "last_date"));
        if (last < first || Period.DaysBetween(first, last) >= DaysMax) Check.Fail("last_date", $"first_date or later, and at most {DaysMax} days with both");
        var size = Check.PageSize(request.PageSize);
        var (days, skipped) = Math.DivRem(Pages.Read(request.PageToken, first: 0), PlacesOfDay);
        if (days > Period.DaysBetween(first, last)) Check.Fail("page_token", "the next_page_token of the answer before, for the same days, or empty");

        // A page starts within a day, so no more than that day's is read again; one more than asked for is where the next starts.
        var from = first.PlusDays((int)days);
        var end = (int)skipped + size;
        var listed = await menus.List(building, from, last, end + 1);
        if (listed.Count == 0 && await door.Ask(building, id => grains.Building(id).Get()) is null)
            throw new NotFoundException($"building_id: building {building} is not registered.");

        var response = new ListMenusResponse { Items = { listed.Take(end).Skip((int)skipped).Select(MenuShape.ToMessage) } };
        if (listed.Count > end) response.NextPageToken = Pages.Write(PlaceOf(listed[end].Day, first, listed.Take(end)));
        return response;
    }

    // How many days on, and how much of that day is listed already.
    private static long PlaceOf(LocalDate day, LocalDate first, IEnumerable<MenuItem> before) =>
        Period.DaysBetween(first, day) * PlacesOfDay + before.Count(item => item.Day == day);
}
