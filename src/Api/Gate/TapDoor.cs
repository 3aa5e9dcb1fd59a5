using Zvonok.Api.Hosting;
using Zvonok.Api.Shapes;
using Zvonok.Gate.V1;
using Zvonok.Grains;
using Zvonok.Grains.Devices;
using Direction = Zvonok.Domain.Buildings.Direction;

namespace Zvonok.Api.Gate;

/// <summary>A tap's way in: shape, device, card, answer.</summary>
internal sealed class TapDoor(Door door, OperationMetrics metrics, DeviceDirectory devices, TokenKey key, GrainLookup grains)
{
    public async ValueTask<TapResponse> Tap(TapRequest request)
    {
        var measured = metrics.Begin(OperationKind.Tap);
        try
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
            var answer = await door.Run((grains, tap), static way => way.grains.Card(way.tap.Token).Tap(way.tap));
            measured.Answered(answer);
            return ToResponse(answer);
        }
        catch (Exception exception)
        {
            measured.Failed(exception);
            throw;
        }
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
