using Google.Protobuf;
using Zvonok.Api.Shapes;
using EntryKind = Zvonok.Family.V1.EntryKind;
using HistoryRecord = Zvonok.Grains.Journal.HistoryRecord;
using Purse = Zvonok.Family.V1.Purse;

namespace Zvonok.Api.Family;

/// <summary>Entries and passages as families are told them.</summary>
internal static class RecordShape
{
    public static Zvonok.Family.V1.HistoryRecord ToMessage(HistoryRecord record) =>
        record.Entry is { } entry ? new() { Entry = ToMessage(entry) } : new() { Passage = ToMessage(record.Passage!) };

    private static Zvonok.Family.V1.Entry ToMessage(Domain.Accounts.Entry entry) => new()
    {
        EntryNumber = entry.Seq,
        Kind = (EntryKind)entry.Kind,
        Purse = (Purse)entry.Purse,
        AmountKopecks = entry.Amount.Kopecks,
        ContraAccount = entry.Contra.ToString(),
        MealBalanceKopecks = entry.MealAfter.Kopecks,
        TransportBalanceKopecks = entry.TransportAfter.Kopecks,
        EventTime = entry.EventAt.ToTimestamp(),
        RecordTime = entry.RecordedAt.ToTimestamp(),
        LimitDate = entry.LimitDay.ToDate(),
        OperationId = ByteString.CopyFrom(entry.Operation.ToGuid().ToByteArray(bigEndian: true)),
        DeviceId = entry.Device.Value,
        ReversedEntryNumber = entry.ReversedSeq,
        OnCreditKopecks = entry.OnCredit.Kopecks,
        SettledByClass = entry.SettledBy is not null,
        CounterpartAccountNumber = entry.Counterpart?.Account.Value ?? 0,
        Payer = entry.Payer == ContraAccount.None ? "" : entry.Payer.ToString(),
        MealKind = (Zvonok.Till.V1.MealKind)(entry.Meal ?? default),
        ReversedLineIndexes = { entry.ReversedLines.Indexes() },
        Lines = { entry.Lines.Select(EntryLines.ToMessage) },
        StopListOverride = entry.Override is { } made ? new() { Reason = made.Reason, LineIndexes = { made.Lines.Indexes() } } : null,
    };

    private static Zvonok.Family.V1.Passage ToMessage(Domain.Buildings.Passage passage) => new()
    {
        BuildingId = passage.Building.Value,
        PassageNumber = passage.Seq,
        Direction = (Zvonok.Gate.V1.Direction)(passage.Direction ?? default),
        Outcome = (Zvonok.Gate.V1.Outcome)passage.Outcome,
        Flag = (Zvonok.Gate.V1.Flag)passage.Flag,
        RefusalReason = (Zvonok.Gate.V1.RefusalReason)passage.Refusal,
        EventTime = passage.EventAt.ToTimestamp(),
        RecordTime = passage.RecordedAt.ToTimestamp(),
        DeviceId = passage.Device.Value,
        Kind = (Zvonok.Gate.V1.PassageKind)passage.Kind,
        AnnulledPassageNumber = passage.Annulment?.Seq ?? 0,
        Reason = passage.Vouching?.Reason ?? "",
        EscortAccountNumber = passage.Escort?.Value ?? 0,
    };
}
