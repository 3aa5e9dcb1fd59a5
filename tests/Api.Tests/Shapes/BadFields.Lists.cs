using Zvonok.Domain;
using Zvonok.Office.V1;

namespace Zvonok.Api.Tests.Shapes;

// Lists for devices without connection, and what tills may sell by them.
internal static partial class BadFields
{
    public static readonly BadField<Zvonok.Gate.V1.FetchListRequest>[] FetchGateList =
    [
        .. Ids<Zvonok.Gate.V1.FetchListRequest>("device_id", (request, id) => request.DeviceId = id),
        new("device_id", "a till", (request, _) => request.DeviceId = Given.Till),
        new("key_id", "of no key", (request, _) => request.KeyId++),
        new("known_version", "negative", (request, _) => request.KnownVersion = -1),
    ];

    public static readonly BadField<Zvonok.Till.V1.FetchListRequest>[] FetchTillList =
    [
        .. Ids<Zvonok.Till.V1.FetchListRequest>("device_id", (request, id) => request.DeviceId = id),
        new("device_id", "a gate", (request, _) => request.DeviceId = Given.Gate),
        new("key_id", "of no key", (request, _) => request.KeyId++),
        new("known_version", "negative", (request, _) => request.KnownVersion = -1),
    ];

    public static readonly BadField<SetOfflinePolicyRequest>[] SetOfflinePolicy =
    [
        new("building_id", "negative", (request, _) => request.BuildingId = -1),
        new("building_id", "too large", (request, _) => request.BuildingId = Limits.IdMax + 1),
        new("allowance_kopecks", "negative", (request, _) => request.AllowanceKopecks = -1),
        new("allowance_kopecks", "too large", (request, _) => request.AllowanceKopecks = Limits.AmountMax + 1),
    ];

    public static readonly BadField<ListOfflinePoliciesRequest>[] ListOfflinePolicies =
    [
        new("page_size", "negative", (request, _) => request.PageSize = -1),
        new("page_size", "too large", (request, _) => request.PageSize = 201),
        .. new[] { "x", "!!!!", "cDA", "ZTE", "cC0x", new string('A', 5_000) }.Select(token =>
            new BadField<ListOfflinePoliciesRequest>("page_token", $"'{token[..Math.Min(token.Length, 10)]}' of {token.Length}", (request, _) => request.PageToken = token)),
    ];
}
