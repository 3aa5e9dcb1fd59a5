using Zvonok.Api.Hosting;
using Zvonok.Api.Shapes;
using Zvonok.Api.Till;
using Zvonok.Gate.V1;
using Zvonok.Grains;
using Zvonok.Grains.Buildings;
using Zvonok.Grains.Cards;
using Zvonok.Grains.Devices;
using CardCase = Zvonok.Gate.V1.PassageFact.CardOneofCase;
using Direction = Zvonok.Domain.Buildings.Direction;

namespace Zvonok.Api.Gate;

/// <summary>The way in of a passage that a gate decided by itself (O3): shape, device, whose card it was, and the building, which writes it down.</summary>
internal sealed class PassageDoor(Door door, DeviceDirectory devices, CardTokens tokens, CardRouter cards, Holders holders, GrainLookup grains)
{
    /// <summary>It is recorded when this is over.</summary>
    public ValueTask<BuildingAnswer> Merge(PassageFact request) => door.Do(OperationKind.UploadPassage, (passages: this, request), static way => way.passages.DoMerge(way.request));

    private async ValueTask<BuildingAnswer> DoMerge(PassageFact request)
    {
        var device = new DeviceId(Check.Id(request.DeviceId, "device_id"));
        var building = GateShape.BuildingOf(await devices.Find(device), request.DeviceId);
        var fact = await WithPerson(request, Read(request, device), building);
        var known = Recorded.OrUnavailable(await grains.Building(building).Merge(fact));
        if (Correction.Of(fact, known) is { } correction) await Correct(grains.Building(building), correction);
        return known;
    }

    // Each step has an id of its own: a repeat goes the same way and does nothing twice.
    private static async ValueTask Correct(IBuildingGrain building, Correction correction)
    {
        if (correction.Undone is { } undone) Recorded.OrUnavailable(await building.Report(undone));
        if (correction.Done is { } done) Recorded.OrUnavailable(await building.Merge(done));
    }

    private async ValueTask<OfflinePassage> WithPerson(PassageFact request, OfflinePassage fact, BuildingId building)
    {
        if (request.CardCase == CardCase.Holder) return fact with { Account = await holders.Of(building, request.Holder) };
        if (request.CardCase == CardCase.None) return fact;
        var token = await tokens.Of(request.CardUid);
        return fact with { Token = token, Account = (await cards.Read(token))?.Account };
    }

    private static OfflinePassage Read(PassageFact request, DeviceId device)
    {
        var outcome = Check.Enum<PassageOutcome>((int)request.Outcome, "outcome");
        if (request.Direction == Zvonok.Gate.V1.Direction.Toggle) Check.Fail("direction", "IN or OUT: the gate has decided");
        if ((outcome == PassageOutcome.AdmittedFlagged) != (request.Flag != Flag.Unspecified)) Check.Fail("flag", "there with ADMITTED_FLAGGED, and only then");
        if ((outcome == PassageOutcome.Refused) != (request.RefusalReason != RefusalReason.Unspecified)) Check.Fail("refusal_reason", "there with REFUSED, and only then");
        var fact = new OfflinePassage
        {
            Operation = Check.Operation(request.OperationId),
            Device = device,
            Direction = Check.Enum<Direction>((int)request.Direction, "direction"),
            Outcome = outcome,
            Flag = outcome == PassageOutcome.AdmittedFlagged ? Check.Enum<PassageFlag>((int)request.Flag, "flag") : PassageFlag.None,
            Refusal = outcome == PassageOutcome.Refused ? RefusalOf(request) : TapRefusal.None,
            EventTime = Check.Time(request.EventTime) ?? throw Check.Bad("event_time", "there: when it happened, by the device's clock"),
        };
        if (request.CardCase == CardCase.None && outcome != PassageOutcome.Refused && fact.Flag != PassageFlag.Evacuation)
            Check.Fail("card", "there: only a card that was refused, or passed in an evacuation, is nobody's");
        return fact;
    }

    private static TapRefusal RefusalOf(PassageFact request) => Check.Enum<TapRefusal>((int)request.RefusalReason, "refusal_reason") is var refusal and <= TapRefusal.AlreadyInside
        ? refusal
        : throw Check.Bad("refusal_reason", "one that a tap can have");
}
