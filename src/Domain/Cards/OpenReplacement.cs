using Zvonok.Domain.Accounts;
using Zvonok.Domain.Operations;

namespace Zvonok.Domain.Cards;

/// <summary>A replacement of which something may be left to do: to tell the cards, and to take the fee (C4, M13).</summary>
/// <param name="Operation">The operation that replaced the card.</param>
/// <param name="Card">The card that stopped.</param>
/// <param name="Successor">The one that took its place.</param>
/// <param name="Account">Whose they are.</param>
/// <param name="Fee">What it costs, zero when it is waived; null when nothing is due.</param>
/// <param name="Reference">How it was paid at a bank; null: from the meal purse.</param>
/// <param name="At">When it was recorded.</param>
public sealed record OpenReplacement(OperationId Operation, CardToken Card, CardToken Successor, AccountNumber Account, Money? Fee, BankReference? Reference, Instant At)
{
    /// <summary>Of a command that was granted.</summary>
    public static OpenReplacement Of(CardReplacement command, CardAnswer answer) =>
        new(command.Operation, command.Token, command.Successor, answer.Card!.Account, answer.Fee, command.Reference, answer.At);

    /// <summary>The fee as the account's operation, always the same; null when nothing is due.</summary>
    public FeeCharge? Charge() => Fee is { } amount
        ? new FeeCharge { Operation = FeeOperation(Operation), Kind = FeeKind.CardReplacement, Amount = amount, Reference = Reference, IsInsisted = true }
        : null;

    /// <summary>The operation that takes the fee of a replacement.</summary>
    public static OperationId FeeOperation(OperationId replacement) => replacement.Derive([(long)EntryKind.Fee, (long)FeeKind.CardReplacement]);
}
