using Zvonok.Api.Hosting;
using Zvonok.Api.Shapes;
using Zvonok.Gate.V1;
using Zvonok.Grains.Cards;
using Zvonok.Grains.Devices;
using Direction = Zvonok.Domain.Buildings.Direction;

namespace Zvonok.Api.Gate;

/// <summary>A tap's way in: shape, device, card, answer.</summary>
internal sealed class TapDoor(Door door, DeviceDirectory devices, TokenKey key, CardsAtHand cards)
{
    public async ValueTask<TapResponse> Tap(TapRequest request) =>
        ToResponse(await door.Do(OperationKind.Tap, (taps: this, request), static way => way.taps.DoTap(way.request)));

    private async ValueTask<BuildingAnswer> DoTap(TapRequest request)
    {
        var tap = new Tap
        {
            Operation = Check.Operation(request.OperationId),
            Token = Check.Token(key, request.CardUid),
            Direction = Check.Enum<Direction>((int)request.Direction, "direction"),
            EventTime = Check.Time(request.EventTime),
            Device = new DeviceId(Check.Id(request.DeviceId, "device_id")),
            Building = await BuildingOf(request.DeviceId),
        };
        return await cards.Tap(tap);
    }

    private async ValueTask<BuildingId> BuildingOf(int id) => await devices.Find(new DeviceId(id)) switch
    {
        null => throw new NotFoundException($"device_id: device {id} is not registered: import it first."),
        { Kind: not DeviceKind.Gate } => throw new BadFieldException("device_id", $"device {id} is registered as a till: taps come from gates."),
        var gate => gate.Building,
    };

    private static TapResponse ToResponse(BuildingAnswer answer) => new()
    {
        PassageNumber = answer.Seq,
        Outcome = (Outcome)answer.Outcome,
        Direction = (Zvonok.Gate.V1.Direction)(answer.Direction ?? default),
        Flag = (Flag)answer.Flag,
        RefusalReason = (RefusalReason)answer.Refusal,
        AccountNumber = answer.Account?.Value ?? 0,
        EventTime = answer.EventAt.ToTimestamp(),
    };
}
