using System.Buffers.Text;
using System.Text;
using Zvonok.Api.Hosting;
using Zvonok.Api.Shapes;
using Zvonok.Grains;
using Zvonok.Grains.Notices;
using Zvonok.Grains.Policies;
using Zvonok.Grains.Transfers;
using Zvonok.Office.V1;
using CreditPolicy = Zvonok.Domain.Accounts.CreditPolicy;
using DeadNotice = Zvonok.Office.V1.DeadNotice;

namespace Zvonok.Api.Office;

/// <summary>The operators' door.</summary>
internal sealed class OfficeGrpcService(
    Door door, INoticeLog notices, ICreditPolicies policies, GrainLookup accounts, IGrainFactory grains, IClock clock, ITransferLog transfers, FeeDoor fees, AccountCloser closer,
    ReportStreams reports, MenuDoor menus, OfflinePolicyDoor offline) : OfficeService.OfficeServiceBase
{
    private const int SendMax = 1_000;

    private static readonly PageToken PolicyPages = new('p');

    public override async Task<SetCreditPolicyResponse> SetCreditPolicy(SetCreditPolicyRequest request, ServerCallContext context)
    {
        BuildingId? building = request.BuildingId == 0 ? null : new BuildingId(Check.Id(request.BuildingId, "building_id"));
        var isKnown = request.HasLimitKopecks
            ? await policies.Set(new CreditPolicy(building, -Check.Amount(request.LimitKopecks, "limit_kopecks", min: 0)))
            : await policies.Remove(building);
        return isKnown ? new SetCreditPolicyResponse() : throw new NotFoundException($"building_id: building {building} is not registered: import it first.");
    }

    public override async Task<ListCreditPoliciesResponse> ListCreditPolicies(ListCreditPoliciesRequest request, ServerCallContext context)
    {
        var size = Check.PageSize(request.PageSize);
        // One more than asked for is where the next page starts.
        var listed = await policies.List((int)Math.Min(PolicyPages.Read(request.PageToken, first: 0), int.MaxValue), size + 1);
        var response = new ListCreditPoliciesResponse { Policies = { listed.Take(size).Select(ToMessage) } };
        if (listed.Count > size) response.NextPageToken = PolicyPages.Write(listed[size].Building!.Value.Value);
        return response;
    }

    public override Task<SetOfflinePolicyResponse> SetOfflinePolicy(SetOfflinePolicyRequest request, ServerCallContext context) => offline.Set(request);

    public override Task<ListOfflinePoliciesResponse> ListOfflinePolicies(ListOfflinePoliciesRequest request, ServerCallContext context) => offline.List(request);

    public override async Task<SetEntitlementsResponse> SetEntitlements(SetEntitlementsRequest request, ServerCallContext context)
    {
        var answer = await door.Do(OperationKind.SetEntitlements, request, request =>
        {
            var account = Check.Account(request.AccountNumber);
            var change = new EntitlementChange { Operation = Check.Operation(request.OperationId), Entitlements = EntitlementShape.Read(request.Entitlements) };
            return accounts.Account(account).Change(change);
        });
        return answer.Refusal == AccountRefusal.None
            ? new SetEntitlementsResponse { Granted = new() { EntryNumber = answer.Seq } }
            : new SetEntitlementsResponse { Refused = new() { Reason = (Zvonok.Family.V1.RefusalReason)answer.Refusal } };
    }

    public override Task<SetFeePolicyResponse> SetFeePolicy(SetFeePolicyRequest request, ServerCallContext context) => fees.Set(request);

    public override Task<ListFeePoliciesResponse> ListFeePolicies(ListFeePoliciesRequest request, ServerCallContext context) => fees.List(request);

    public override Task<ChargeFeeResponse> ChargeFee(ChargeFeeRequest request, ServerCallContext context) => fees.Charge(request);

    public override async Task<CloseAccountResponse> CloseAccount(CloseAccountRequest request, ServerCallContext context)
    {
        var answer = await door.Do(OperationKind.CloseAccount, request, request =>
        {
            var account = Check.Account(request.AccountNumber);
            var closing = new Closing
            {
                Operation = Check.Operation(request.OperationId),
                PaidOutBy = request.HasPayoutProviderId ? ContraAccount.Bank(Check.Id(request.PayoutProviderId, "payout_provider_id")) : null,
            };
            AccountNumber? heir = request.HasHeirAccountNumber ? Check.Account(request.HeirAccountNumber, "heir_account_number") : null;
            if (heir == account) Check.Fail("heir_account_number", "another account");
            return new ValueTask<AccountAnswer>(closer.Close(account, closing, heir));
        });
        return answer.Refusal == AccountRefusal.None
            ? new CloseAccountResponse { Granted = new() { EntryNumber = answer.Seq } }
            : new CloseAccountResponse { Refused = new() { Reason = (Zvonok.Family.V1.RefusalReason)answer.Refusal } };
    }

    public override async Task<ListOpenTransfersResponse> ListOpenTransfers(ListOpenTransfersRequest request, ServerCallContext context)
    {
        var open = await transfers.List(Check.PageSize(request.PageSize));
        return new ListOpenTransfersResponse { Transfers = { open.Oldest.Select(ToMessage) }, TotalCount = open.Count };
    }

    public override async Task<ListDeadNoticesResponse> ListDeadNotices(ListDeadNoticesRequest request, ServerCallContext context)
    {
        var size = Check.PageSize(request.PageSize);
        // One more than asked for tells whether there is a next page.
        var dead = await notices.ListDead(DeadPages.Read(request.PageToken), size + 1);
        var response = new ListDeadNoticesResponse { Notices = { dead.Take(size).Select(ToMessage) } };
        if (dead.Count > size) response.NextPageToken = DeadPages.Write(dead[size - 1]);
        return response;
    }

    public override async Task<SendDeadNoticesResponse> SendDeadNotices(SendDeadNoticesRequest request, ServerCallContext context)
    {
        if (request.All && request.Keys.Count > 0) Check.Fail("all", "false when keys are given");
        if (!request.All && request.Keys.Count is < 1 or > SendMax) Check.Fail("keys", $"1 to {SendMax} keys of dead notices, or none with all");
        var keys = request.All ? null : request.Keys.Select(key => NoticeKey.TryParse(key, out var read) ? read : throw Check.Bad("keys", "keys as ListDeadNotices gives them")).ToList();
        var partitions = await notices.SendAgain(keys, clock.GetCurrentInstant(), SendMax);
        // Whoever is not reached looks for itself within half a minute.
        foreach (var partition in partitions.Distinct()) grains.GetGrain<INoticeGrain>(partition).LookForDue().Ignore();
        return new SendDeadNoticesResponse { SentCount = partitions.Count };
    }

    public override Task GetTrialBalance(GetTrialBalanceRequest request, IServerStreamWriter<GetTrialBalanceResponse> responseStream, ServerCallContext context) =>
        reports.SendTrialBalance(responseStream, context.CancellationToken);

    public override Task GetSettlementReport(GetSettlementReportRequest request, IServerStreamWriter<GetSettlementReportResponse> responseStream, ServerCallContext context) =>
        reports.SendSettlement(request, responseStream, context.CancellationToken);

    public override Task GetClaimsReport(GetClaimsReportRequest request, IServerStreamWriter<GetClaimsReportResponse> responseStream, ServerCallContext context) =>
        reports.SendClaims(request, responseStream, context.CancellationToken);

    public override Task GetExceptionsReport(GetExceptionsReportRequest request, IServerStreamWriter<GetExceptionsReportResponse> responseStream, ServerCallContext context) =>
        reports.SendExceptions(request, responseStream, context.CancellationToken);

    public override Task<SetMenuResponse> SetMenu(SetMenuRequest request, ServerCallContext context) => menus.Set(request);

    private static Zvonok.Office.V1.CreditPolicy ToMessage(CreditPolicy policy) => new() { BuildingId = policy.Building?.Value ?? 0, LimitKopecks = -policy.Floor.Kopecks };

    private static Zvonok.Office.V1.OpenTransfer ToMessage(Domain.Accounts.OpenTransfer transfer) => new()
    {
        AccountNumber = transfer.Left.Account.Value,
        EntryNumber = transfer.Left.Seq,
        ToAccountNumber = transfer.To.Value,
        ToPurse = (Zvonok.Family.V1.Purse)transfer.Purse,
        AmountKopecks = transfer.Amount.Kopecks,
        LeaveTime = transfer.LeftAt.ToTimestamp(),
    };

    private static DeadNotice ToMessage(NoticeRow row) => new()
    {
        Key = row.Key.ToString(),
        Guardian = row.Notice!.Guardian,
        Channel = row.Notice.Channel.Kind == Domain.Notices.ChannelKind.Email ? "email" : "webhook",
        Address = row.Notice.Channel.Address,
        AccountNumber = row.Notice.Account.Value,
        EventTime = row.Notice.EventAt.ToTimestamp(),
        DeadTime = row.At.ToTimestamp(),
        Tries = row.Tries,
        Trouble = row.Trouble ?? "",
    };

    /// <summary>Where the next page of dead notices starts: opaque to callers, so that it may change.</summary>
    private static class DeadPages
    {
        private const int LengthMax = 256;

        public static string Write(NoticeRow last) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes($"{last.At.ToUnixTimeMilliseconds()} {last.Key}"));

        public static Grains.Notices.DeadNotice? Read(string token)
        {
            if (token.Length == 0) return null;
            if (token.Length <= LengthMax && Base64Url.IsValid(token)
                && Encoding.ASCII.GetString(Base64Url.DecodeFromChars(token)).Split(' ') is [var at, var key]
                && long.TryParse(at, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var milliseconds) && milliseconds <= 253_402_300_799_999
                && NoticeKey.TryParse(key, out var notice))
                return new Grains.Notices.DeadNotice(Instant.FromUnixTimeMilliseconds(milliseconds), notice);
            throw Check.Bad("page_token", "the next_page_token of the answer before, unchanged, or empty");
        }
    }
}
