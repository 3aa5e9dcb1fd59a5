using Zvonok.Api.Hosting;
using Zvonok.Api.Shapes;
using Zvonok.Grains;
using Zvonok.Grains.Cards;
using Zvonok.Grains.Devices;
using Zvonok.Till.V1;

namespace Zvonok.Api.Till;

/// <summary>A ride's way in: shape, validator, card, answer.</summary>
internal sealed class RideDoor(Door door, DeviceDirectory devices, CardTokens tokens, CardRouter cards, Holders holders, GrainLookup grains)
{
    public ValueTask<AccountAnswer> Pay(PayRideRequest request, Happened happened = default) =>
        door.Do(OperationKind.PayRide, (rides: this, request, happened), static way => way.rides.DoPay(way.request, way.happened));

    private async ValueTask<AccountAnswer> DoPay(PayRideRequest request, Happened happened)
    {
        var validator = await devices.Find(new DeviceId(Check.Id(request.DeviceId, "device_id")));
        var ride = new Ride
        {
            Operation = Check.Operation(request.OperationId),
            EventTime = Check.Time(request.EventTime),
            Device = new DeviceId(request.DeviceId),
            Carrier = SaleShape.SellerOf(validator, request.DeviceId, DeviceKind.Validator),
            Fare = Check.Amount(request.FareKopecks, "fare_kopecks"),
            IsFact = happened.IsFact,
        };
        if (!happened.IsByHandle) return await cards.Ride(await tokens.Of(request.CardUid), ride);
        if (!request.CardUid.IsEmpty) Check.Fail("card_uid", "absent: the holder says who it is");
        return await grains.Account(await holders.Of(validator!.Device.Building, happened.Holder)).Ride(ride, CardRefusal.None);
    }
}
