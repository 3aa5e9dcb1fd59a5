using System.Text.RegularExpressions;
using Google.Protobuf.Reflection;
using Zvonok.Api.Tests.Registries;
using Zvonok.Cities.V1;
using Zvonok.Family.V1;
using Zvonok.Feed.V1;
using Zvonok.Gate.V1;
using Zvonok.Office.V1;
using Zvonok.Registry.V1;
using Zvonok.Schools.V1;
using Zvonok.Terminals.V1;
using Zvonok.Till.V1;

namespace Zvonok.Api.Tests.Shapes;

/// <summary>What holds for the protocol as a whole, read from its descriptors.</summary>
public sealed partial class ProtocolTests
{
    private static readonly FileDescriptor[] Files =
    [
        GateServiceReflection.Descriptor, TillServiceReflection.Descriptor, FamilyServiceReflection.Descriptor, RegistryServiceReflection.Descriptor,
        FeedServiceReflection.Descriptor, OfficeServiceReflection.Descriptor, SchoolServiceReflection.Descriptor, OfflineListReflection.Descriptor, SignedListReflection.Descriptor, BuildingModeReflection.Descriptor, SafetyReflection.Descriptor, RollCallReflection.Descriptor, AlarmsReflection.Descriptor, CityServiceReflection.Descriptor,
    ];

    private static IEnumerable<MethodDescriptor> Methods => Files.SelectMany(file => file.Services).SelectMany(service => service.Methods);

    [Fact]
    public void The_protocol_is_all_of_the_proto_files() =>
        typeof(GateServiceReflection).Assembly.GetTypes().Count(type => type.Name.EndsWith("Reflection", StringComparison.Ordinal)).ShouldBe(Files.Length);

    [Fact]
    public void A_package_is_versioned_and_named_as_its_folder()
    {
        foreach (var file in Files)
        {
            file.Package.ShouldBe(Path.GetDirectoryName(file.Name)!.Replace('/', '.'));
            file.Package.ShouldMatch(@"^zvonok\.[a-z]+\.v[0-9]+$");
        }
    }

    [Fact]
    public void The_zero_of_an_enumeration_means_that_it_was_not_said()
    {
        var enums = Files.SelectMany(file => file.EnumTypes.Concat(file.MessageTypes.SelectMany(message => message.EnumTypes))).ToList();
        enums.ShouldNotBeEmpty();
        foreach (var type in enums)
        {
            var prefix = Humps().Replace(type.Name, "$1_$2").ToUpperInvariant();
            type.FindValueByNumber(0).ShouldNotBeNull(type.FullName).Name.ShouldBe($"{prefix}_UNSPECIFIED");
            type.Values.ShouldAllBe(value => value.Name.StartsWith($"{prefix}_", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Requests_and_answers_are_named_after_their_method_and_never_shared()
    {
        foreach (var method in Methods)
        {
            method.InputType.Name.ShouldBe($"{method.Name}Request");
            method.OutputType.Name.ShouldBe($"{method.Name}Response");
        }

        Methods.SelectMany(method => new[] { method.InputType.FullName, method.OutputType.FullName }).ShouldBeUnique();
    }

    [Fact]
    public void Every_request_that_changes_something_carries_an_operation_id()
    {
        // What a device says about itself may be said again.
        foreach (var request in Methods.Where(method => !IsQuery(method)).SelectMany(method => Commands(method.InputType)).Where(request => request.Name is not ("Hello" or "Heartbeat")))
        {
            var id = request.FindFieldByName("operation_id").ShouldNotBeNull($"{request.FullName} can be repeated only with an operation_id.");
            id.FieldType.ShouldBe(FieldType.Bytes);
            id.FieldNumber.ShouldBe(1);
        }
    }

    [Fact]
    [Trait("Rule", "D2")]
    public void Every_field_of_every_request_is_sent_wrong_by_some_test()
    {
        var tested = new Dictionary<string, string[]>
        {
            [TapRequest.Descriptor.FullName] = Fields(BadFields.Tap),
            [ReportGateEventRequest.Descriptor.FullName] = Fields(BadFields.ReportGateEvent),
            [Zvonok.Gate.V1.PassageFact.Descriptor.FullName] = Fields(BadFields.Passage),
            [AdmitManuallyRequest.Descriptor.FullName] = Fields(BadFields.AdmitManually),
            [VerifyRequest.Descriptor.FullName] = Fields(BadFields.Verify),
            [Zvonok.Gate.V1.Hello.Descriptor.FullName] = Fields(BadFields.GateHello),
            [Zvonok.Gate.V1.Heartbeat.Descriptor.FullName] = Fields(BadFields.GateHeartbeat),
            [Zvonok.Till.V1.Hello.Descriptor.FullName] = Fields(BadFields.TillHello),
            [Zvonok.Till.V1.Heartbeat.Descriptor.FullName] = Fields(BadFields.TillHeartbeat),
            [HandOverRequest.Descriptor.FullName] = Fields(BadFields.HandOver),
            [SellRequest.Descriptor.FullName] = Fields(BadFields.Sell),
            [ReverseSaleRequest.Descriptor.FullName] = Fields(BadFields.ReverseSale),
            [SettleClassRequest.Descriptor.FullName] = Fields(BadFields.SettleClass),
            [RedeemMealRequest.Descriptor.FullName] = Fields(BadFields.RedeemMeal),
            [SetEntitlementsRequest.Descriptor.FullName] = Fields(BadFields.SetEntitlements),
            [PayRideRequest.Descriptor.FullName] = Fields(BadFields.PayRide),
            [TopUpRequest.Descriptor.FullName] = Fields(BadFields.TopUp),
            [SetDailyLimitRequest.Descriptor.FullName] = Fields(BadFields.SetDailyLimit),
            [SetStopListRequest.Descriptor.FullName] = Fields(BadFields.SetStopList),
            [TransferRequest.Descriptor.FullName] = Fields(BadFields.Transfer),
            [ListOpenTransfersRequest.Descriptor.FullName] = Fields(BadFields.ListOpenTransfers),
            [OrderMealsRequest.Descriptor.FullName] = Fields(BadFields.OrderMeals),
            [ListOrdersRequest.Descriptor.FullName] = Fields(BadFields.ListOrders),
            [RedeemOrderRequest.Descriptor.FullName] = Fields(BadFields.RedeemOrder),
            [SetFeePolicyRequest.Descriptor.FullName] = Fields(BadFields.SetFeePolicy),
            [ListFeePoliciesRequest.Descriptor.FullName] = Fields(BadFields.ListFeePolicies),
            [ChargeFeeRequest.Descriptor.FullName] = Fields(BadFields.ChargeFee),
            [CloseAccountRequest.Descriptor.FullName] = Fields(BadFields.CloseAccount),
            [GetAccountRequest.Descriptor.FullName] = Fields(BadFields.GetAccount),
            [ListHistoryRequest.Descriptor.FullName] = Fields(BadFields.ListHistory),
            [ExportHistoryRequest.Descriptor.FullName] = Fields(BadFields.ExportHistory),
            [GetDayReportRequest.Descriptor.FullName] = Fields(BadFields.GetDayReport),
            [GetWeekReportRequest.Descriptor.FullName] = Fields(BadFields.GetWeekReport),
            [WatchRequest.Descriptor.FullName] = Fields(BadFields.Watch),
            [GetEndRequest.Descriptor.FullName] = [],
            [GetFiguresRequest.Descriptor.FullName] = Fields(BadFields.GetFigures),
            [SetSubscriptionsRequest.Descriptor.FullName] = Fields(BadFields.SetSubscriptions),
            [ListSubscriptionsRequest.Descriptor.FullName] = Fields(BadFields.ListSubscriptions),
            [ListDeadNoticesRequest.Descriptor.FullName] = Fields(BadFields.ListDeadNotices),
            [SendDeadNoticesRequest.Descriptor.FullName] = Fields(BadFields.SendDeadNotices),
            [SetCreditPolicyRequest.Descriptor.FullName] = Fields(BadFields.SetCreditPolicy),
            [ListCreditPoliciesRequest.Descriptor.FullName] = Fields(BadFields.ListCreditPolicies),
            [Zvonok.Gate.V1.FetchListRequest.Descriptor.FullName] = Fields(BadFields.FetchGateList),
            [Zvonok.Till.V1.FetchListRequest.Descriptor.FullName] = Fields(BadFields.FetchTillList),
            [SetOfflinePolicyRequest.Descriptor.FullName] = Fields(BadFields.SetOfflinePolicy),
            [ListOfflinePoliciesRequest.Descriptor.FullName] = Fields(BadFields.ListOfflinePolicies),
            [GetTrialBalanceRequest.Descriptor.FullName] = [],
            [GetSettlementReportRequest.Descriptor.FullName] = Fields(BadFields.GetSettlementReport),
            [GetClaimsReportRequest.Descriptor.FullName] = Fields(BadFields.GetClaimsReport),
            [GetExceptionsReportRequest.Descriptor.FullName] = Fields(BadFields.GetExceptionsReport),
            [SetMenuRequest.Descriptor.FullName] = Fields(BadFields.SetMenu),
            [ListMenusRequest.Descriptor.FullName] = Fields(BadFields.ListMenus),
            [IssueCardRequest.Descriptor.FullName] = Fields(BadFields.IssueCard),
            [BindCardRequest.Descriptor.FullName] = Fields(BadFields.BindCard),
            [ReplaceCardRequest.Descriptor.FullName] = Fields(BadFields.ReplaceCard),
            [ReportCardLostRequest.Descriptor.FullName] = Fields(BadFields.ReportCardLost),
            [BlockCardRequest.Descriptor.FullName] = Fields(BadFields.BlockCard),
            [HandInCardRequest.Descriptor.FullName] = Fields(BadFields.HandInCard),
            [DestroyCardRequest.Descriptor.FullName] = Fields(BadFields.DestroyCard),
            [IssueTemporaryCardRequest.Descriptor.FullName] = Fields(BadFields.IssueTemporaryCard),
            [TestCardRequest.Descriptor.FullName] = Fields(BadFields.TestCard),
            [ListCardsRequest.Descriptor.FullName] = Fields(BadFields.ListCards),
            [ListCardEventsRequest.Descriptor.FullName] = Fields(BadFields.ListCardEvents),
            [ListFoundCardsRequest.Descriptor.FullName] = Fields(BadFields.ListFoundCards),
            [StartEvacuationRequest.Descriptor.FullName] = Fields(BadFields.StartEvacuation),
            [EndEvacuationRequest.Descriptor.FullName] = Fields(BadFields.EndEvacuation),
            [StartLockdownRequest.Descriptor.FullName] = Fields(BadFields.StartLockdown),
            [EndLockdownRequest.Descriptor.FullName] = Fields(BadFields.EndLockdown),
            [GetBuildingRequest.Descriptor.FullName] = Fields(BadFields.GetBuilding),
            [GetRollCallRequest.Descriptor.FullName] = Fields(BadFields.GetRollCall),
            [ExportRollCallRequest.Descriptor.FullName] = Fields(BadFields.ExportRollCall),
            [MarkFoundRequest.Descriptor.FullName] = Fields(BadFields.MarkFound),
            [ListAlarmsRequest.Descriptor.FullName] = Fields(BadFields.ListAlarms),
            [AcknowledgeAlarmRequest.Descriptor.FullName] = Fields(BadFields.AcknowledgeAlarm),
            [ShowAccountRequest.Descriptor.FullName] = Fields(BadFields.ShowAccount),
            [IssueVisitorCardRequest.Descriptor.FullName] = Fields(BadFields.IssueVisitorCard),
            [ListVisitsRequest.Descriptor.FullName] = Fields(BadFields.ListVisits),
            [Building.Descriptor.FullName] = BadRows.FieldsOf(Row.RowOneofCase.Building),
            [Device.Descriptor.FullName] = BadRows.FieldsOf(Row.RowOneofCase.Device),
            [Account.Descriptor.FullName] = BadRows.FieldsOf(Row.RowOneofCase.Account),
            [Card.Descriptor.FullName] = BadRows.FieldsOf(Row.RowOneofCase.Card),
            [Zvonok.Registry.V1.Subscription.Descriptor.FullName] = BadRows.FieldsOf(Row.RowOneofCase.Subscription),
            [PickUp.Descriptor.FullName] = BadRows.FieldsOf(Row.RowOneofCase.PickUp),
            [Zvonok.Registry.V1.MenuItem.Descriptor.FullName] = BadRows.FieldsOf(Row.RowOneofCase.MenuItem),
        };

        foreach (var request in Methods.SelectMany(method => Commands(method.InputType)).Distinct())
            foreach (var field in Leaves(request, ""))
                tested.GetValueOrDefault(request.FullName).ShouldNotBeNull($"{request.FullName} has no table of bad fields.")
                    .ShouldContain(field, $"{request.FullName}: {field} is sent wrong by no test.");
    }

    // A stream's message and an import's row are envelopes: what counts is in them.
    private static IEnumerable<MessageDescriptor> Commands(MessageDescriptor request) => request.Name switch
    {
        "UploadFactsRequest" => request.Fields.InDeclarationOrder().Where(field => field.FieldType == FieldType.Message).Select(field => field.MessageType),
        "ConnectRequest" => request.Fields.InDeclarationOrder().Select(field => field.MessageType),
        "ImportRequest" => Row.Descriptor.Fields.InDeclarationOrder().Select(field => field.MessageType),
        _ => [request],
    };

    private static IEnumerable<string> Leaves(MessageDescriptor message, string prefix)
    {
        foreach (var field in message.Fields.InDeclarationOrder())
        {
            var isOurs = field.FieldType == FieldType.Message && field.MessageType.File.Package.StartsWith("zvonok", StringComparison.Ordinal);
            // A single message of ours is wrong by its fields, a list of them by its length too; a plain yes or no, of which nothing else depends, never is.
            if (!(isOurs && !field.IsRepeated) && field.Name is not ("cashier_confirmed" or "hard_anti_passback" or "collects" or "taken_back" or "open_only")) yield return prefix + field.Name;
            if (!isOurs) continue;
            foreach (var inner in Leaves(field.MessageType, $"{prefix}{field.Name}.")) yield return inner;
        }
    }

    // Rows of an import name themselves, and some requests the whole state that they want: sending them again changes nothing.
    private static bool IsQuery(MethodDescriptor method) =>
        method.Name.StartsWith("Get", StringComparison.Ordinal) || method.Name.StartsWith("List", StringComparison.Ordinal) || method.Name.StartsWith("Export", StringComparison.Ordinal) || method.Name.StartsWith("Fetch", StringComparison.Ordinal) || method.Name is "Import" or "TestCard" or "Verify" or "ShowAccount" or "Watch" or "SetSubscriptions" or "SendDeadNotices" or "SetCreditPolicy" or "SetFeePolicy" or "SetOfflinePolicy" or "SetMenu" or "AcknowledgeAlarm";

    private static string[] Fields<T>(BadField<T>[] table) => [.. table.Select(bad => Index().Replace(bad.Field, "")).Distinct()];

    [GeneratedRegex("([a-z])([A-Z])")]
    private static partial Regex Humps();

    [GeneratedRegex(@"\[\d+\]")]
    private static partial Regex Index();
}
