using Google.Protobuf;
using Zvonok.Domain.Buildings;
using Zvonok.Terminals.Connection;
using Zvonok.Terminals.Decisions;
using Zvonok.Terminals.Storage;
using Zvonok.Till.V1;

namespace Zvonok.Terminals;

/// <summary>A canteen's till: sells with the core, and alone by the list while there is no connection (O2): within the allowance, meals and orders once.</summary>
public sealed class TillTerminal : PurseTerminal
{
    private TillTerminal(TerminalOptions options, Action<StoreMoment>? watch) : base(options, DeviceKind.Till, watch)
    {
    }

    /// <summary>Opens the file and begins to connect; sells at once, by what the file has. Throws <see cref="ArgumentException"/> for options that are wrong.</summary>
    public static TillTerminal Start(TerminalOptions options) => Start(options, watch: null);

    internal static TillTerminal Start(TerminalOptions options, Action<StoreMoment>? watch)
    {
        var terminal = new TillTerminal(options, watch);
        terminal.Run();
        return terminal;
    }

    /// <summary>Sells all lines or none (M1).</summary>
    /// <param name="cardUid">The radio number as read, 4 to 16 bytes. It is kept nowhere.</param>
    /// <param name="lines">1 to 50; <see cref="ArgumentException"/> for what the core would not take.</param>
    /// <param name="isConfirmed">The cashier has confirmed the lines that an earlier answer named with CONFIRMATION_NEEDED (M3).</param>
    /// <param name="employee">An employee answers for what the stop list forbids (M3); only with a connection.</param>
    /// <param name="operation">A UUIDv7 of the caller's own, so that it can ask again after its program died; null: one is made.</param>
    public ValueTask<TillDecision> Sell(ReadOnlyMemory<byte> cardUid, IReadOnlyCollection<SaleLine> lines, bool isConfirmed = false, StopListOverride? employee = null, Guid? operation = null)
    {
        var id = NewOperation(operation);
        return Do(id, cardUid, new SaleRequest(new SellRequest
        {
            OperationId = id.ToBytes(), DeviceId = Device, CardUid = ByteString.CopyFrom(cardUid.Span), Lines = { lines }, TotalKopecks = TillLines.Total(lines), EventTime = Now,
            CashierConfirmed = isConfirmed, StopListOverride = employee,
        }));
    }

    /// <summary>Serves a meal at public cost (M5), once for each child, day and kind of meal. For the rest as <see cref="Sell"/>.</summary>
    public ValueTask<TillDecision> RedeemMeal(
        ReadOnlyMemory<byte> cardUid, MealKind meal, IReadOnlyCollection<SaleLine> lines, bool isConfirmed = false, StopListOverride? employee = null, Guid? operation = null)
    {
        var id = NewOperation(operation);
        return Do(id, cardUid, new MealRequest(new RedeemMealRequest
        {
            OperationId = id.ToBytes(), DeviceId = Device, CardUid = ByteString.CopyFrom(cardUid.Span), MealKind = Checked(meal), Lines = { lines }, TotalKopecks = TillLines.Total(lines),
            EventTime = Now, CashierConfirmed = isConfirmed, StopListOverride = employee,
        }));
    }

    /// <summary>Serves the meal that was ordered and paid ahead for today (M6): the answer tells what it is. For the rest as <see cref="Sell"/>.</summary>
    public ValueTask<TillDecision> RedeemOrder(ReadOnlyMemory<byte> cardUid, MealKind meal, StopListOverride? employee = null, Guid? operation = null)
    {
        var id = NewOperation(operation);
        return Do(id, cardUid, new OrderRequest(new RedeemOrderRequest
        {
            OperationId = id.ToBytes(), DeviceId = Device, CardUid = ByteString.CopyFrom(cardUid.Span), MealKind = Checked(meal), EventTime = Now, StopListOverride = employee,
        }));
    }

    /// <summary>Takes a sale back (M8), by the account and entry number of its answer; only with a connection.</summary>
    /// <param name="accountNumber">From the answer of the sale.</param>
    /// <param name="entryNumber">From the answer of the sale.</param>
    /// <param name="lineIndexes">Which lines, by their index from 0; none: all that were not taken back before.</param>
    /// <param name="operation">As for <see cref="Sell"/>. Who is told that there is no connection asks again with the same.</param>
    public ValueTask<TillDecision> ReverseSale(long accountNumber, long entryNumber, IReadOnlyCollection<int>? lineIndexes = null, Guid? operation = null)
    {
        var id = NewOperation(operation);
        return DoConnected(id, new ReverseSaleRequest
        {
            OperationId = id.ToBytes(), DeviceId = Device, AccountNumber = accountNumber, SaleEntryNumber = entryNumber, LineIndexes = { lineIndexes ?? [] }, EventTime = Now,
        });
    }

    private static MealKind Checked(MealKind meal) =>
        meal is >= MealKind.Breakfast and <= MealKind.Dinner ? meal : throw new ArgumentException("meal should be BREAKFAST, LUNCH, AFTERNOON_SNACK or DINNER.", nameof(meal));
}
