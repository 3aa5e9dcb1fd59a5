using Google.Protobuf.Collections;
using Zvonok.Api.Hosting;
using Zvonok.Api.Shapes;
using Zvonok.Gate.V1;
using Zvonok.Grains;
using Zvonok.Grains.Buildings;
using Zvonok.Grains.Cards;
using Zvonok.Grains.Devices;
using Direction = Zvonok.Domain.Buildings.Direction;

namespace Zvonok.Api.Gate;

/// <summary>An adult's way in with children (P8). All are asked of the building at the same time, so that what it decides is one append.</summary>
internal sealed class HandOverDoor(Door door, DeviceDirectory devices, CardTokens tokens, CardRouter cards, IPickUps pickUps, GrainLookup grains)
{
    public async ValueTask<HandOverResponse> HandOver(HandOverRequest request)
    {
        var device = new DeviceId(Check.Id(request.DeviceId, "device_id"));
        var building = GateShape.BuildingOf(await devices.Find(device), request.DeviceId);
        var operation = Check.Operation(request.OperationId);
        var token = await tokens.Of(request.CardUid);
        var direction = Check.Enum<Direction>((int)request.Direction, "direction");
        var children = Children(request.ChildAccountNumbers);
        var at = Check.Time(request.EventTime);
        // It is the tap's id, so what is wrong with it is said once and not by each child.
        await Task.WhenAll(children.Select(FindChild));

        var card = await cards.Read(token);
        PickUpRight[] rights = card is null ? [] : [.. await pickUps.Of(card.Account)];
        var answers = await Task.WhenAll(children.Select(child => Ask(building, card, new HandOver
        {
            Operation = operation.Derive([(long)Domain.Buildings.PassageKind.HandOver, child.Value]), Token = token, Child = child, Device = device, Direction = direction, EventTime = at,
            Rights = [.. rights.Where(right => right.Child == child)],
        })));
        return new HandOverResponse { Answers = { answers } };
    }

    private async Task FindChild(AccountNumber child)
    {
        if (await grains.Account(child).Get() is null) throw new NotFoundException($"child_account_numbers: account {child} is not registered.");
    }

    private async Task<HandOverAnswer> Ask(BuildingId building, Card? card, HandOver handOver)
    {
        var answer = await door.Do(OperationKind.HandOver, (grain: grains.Building(building), card, handOver), static way => way.grain.HandOver(way.handOver, way.card));
        return new HandOverAnswer
        {
            ChildAccountNumber = handOver.Child.Value,
            PassageNumber = answer.Seq,
            Outcome = (Outcome)answer.Outcome,
            Direction = (Zvonok.Gate.V1.Direction)(answer.Direction ?? default),
            Flag = (Flag)answer.Flag,
            RefusalReason = (RefusalReason)answer.Refusal,
            EventTime = answer.EventAt.ToTimestamp(),
            Unrecorded = answer.IsUnrecorded,
        };
    }

    private static List<AccountNumber> Children(RepeatedField<long> numbers)
    {
        if (numbers.Count is < 1 or > Limits.HandOverChildrenMax) Check.Fail("child_account_numbers", $"1 to {Limits.HandOverChildrenMax} children");
        var children = new List<AccountNumber>(numbers.Count);
        for (var i = 0; i < numbers.Count; i++)
        {
            var child = Check.Account(numbers[i], $"child_account_numbers[{i}]");
            if (children.Contains(child)) Check.Fail($"child_account_numbers[{i}]", "another one: this child is there already");
            children.Add(child);
        }

        return children;
    }
}
