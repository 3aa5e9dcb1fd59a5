using Zvonok.Api.Hosting;
using Zvonok.Api.Shapes;
using Zvonok.Grains;
using Zvonok.Grains.Cards;
using Zvonok.Grains.Devices;
using Zvonok.Schools.V1;

namespace Zvonok.Api.School;

/// <summary>The way in of the information kiosk (A8): a card shows its holder's account, and nothing is recorded.</summary>
internal sealed class KioskDoor(Door door, DeviceDirectory devices, CardTokens tokens, CardRouter cards, GrainLookup grains, IClock clock)
{
    public async Task<ShowAccountResponse> Show(ShowAccountRequest request) => await door.Ask(request, async request =>
    {
        var device = (await devices.Find(new DeviceId(Check.Id(request.DeviceId, "device_id"))) ?? throw NotFoundException.Device(request.DeviceId)).Device;
        if (device.Kind != DeviceKind.Kiosk) Check.Fail("device_id", "a kiosk: accounts are shown there alone");
        var card = await cards.Read(await tokens.Of(request.CardUid));
        if (CardRules.Check(card, clock.GetCurrentInstant()) is var refusal and not CardRefusal.None) return new ShowAccountResponse { RefusalReason = (Zvonok.Gate.V1.RefusalReason)refusal };
        var account = await grains.Account(card!.Account).Get() ?? throw NotFoundException.Account(card.Account);
        return new ShowAccountResponse
        {
            Account = new ShownAccount { AccountNumber = card.Account.Value, MealBalanceKopecks = account.Meal.Kopecks, TransportBalanceKopecks = account.Transport.Kopecks },
        };
    });
}
