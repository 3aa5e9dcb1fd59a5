using Zvonok.Api.Hosting;
using Zvonok.Schools.V1;

namespace Zvonok.Api.School;

/// <summary>The door of the school's responsible employee and its guards.</summary>
internal sealed partial class SchoolGrpcService(CardDoor cards, CardLists lists, SafetyDoor safety, RollCallDoor rollCalls, AlarmDoor alarms, KioskDoor kiosks, VisitorDoor visitors) : SchoolService.SchoolServiceBase
{
    public override async Task<IssueCardResponse> IssueCard(IssueCardRequest request, ServerCallContext context)
    {
        var answer = await cards.Do(OperationKind.IssueCard, request, cards.Read);
        return CardShapes.IsGranted(answer) ? new() { Granted = CardShapes.Changed(answer) } : new() { Refused = CardShapes.Refused(answer) };
    }

    public override async Task<BindCardResponse> BindCard(BindCardRequest request, ServerCallContext context)
    {
        var answer = await cards.Do(OperationKind.BindCard, request, cards.Read);
        return CardShapes.IsGranted(answer) ? new() { Granted = CardShapes.Changed(answer) } : new() { Refused = CardShapes.Refused(answer) };
    }

    public override Task<ReplaceCardResponse> ReplaceCard(ReplaceCardRequest request, ServerCallContext context) => cards.Replace(request);

    public override async Task<ReportCardLostResponse> ReportCardLost(ReportCardLostRequest request, ServerCallContext context)
    {
        var answer = await cards.Do(OperationKind.ReportCardLost, request, request => cards.Move(request.OperationId, request.Author, request.Card, Domain.Cards.CardState.Lost));
        return CardShapes.IsGranted(answer) ? new() { Granted = CardShapes.Changed(answer) } : new() { Refused = CardShapes.Refused(answer) };
    }

    public override async Task<BlockCardResponse> BlockCard(BlockCardRequest request, ServerCallContext context)
    {
        var answer = await cards.Do(OperationKind.BlockCard, request, request => cards.Move(request.OperationId, request.Author, request.Card, Domain.Cards.CardState.Blocked));
        return CardShapes.IsGranted(answer) ? new() { Granted = CardShapes.Changed(answer) } : new() { Refused = CardShapes.Refused(answer) };
    }

    public override async Task<HandInCardResponse> HandInCard(HandInCardRequest request, ServerCallContext context)
    {
        var answer = await cards.Do(OperationKind.HandInCard, request, request => cards.Move(request.OperationId, request.Author, request.Card, Domain.Cards.CardState.Returned));
        return CardShapes.IsGranted(answer) ? new() { Granted = CardShapes.HandedIn(answer) } : new() { Refused = CardShapes.Refused(answer) };
    }

    public override async Task<DestroyCardResponse> DestroyCard(DestroyCardRequest request, ServerCallContext context)
    {
        var answer = await cards.Do(OperationKind.DestroyCard, request, request => cards.Move(request.OperationId, request.Author, request.Card, Domain.Cards.CardState.Destroyed));
        return CardShapes.IsGranted(answer) ? new() { Granted = CardShapes.Changed(answer) } : new() { Refused = CardShapes.Refused(answer) };
    }

    public override async Task<IssueTemporaryCardResponse> IssueTemporaryCard(IssueTemporaryCardRequest request, ServerCallContext context)
    {
        var answer = await cards.Do(OperationKind.IssueTemporaryCard, request, cards.Read);
        return CardShapes.IsGranted(answer) ? new() { Granted = CardShapes.Changed(answer) } : new() { Refused = CardShapes.Refused(answer) };
    }

    public override async Task<IssueVisitorCardResponse> IssueVisitorCard(IssueVisitorCardRequest request, ServerCallContext context)
    {
        var answer = await cards.Do(OperationKind.IssueVisitorCard, request, cards.Read);
        return CardShapes.IsGranted(answer) ? new() { Granted = CardShapes.Changed(answer) } : new() { Refused = CardShapes.Refused(answer) };
    }

    public override Task<ListVisitsResponse> ListVisits(ListVisitsRequest request, ServerCallContext context) => visitors.List(request);

    public override Task<TestCardResponse> TestCard(TestCardRequest request, ServerCallContext context) => lists.Test(request);

    public override Task<ShowAccountResponse> ShowAccount(ShowAccountRequest request, ServerCallContext context) => kiosks.Show(request);

    public override Task<ListCardsResponse> ListCards(ListCardsRequest request, ServerCallContext context) => lists.List(request);

    public override Task<ListCardEventsResponse> ListCardEvents(ListCardEventsRequest request, ServerCallContext context) => lists.ListEvents(request);

    public override Task<ListFoundCardsResponse> ListFoundCards(ListFoundCardsRequest request, ServerCallContext context) => lists.ListFound(request);
}
