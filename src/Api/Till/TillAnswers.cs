using Zvonok.Api.Shapes;
using Zvonok.Till.V1;

namespace Zvonok.Api.Till;

/// <summary>An account's answers as tills and validators are told them.</summary>
internal static class TillAnswers
{
    public static OperationGranted Granted(AccountAnswer answer) => Granted(answer, answer.Meal);

    public static OperationGranted GrantedRide(AccountAnswer answer) => Granted(answer, answer.Transport);

    public static OperationRefused Refused(AccountAnswer answer) => new()
    {
        Reason = (RefusalReason)answer.Refusal,
        CashierMessage = CashierMessages.Of(answer.Refusal),
        LineIndexes = { answer.Lines.Indexes() },
    };

    private static OperationGranted Granted(AccountAnswer answer, Money balance) => new()
    {
        AccountNumber = answer.Account.Value,
        EntryNumber = answer.Seq,
        BalanceKopecks = balance.Kopecks,
        EventTime = answer.EventAt.ToTimestamp(),
    };
}
