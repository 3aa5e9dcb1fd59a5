using Zvonok.Api.Hosting;
using Zvonok.Api.Shapes;
using Zvonok.Gate.V1;
using Zvonok.Grains.Cards;
using Zvonok.Grains.Devices;
using Zvonok.Grains.Journal;
using Direction = Zvonok.Domain.Buildings.Direction;

namespace Zvonok.Api.Gate;

/// <summary>A tap's way in: shape, device, card, answer.</summary>
internal sealed class TapDoor(Door door, DeviceDirectory devices, CardTokens tokens, CardRouter cards)
{
    public ValueTask<BuildingAnswer> Tap(TapRequest request) =>
        door.Do(OperationKind.Tap, (taps: this, request), static way => way.taps.DoTap(way.request));

    // Usually the gate is known. Then the card's answer is all that is awaited, and by the caller itself.
    private ValueTask<BuildingAnswer> DoTap(TapRequest request)
    {
        var gate = devices.Find(new DeviceId(Check.Id(request.DeviceId, "device_id")));
        return gate.IsCompletedSuccessfully ? TapAt(gate.Result, request) : TapAtFound(gate, request);
    }

    private async ValueTask<BuildingAnswer> TapAtFound(ValueTask<DeviceRecord?> gate, TapRequest request) => await TapAt(await gate, request);

    private ValueTask<BuildingAnswer> TapAt(DeviceRecord? gate, TapRequest request)
    {
        var operation = Check.Operation(request.OperationId);
        var token = tokens.Of(request.CardUid);
        return token.IsCompletedSuccessfully ? cards.Tap(Read(gate, request, operation, token.Result)) : TapFound(gate, request, operation, token);
    }

    private async ValueTask<BuildingAnswer> TapFound(DeviceRecord? gate, TapRequest request, OperationId operation, ValueTask<CardToken> token) =>
        await cards.Tap(Read(gate, request, operation, await token));

    private static Tap Read(DeviceRecord? gate, TapRequest request, OperationId operation, CardToken token) => new()
    {
        Operation = operation,
        Token = token,
        Direction = Check.Enum<Direction>((int)request.Direction, "direction"),
        EventTime = Check.Time(request.EventTime),
        Device = new DeviceId(request.DeviceId),
        Building = GateShape.BuildingOf(gate, request.DeviceId),
    };
}
