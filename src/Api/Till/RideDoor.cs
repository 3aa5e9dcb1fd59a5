using Zvonok.Api.Hosting;
using Zvonok.Api.Shapes;
using Zvonok.Grains.Cards;
using Zvonok.Grains.Devices;
using Zvonok.Till.V1;

namespace Zvonok.Api.Till;

/// <summary>A ride's way in: shape, validator, card, answer.</summary>
internal sealed class RideDoor(Door door, DeviceDirectory devices, CardTokens tokens, CardRouter cards)
{
    public ValueTask<AccountAnswer> Pay(PayRideRequest request, bool isFact = false) =>
        door.Do(OperationKind.PayRide, (rides: this, request, isFact), static way => way.rides.DoPay(way.request, way.isFact));

    private async ValueTask<AccountAnswer> DoPay(PayRideRequest request, bool isFact)
    {
        var validator = await devices.Find(new DeviceId(Check.Id(request.DeviceId, "device_id")));
        var ride = new Ride
        {
            Operation = Check.Operation(request.OperationId),
            EventTime = Check.Time(request.EventTime),
            Device = new DeviceId(request.DeviceId),
            Carrier = SaleShape.SellerOf(validator, request.DeviceId, DeviceKind.Validator),
            Fare = Check.Amount(request.FareKopecks, "fare_kopecks"),
            IsFact = isFact,
        };
        return await cards.Ride(await tokens.Of(request.CardUid), ride);
    }
}
