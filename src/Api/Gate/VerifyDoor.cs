using Zvonok.Api.Hosting;
using Zvonok.Api.Shapes;
using Zvonok.Gate.V1;
using Zvonok.Grains;
using Zvonok.Grains.Cards;
using Zvonok.Grains.Devices;

namespace Zvonok.Api.Gate;

/// <summary>The way in of service points (P10): they ask, and nothing is recorded.</summary>
internal sealed class VerifyDoor(Door door, DeviceDirectory devices, CardTokens tokens, CardRouter cards, GrainLookup grains, IClock clock)
{
    /// <summary>What the holder of a good card is; null for a card that is not good.</summary>
    public ValueTask<AccountKind?> Verify(VerifyRequest request) => door.Ask((verify: this, request), static way => way.verify.DoVerify(way.request));

    private async ValueTask<AccountKind?> DoVerify(VerifyRequest request)
    {
        CheckMayAsk(request.DeviceId, (await devices.Find(new DeviceId(Check.Id(request.DeviceId, "device_id"))))?.Device);
        var card = await cards.Read(await tokens.Of(request.CardUid));
        var holder = card is null ? null : await grains.Account(card.Account).Get();
        return ServicePointRules.Verify(card, holder?.Profile, clock.GetCurrentInstant());
    }

    private static void CheckMayAsk(int id, Device? device)
    {
        if (device is null) throw NotFoundException.Device(id);
        if (device.Kind is not (DeviceKind.ServicePoint or DeviceKind.Gate))
            throw new BadFieldException("device_id", $"device {id} is registered as another kind of device: cards are checked by service points and gates.");
    }
}
