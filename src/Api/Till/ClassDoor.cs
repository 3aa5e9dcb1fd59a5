using Google.Protobuf.Collections;
using Zvonok.Api.Hosting;
using Zvonok.Api.Shapes;
using Zvonok.Grains;
using Zvonok.Grains.Devices;
using Zvonok.Till.V1;
using Payer = Zvonok.Till.V1.ClassMember.Types.Payer;
using SaleLine = Zvonok.Domain.Accounts.SaleLine;

namespace Zvonok.Api.Till;

/// <summary>
/// A class's way in (M7): one meal for all, an answer for each. All accounts are asked at the same time, so that what they grant gathers in one commit; nobody waits
/// for a child that is refused, or whose answer is lost.
/// </summary>
internal sealed class ClassDoor(Door door, DeviceDirectory devices, Employees employees, GrainLookup grains, IClock clock, ILogger<ClassDoor> logger)
{
    public async ValueTask<SettleClassResponse> Settle(SettleClassRequest request)
    {
        var till = await devices.Find(new DeviceId(Check.Id(request.DeviceId, "device_id")));
        var lines = SaleShape.Lines(request.Lines);
        var meal = new Meal
        {
            Operation = Check.Operation(request.OperationId),
            EventTime = Check.Time(request.EventTime),
            Device = new DeviceId(request.DeviceId),
            Seller = SaleShape.SellerOf(till, request.DeviceId),
            Kind = Check.Enum<Domain.Accounts.MealKind>((int)request.MealKind, "meal_kind"),
            Lines = lines,
            Total = SaleShape.Total(request.TotalKopecks, lines),
            CreditFloor = till!.CreditFloor,
        };
        var members = Members(request.Members);
        // It is the class's id, so what is wrong with it is said once and not by each child.
        OperationGuard.RefuseFuture(meal.Operation, clock);
        var by = await employees.WhoMay(request.EmployeeCardUid, "employee_card_uid", till.Device.Building, meal.EventTime);
        var answers = await Task.WhenAll(members.Select(member => Settle(member.Account, member.Payer, meal, new ClassSettlement(by))));
        return new SettleClassResponse { Answers = { answers } };
    }

    private async Task<ClassAnswer> Settle(AccountNumber account, Payer payer, Meal meal, ClassSettlement settlement)
    {
        var told = new ClassAnswer { AccountNumber = account.Value };
        try
        {
            var answer = await door.Do(OperationKind.SettleClass, (grains, account, payer, meal, settlement), static way => way.payer == Payer.Budget
                ? way.grains.Account(way.account).Redeem(way.meal.ToRedemption(way.settlement), CardRefusal.None)
                : way.grains.Account(way.account).Sell(way.meal.ToSale(way.settlement), CardRefusal.None));
            if (answer.Refusal == AccountRefusal.None) told.Granted = TillAnswers.Granted(answer);
            else told.Refused = TillAnswers.Refused(answer);
        }
        catch (Exception exception)
        {
            told.Error = Faults.StatusOf(exception, "TillService/SettleClass", logger);
        }

        return told;
    }

    private static List<(AccountNumber Account, Payer Payer)> Members(RepeatedField<ClassMember> members)
    {
        if (members.Count is < 1 or > Limits.ClassMembersMax) Check.Fail("members", $"1 to {Limits.ClassMembersMax} children");
        var read = new List<(AccountNumber Account, Payer Payer)>(members.Count);
        var known = new HashSet<AccountNumber>(members.Count);
        for (var i = 0; i < members.Count; i++)
        {
            var account = Check.Account(members[i].AccountNumber, $"members[{i}].account_number");
            if (members[i].Payer is not (Payer.Purse or Payer.Budget)) Check.Fail($"members[{i}].payer", "PURSE or BUDGET");
            if (!known.Add(account)) Check.Fail($"members[{i}].account_number", "another one: this child is there already");
            read.Add((account, members[i].Payer));
        }

        return read;
    }

    /// <summary>What is served to each child.</summary>
    private sealed record Meal
    {
        public required OperationId Operation { get; init; }

        public required Instant? EventTime { get; init; }

        public required DeviceId Device { get; init; }

        public required ContraAccount Seller { get; init; }

        public required Domain.Accounts.MealKind Kind { get; init; }

        public required SaleLine[] Lines { get; init; }

        public required Money Total { get; init; }

        public required Money CreditFloor { get; init; }

        public Sale ToSale(ClassSettlement settlement) => new()
        {
            Operation = Operation, EventTime = EventTime, Device = Device, Seller = Seller, Lines = Lines, Total = Total, CreditFloor = CreditFloor, Settlement = settlement,
        };

        public Redemption ToRedemption(ClassSettlement settlement) => new()
        {
            Operation = Operation, EventTime = EventTime, Device = Device, Seller = Seller, Meal = Kind, Lines = Lines, Total = Total, Settlement = settlement,
        };
    }
}
