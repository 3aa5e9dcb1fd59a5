using Zvonok.Api.Hosting;
using Zvonok.Api.Shapes;
using Zvonok.Grains.Cards;
using Zvonok.Grains.Devices;
using Zvonok.Grains.Journal;
using Zvonok.Till.V1;

namespace Zvonok.Api.Till;

/// <summary>A ride's way in: shape, validator, card, answer.</summary>
internal sealed class RideDoor(Door door, DeviceDirectory devices, TokenKey key, CardRouter cards)
{
    public ValueTask<AccountAnswer> Pay(PayRideRequest request) =>
        door.Do(OperationKind.PayRide, (rides: this, request), static way => way.rides.DoPay(way.request));

    private async ValueTask<AccountAnswer> DoPay(PayRideRequest request)
    {
        var validator = await devices.Find(new DeviceId(Check.Id(request.DeviceId, "device_id")));
        var ride = new Ride
        {
            Operation = Check.Operation(request.OperationId),
            EventTime = Check.Time(request.EventTime),
            Device = new DeviceId(request.DeviceId),
            Carrier = CarrierOf(validator, request.DeviceId),
            Fare = Check.Amount(request.FareKopecks, "fare_kopecks"),
        };
        return await cards.Ride(Check.Token(key, request.CardUid), ride);
    }

    private static ContraAccount CarrierOf(DeviceRecord? validator, int id) => validator?.Device switch
    {
        null => throw new NotFoundException($"device_id: device {id} is not registered: import it first."),
        { Kind: not DeviceKind.Validator } => throw new BadFieldException("device_id", $"device {id} is registered as another kind of device: rides come from validators."),
        var device => device.Seller,
    };
}
