using Zvonok.Till.V1;

namespace Zvonok.History.Load;

/// <summary>What a till sends: its answers tell the meal purse.</summary>
public abstract record TillOperation : Operation
{
    public override Answer AnswerOf(JournalRow row) => row is EntryRow entry
        ? new EntryAnswer(entry.Account, entry.Seq, entry.MealAfter, null, entry.EventAt)
        : throw new ArgumentException("A till makes entries.", nameof(row));

    protected static Answer Granted(OperationGranted granted) =>
        new EntryAnswer(granted.AccountNumber, granted.EntryNumber, granted.BalanceKopecks, null, TimeOf(granted.EventTime));

    protected static Answer Refused(OperationRefused refused) => new RefusedAnswer(refused.Reason.ToString());

    protected static Answer AnswerOf(OperationResult result) => result.ResultCase switch
    {
        OperationResult.ResultOneofCase.Granted => Granted(result.Granted),
        OperationResult.ResultOneofCase.Refused => Refused(result.Refused),
        _ => new NoAnswer((Grpc.Core.StatusCode)result.Error.Code, result.Error.Message),
    };
}

/// <summary>A sale.</summary>
public sealed record SaleOperation(SellRequest Request, long Account) : TillOperation
{
    public override string Ledger => JournalRow.OfAccount(Account);

    protected override ByteString WireId => Request.OperationId;

    public override async Task<Answer> Send(Line line, CancellationToken patience)
    {
        if (line.Streams) return AnswerOf(await line.OverTillStream(till => till.Sell(Request), patience));
        var response = await line.Tills.SellAsync(Request, cancellationToken: patience);
        return response.Granted is { } granted ? Granted(granted) : Refused(response.Refused);
    }

    public override bool Made(JournalRow row) => row is EntryRow { Kind: EntryRow.Sale, Purse: EntryRow.Meal } entry
        && entry.Account == Account && entry.Amount == -Request.TotalKopecks && entry.Device == Request.DeviceId;
}

/// <summary>A sale is taken back.</summary>
public sealed record ReversalOperation(ReverseSaleRequest Request) : TillOperation
{
    public override string Ledger => JournalRow.OfAccount(Request.AccountNumber);

    protected override ByteString WireId => Request.OperationId;

    public override async Task<Answer> Send(Line line, CancellationToken patience)
    {
        if (line.Streams) return AnswerOf(await line.OverTillStream(till => till.Reverse(Request), patience));
        var response = await line.Tills.ReverseSaleAsync(Request, cancellationToken: patience);
        return response.Granted is { } granted ? Granted(granted) : Refused(response.Refused);
    }

    public override bool Made(JournalRow row) => row is EntryRow { Kind: EntryRow.Reversal } entry
        && entry.Account == Request.AccountNumber && entry.ReversedSeq == Request.SaleEntryNumber && entry.Device == Request.DeviceId;
}
