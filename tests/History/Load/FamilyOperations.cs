using Zvonok.Family.V1;

namespace Zvonok.History.Load;

/// <summary>What a family or its bank sends: its answers tell both purses.</summary>
public abstract record FamilyOperation(long Account) : Operation
{
    public override string Ledger => JournalRow.OfAccount(Account);

    public override Answer AnswerOf(JournalRow row) => row is EntryRow entry
        ? new EntryAnswer(entry.Account, entry.Seq, entry.MealAfter, entry.TransportAfter, entry.EventAt)
        : throw new ArgumentException("A family makes entries.", nameof(row));

    protected Answer Granted(OperationGranted granted) =>
        new EntryAnswer(Account, granted.EntryNumber, granted.MealBalanceKopecks, granted.TransportBalanceKopecks, TimeOf(granted.EventTime));

    protected static Answer Refused(OperationRefused refused) => new RefusedAnswer(refused.Reason.ToString());
}

/// <summary>Money arrives from a payment provider.</summary>
public sealed record TopUpOperation(TopUpRequest Request) : FamilyOperation(Request.AccountNumber)
{
    protected override ByteString WireId => Request.OperationId;

    public override async Task<Answer> Send(Line line, CancellationToken patience)
    {
        var response = await line.Families.TopUpAsync(Request, cancellationToken: patience);
        return response.Granted is { } granted ? Granted(granted) : Refused(response.Refused);
    }

    public override bool Made(JournalRow row) => row is EntryRow { Kind: EntryRow.TopUp } entry
        && entry.Account == Account && entry.Amount == Request.AmountKopecks && entry.Purse == (int)Request.Purse;
}

/// <summary>The daily limit is set or lifted.</summary>
public sealed record LimitOperation(SetDailyLimitRequest Request) : FamilyOperation(Request.AccountNumber)
{
    /// <summary>The limit that it sets, in kopecks; null: none.</summary>
    public long? Limit => Request.HasLimitKopecks ? Request.LimitKopecks : null;

    protected override ByteString WireId => Request.OperationId;

    public override async Task<Answer> Send(Line line, CancellationToken patience)
    {
        var response = await line.Families.SetDailyLimitAsync(Request, cancellationToken: patience);
        return response.Granted is { } granted ? Granted(granted) : Refused(response.Refused);
    }

    public override bool Made(JournalRow row) => row is EntryRow { Kind: EntryRow.LimitChange, Amount: 0 } entry && entry.Account == Account;
}
