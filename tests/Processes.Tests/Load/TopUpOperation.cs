using Zvonok.Family.V1;

namespace Zvonok.Processes.Tests.Load;

/// <summary>Money arrives from a payment provider.</summary>
internal sealed record TopUpOperation(TopUpRequest Request) : Operation
{
    protected override ByteString WireId => Request.OperationId;

    public override async Task<Answer> Send(Line line, CancellationToken patience)
    {
        var response = await line.Families.TopUpAsync(Request, cancellationToken: patience);
        return response.Granted is { } granted
            ? new EntryAnswer(Request.AccountNumber, granted.EntryNumber, granted.MealBalanceKopecks, granted.TransportBalanceKopecks, TimeOf(granted.EventTime))
            : new RefusedAnswer(response.Refused.Reason.ToString());
    }

    public override bool Made(JournalRow row) => row is EntryRow { Kind: EntryRow.TopUp } entry
        && entry.Account == Request.AccountNumber && entry.Amount == Request.AmountKopecks && entry.Purse == (int)Request.Purse;

    public override Answer AnswerOf(JournalRow row) => row is EntryRow entry
        ? new EntryAnswer(entry.Account, entry.Seq, entry.MealAfter, entry.TransportAfter, entry.EventAt)
        : throw new ArgumentException("A top-up makes an entry.", nameof(row));
}
