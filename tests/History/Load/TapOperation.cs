using Zvonok.Gate.V1;

namespace Zvonok.History.Load;

/// <summary>A card is presented to a gate.</summary>
public sealed record TapOperation(TapRequest Request, int Building, long Account) : Operation
{
    public override string Ledger => JournalRow.OfBuilding(Building);

    protected override ByteString WireId => Request.OperationId;

    public override async Task<Answer> Send(Line line, CancellationToken patience)
    {
        if (!line.Streams) return Recorded(await line.Gates.TapAsync(Request, cancellationToken: patience));
        var result = await line.OverGateStream(gate => gate.Tap(Request), patience);
        return result.Response is { } response ? Recorded(response) : new NoAnswer((Grpc.Core.StatusCode)result.Error.Code, result.Error.Message);
    }

    public override bool Made(JournalRow row) => row is PassageRow { Kind: PassageRow.Tap } passage
        && passage.Building == Building && passage.Device == Request.DeviceId && passage.Account == Account
        && (Request.Direction == Direction.Toggle || passage.Direction == Request.Direction);

    public override Answer AnswerOf(JournalRow row) => row is PassageRow passage
        ? new PassageAnswer(passage.Seq, passage.Outcome, passage.Direction, passage.Flag, passage.Refusal, passage.Account, passage.EventAt)
        : throw new ArgumentException("A tap makes a passage.", nameof(row));

    // Decided from memory while the journal was away (O5): the gate opens and tells of it again, here by the same tap.
    private static Answer Recorded(TapResponse tap) =>
        tap.Unrecorded ? new NoAnswer(Grpc.Core.StatusCode.Unavailable, "It is not recorded.") : AnswerOf(tap);

    private static PassageAnswer AnswerOf(TapResponse tap) =>
        new(tap.PassageNumber, tap.Outcome, tap.Direction, tap.Flag, tap.RefusalReason, tap.AccountNumber, TimeOf(tap.EventTime));
}
