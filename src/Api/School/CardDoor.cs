using Google.Protobuf;
using Zvonok.Api.Hosting;
using Zvonok.Api.Shapes;
using Zvonok.Grains;
using Zvonok.Grains.Cards;
using Zvonok.Grains.Devices;
using Zvonok.Schools.V1;
using CardKind = Zvonok.Domain.Cards.CardKind;
using CardState = Zvonok.Domain.Cards.CardState;

namespace Zvonok.Api.School;

/// <summary>What is asked of cards (C2–C5): shape, author, card, answer.</summary>
internal sealed class CardDoor(Door door, GrainLookup grains, DeviceDirectory devices, CardReplacer replacer, CardTokens tokens)
{
    public async Task<CardAnswer> Do<TRequest>(OperationKind kind, TRequest request, Func<TRequest, ValueTask<CardCommand>> read) => await door.Do(kind, (Request: request, Read: read), async asked =>
    {
        var command = await asked.Read(asked.Request);
        return await grains.Card(command.Token).Change(command);
    });

    public async Task<ReplaceCardResponse> Replace(ReplaceCardRequest request)
    {
        var answer = await door.Do(OperationKind.ReplaceCard, request, async request => await replacer.Replace(await Read(request)));
        return CardShapes.IsGranted(answer.Card) ? new() { Granted = CardShapes.Replaced(answer) } : new() { Refused = CardShapes.Refused(answer.Card) };
    }

    public async ValueTask<CardCommand> Read(IssueCardRequest request)
    {
        var (operation, token, kind) = (Check.Operation(request.OperationId), await tokens.Of(request.CardUid), Kind((int)request.Kind, "kind"));
        var account = Check.Account(request.AccountNumber);
        if (request.FurtherBuildingIds.Count > Limits.FurtherBuildingsMax) Check.Fail("further_building_ids", $"at most {Limits.FurtherBuildingsMax} buildings");
        BuildingId[] further = [.. request.FurtherBuildingIds.Select(id => new BuildingId(Check.Id(id, "further_building_ids")))];
        var author = await Read(request.Author);
        foreach (var building in further)
            if (await grains.Building(building).Get() is null) throw new NotFoundException($"further_building_ids: building {building} is not registered: import it first.");
        return new CardIssue { Operation = operation, Token = token, Author = author, CardKind = kind, Account = account, Rights = new AccessRights(author.Building, further) };
    }

    public async ValueTask<CardCommand> Read(BindCardRequest request)
    {
        var (operation, token, account) = (Check.Operation(request.OperationId), await CardShapes.Token(request.Card, tokens), Check.Account(request.AccountNumber));
        return new CardBinding { Operation = operation, Token = token, Author = await Read(request.Author), Account = account };
    }

    public async ValueTask<CardCommand> Read(IssueTemporaryCardRequest request)
    {
        var (operation, token, account) = (Check.Operation(request.OperationId), await tokens.Of(request.CardUid), Check.Account(request.AccountNumber));
        var expires = Check.Time(request.ExpireTime, "expire_time");
        return new TemporaryCardIssue { Operation = operation, Token = token, Author = await Read(request.Author), Account = account, ExpiresAt = expires };
    }

    public async ValueTask<CardCommand> Read(IssueVisitorCardRequest request)
    {
        var (operation, token, host) = (Check.Operation(request.OperationId), await tokens.Of(request.CardUid), Check.Account(request.HostAccountNumber, "host_account_number"));
        var expires = Check.Time(request.ExpireTime, "expire_time") ?? throw Check.Bad("expire_time", $"when the visit ends, at most {Limits.VisitDaysMax} days ahead");
        var key = request.BookKey.Length == 0 ? "" : Check.Text(request.BookKey, Limits.GroupKeyLengthMax, "book_key");
        return new VisitorCardIssue { Operation = operation, Token = token, Author = await Read(request.Author), Host = host, ExpiresAt = expires, BookKey = key };
    }

    public async ValueTask<CardCommand> Move(ByteString id, Author? author, CardName? card, CardState to)
    {
        var (operation, token) = (Check.Operation(id), await CardShapes.Token(card, tokens));
        return new CardMove { Operation = operation, Token = token, Author = await Read(author), To = to };
    }

    private async ValueTask<CardReplacement> Read(ReplaceCardRequest request)
    {
        var (operation, token, successor) = (Check.Operation(request.OperationId), await CardShapes.Token(request.Card, tokens), await tokens.Of(request.NewCardUid, "new_card_uid"));
        if (successor == token) Check.Fail("new_card_uid", "the radio number of another card than the one that it replaces");
        var (kind, becomes) = (Kind((int)request.NewKind, "new_kind"), Check.Enum<CardState>((int)request.OldState, "old_state"));
        if (becomes is not (CardState.Lost or CardState.Blocked or CardState.Returned)) Check.Fail("old_state", "LOST, BLOCKED or RETURNED");
        if (request.BankPayment is not null && becomes != CardState.Lost) Check.Fail("bank_payment", "absent unless the old card is lost: nothing is due then");
        var reference = request.BankPayment is { } paid
            ? new BankReference(Check.Id(paid.ProviderId, "bank_payment.provider_id"), Check.Text(paid.BankReference, Limits.BankReferenceLengthMax, "bank_payment.bank_reference"))
            : null;
        return new CardReplacement
        {
            Operation = operation, Token = token, Author = await Read(request.Author), Successor = successor, SuccessorKind = kind, Becomes = becomes, Reference = reference,
        };
    }

    private async ValueTask<CardAuthor> Read(Author? author)
    {
        author ??= new Author();
        var (building, reason) = (new BuildingId(Check.Id(author.BuildingId, "author.building_id")), Check.Words(author.Reason, Limits.ReasonLengthMax, "author.reason"));
        if (author.WhoCase != Author.WhoOneofCase.DeviceId) return new CardAuthor(building, Check.Account(author.EmployeeAccountNumber, "author.employee_account_number"), default, reason);
        var device = new DeviceId(Check.Id(author.DeviceId, "author.device_id"));
        var registered = await devices.Find(device) ?? throw new NotFoundException($"author.device_id: device {device} is not registered: import it first.");
        if (registered.Device.Building != building) Check.Fail("author.device_id", $"a device of building {building}");
        return new CardAuthor(building, null, device, reason);
    }

    private static CardKind Kind(int value, string field) => Check.Enum<CardKind>(value, field) is var kind && CardRules.IsIdentifier(kind)
        ? kind
        : throw Check.Bad(field, "a kind that does not expire by itself: temporary cards are given with IssueTemporaryCard");
}
