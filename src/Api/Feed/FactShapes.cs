using Google.Protobuf;
using Zvonok.Api.Family;
using Zvonok.Api.Shapes;
using Zvonok.Grains.Feed;
using Fact = Zvonok.Feed.V1.Fact;
using FactBase = Zvonok.Grains.Feed.Fact;

namespace Zvonok.Api.Feed;

/// <summary>Facts as the feed tells them.</summary>
internal static class FactShapes
{
    public static Fact Shape(FactBase fact)
    {
        var shape = new Fact { EventTime = fact.EventAt.ToTimestamp(), RecordTime = fact.RecordedAt.ToTimestamp() };
        switch (fact)
        {
            case EntryFact entry:
                shape.Entry = Shape(entry.Entry);
                break;
            case PassageFact { Kind: FactKind.ModeChange } change:
                shape.ModeChange = ShapeModeChange(change.Passage);
                break;
            case PassageFact { Kind: FactKind.DeviceNews } news:
                shape.DeviceNews = ShapeDeviceNews(news.Passage);
                break;
            case PassageFact { Kind: FactKind.FoundMark } mark:
                shape.FoundMark = ShapeFoundMark(mark.Passage);
                break;
            case PassageFact { Kind: FactKind.GateEvent } report:
                shape.GateEvent = ShapeGateEvent(report.Passage);
                break;
            case PassageFact passage:
                shape.Passage = Shape(passage.Passage);
                break;
            case CardFact card:
                shape.CardChange = Shape(card.Card);
                break;
            default:
                throw new InvalidOperationException($"Facts of {fact.GetType().Name} are not known.");
        }

        return shape;
    }

    private static Zvonok.Feed.V1.Entry Shape(Domain.Accounts.Entry entry)
    {
        var shape = new Zvonok.Feed.V1.Entry
        {
            AccountNumber = entry.Account.Value,
            EntryNumber = entry.Seq,
            Kind = (Zvonok.Family.V1.EntryKind)entry.Kind,
            Purse = (Zvonok.Family.V1.Purse)entry.Purse,
            AmountKopecks = entry.Amount.Kopecks,
            ContraAccount = entry.Contra.ToString(),
            MealBalanceKopecks = entry.MealAfter.Kopecks,
            TransportBalanceKopecks = entry.TransportAfter.Kopecks,
            OperationId = Bytes(entry.Operation.ToGuid()),
            DeviceId = entry.Device.Value,
            ReversedEntryNumber = entry.ReversedSeq,
            OnCreditKopecks = entry.OnCredit.Kopecks,
            SettledByAccountNumber = entry.SettledBy?.Value ?? 0,
            CounterpartAccountNumber = entry.Counterpart?.Account.Value ?? 0,
            CounterpartEntryNumber = entry.Counterpart?.Seq ?? 0,
            Payer = entry.Payer == ContraAccount.None ? "" : entry.Payer.ToString(),
            MealKind = (Zvonok.Till.V1.MealKind)(entry.Meal ?? default),
            ReversedLineIndexes = { entry.ReversedLines.Indexes() },
        };
        foreach (var line in entry.Lines) shape.Lines.Add(EntryLines.ToMessage(line));
        if (entry.Override is { } made)
            shape.StopListOverride = new() { EmployeeAccountNumber = made.By.Value, Reason = made.Reason, LineIndexes = { made.Lines.Indexes() } };
        return shape;
    }

    private static Zvonok.Feed.V1.Passage Shape(Domain.Buildings.Passage passage) => new()
    {
        BuildingId = passage.Building.Value,
        PassageNumber = passage.Seq,
        Direction = (Zvonok.Gate.V1.Direction)(passage.Direction ?? default),
        Outcome = (Zvonok.Gate.V1.Outcome)passage.Outcome,
        Flag = (Zvonok.Gate.V1.Flag)passage.Flag,
        RefusalReason = (Zvonok.Gate.V1.RefusalReason)passage.Refusal,
        AccountNumber = passage.Account?.Value ?? 0,
        CardToken = passage.Token is { } token ? Bytes(token.Value) : ByteString.Empty,
        OperationId = Bytes(passage.Operation.ToGuid()),
        DeviceId = passage.Device.Value,
        Kind = (Zvonok.Gate.V1.PassageKind)passage.Kind,
        EmployeeAccountNumber = passage.Vouching?.By?.Value ?? 0,
        Reason = passage.Vouching?.Reason ?? "",
        EscortAccountNumber = passage.Escort?.Value ?? 0,
    };

    private static Zvonok.Feed.V1.GateEvent ShapeGateEvent(Domain.Buildings.Passage report) => new()
    {
        BuildingId = report.Building.Value,
        PassageNumber = report.Seq,
        Kind = (Zvonok.Gate.V1.GateEventKind)GateEvent.KindOf(report.Kind),
        RefusalReason = (Zvonok.Gate.V1.RefusalReason)report.Refusal,
        AnnulledPassageNumber = report.Annulment?.Seq ?? 0,
        AccountNumber = report.Account?.Value ?? 0,
        Direction = (Zvonok.Gate.V1.Direction)(report.Direction ?? default),
        OperationId = Bytes(report.Operation.ToGuid()),
        DeviceId = report.Device.Value,
        Mode = (Zvonok.Feed.V1.BuildingMode)report.ModeAfter,
    };

    private static Zvonok.Feed.V1.DeviceNews ShapeDeviceNews(Domain.Buildings.Passage news) => new()
    {
        BuildingId = news.Building.Value,
        PassageNumber = news.Seq,
        DeviceId = news.Device.Value,
        Silent = news.Kind == Domain.Buildings.PassageKind.DeviceSilent,
        OperationId = Bytes(news.Operation.ToGuid()),
    };

    private static Zvonok.Feed.V1.FoundMark ShapeFoundMark(Domain.Buildings.Passage mark) => new()
    {
        BuildingId = mark.Building.Value,
        PassageNumber = mark.Seq,
        AccountNumber = mark.Account?.Value ?? 0,
        TakenBack = mark.Flag == PassageFlag.TakenBack,
        EmployeeAccountNumber = mark.Vouching?.By?.Value ?? 0,
        OperationId = Bytes(mark.Operation.ToGuid()),
        RefusalReason = (Zvonok.Gate.V1.RefusalReason)mark.Refusal,
    };

    private static Zvonok.Feed.V1.ModeChange ShapeModeChange(Domain.Buildings.Passage change) => new()
    {
        BuildingId = change.Building.Value,
        PassageNumber = change.Seq,
        Mode = (Zvonok.Feed.V1.BuildingMode)change.ModeAfter,
        OperationId = Bytes(change.Operation.ToGuid()),
        RefusalReason = (Zvonok.Gate.V1.RefusalReason)change.Refusal,
        DeviceId = change.Device.Value,
        EmployeeAccountNumber = change.Vouching?.By?.Value ?? 0,
        Reason = change.Vouching?.Reason ?? "",
    };

    private static Zvonok.Feed.V1.CardChange Shape(Card card)
    {
        var shape = new Zvonok.Feed.V1.CardChange
        {
            CardToken = Bytes(card.Token.Value),
            Version = card.Version,
            Kind = (Zvonok.Registry.V1.CardKind)card.Kind,
            State = (Zvonok.Registry.V1.CardState)card.State,
            AccountNumber = card.Account.Value,
            HomeBuildingId = card.Rights.Home.Value,
            ExpireTime = card.ExpiresAt?.ToTimestamp(),
            IsCloneSuspected = card.IsCloned,
        };
        foreach (var building in card.Rights.Further) shape.FurtherBuildingIds.Add(building.Value);
        foreach (var rule in card.Rights.Rules) shape.AccessRules.Add(AccessRuleShape.ToMessage(rule));
        return shape;
    }

    // The array is made here and nobody else has it.
    private static ByteString Bytes(Guid id) => UnsafeByteOperations.UnsafeWrap(id.ToByteArray(bigEndian: true));
}
