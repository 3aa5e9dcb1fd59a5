using Zvonok.Api.Hosting;
using Zvonok.Api.Shapes;
using Zvonok.Grains;
using Zvonok.Grains.Policies;
using Zvonok.Office.V1;
using FeeKind = Zvonok.Domain.Accounts.FeeKind;
using FeePolicy = Zvonok.Domain.Accounts.FeePolicy;

namespace Zvonok.Api.Office;

/// <summary>Fees (M13): what they cost, and that they are paid.</summary>
internal sealed class FeeDoor(Door door, GrainLookup grains, IFeePolicies policies)
{
    private const int KindsMax = 16;

    private static readonly PageToken Pages = new('f');

    public async Task<SetFeePolicyResponse> Set(SetFeePolicyRequest request)
    {
        BuildingId? building = request.BuildingId == 0 ? null : new BuildingId(Check.Id(request.BuildingId, "building_id"));
        var kind = Check.Enum<FeeKind>((int)request.Kind, "kind");
        var isKnown = request.HasAmountKopecks
            ? await policies.Set(new FeePolicy(building, kind, Check.Amount(request.AmountKopecks, "amount_kopecks", min: 0)))
            : await policies.Remove(building, kind);
        return isKnown ? new SetFeePolicyResponse() : throw Unknown(building);
    }

    public async Task<ListFeePoliciesResponse> List(ListFeePoliciesRequest request)
    {
        var size = Check.PageSize(request.PageSize);
        // One more than asked for is where the next page starts.
        var (building, kind) = Math.DivRem(Pages.Read(request.PageToken, first: 0), KindsMax);
        var listed = await policies.List((int)Math.Min(building, int.MaxValue), (FeeKind)kind, size + 1);
        var response = new ListFeePoliciesResponse { Policies = { listed.Take(size).Select(ToMessage) } };
        if (listed.Count > size) response.NextPageToken = Pages.Write((listed[size].Building?.Value ?? 0) * (long)KindsMax + (int)listed[size].Kind);
        return response;
    }

    public async Task<ChargeFeeResponse> Charge(ChargeFeeRequest request)
    {
        var answer = await door.Do(OperationKind.ChargeFee, request, async request =>
        {
            var account = Check.Account(request.AccountNumber);
            var (building, kind) = (new BuildingId(Check.Id(request.BuildingId, "building_id")), Check.Enum<FeeKind>((int)request.Kind, "kind"));
            var operation = Check.Operation(request.OperationId);
            var reference = request.BankPayment is { } paid
                ? new BankReference(Check.Id(paid.ProviderId, "bank_payment.provider_id"), Check.Text(paid.BankReference, Limits.BankReferenceLengthMax, "bank_payment.bank_reference"))
                : null;
            return await grains.Account(account).Charge(new FeeCharge { Operation = operation, Kind = kind, Amount = await policies.Find(building, kind), Reference = reference });
        });
        return answer.Refusal == AccountRefusal.None
            ? new ChargeFeeResponse { Granted = new() { EntryNumber = answer.Seq, MealBalanceKopecks = answer.Meal.Kopecks } }
            : new ChargeFeeResponse { Refused = new() { Reason = (Zvonok.Family.V1.RefusalReason)answer.Refusal } };
    }

    private static Zvonok.Office.V1.FeePolicy ToMessage(FeePolicy policy) =>
        new() { BuildingId = policy.Building?.Value ?? 0, Kind = (Zvonok.Office.V1.FeeKind)policy.Kind, AmountKopecks = policy.Amount.Kopecks };

    private static NotFoundException Unknown(BuildingId? building) => new($"building_id: building {building} is not registered: import it first.");
}
