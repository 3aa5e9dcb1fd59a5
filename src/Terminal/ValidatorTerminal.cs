using Google.Protobuf;
using Zvonok.Domain.Buildings;
using Zvonok.Terminals.Connection;
using Zvonok.Terminals.Decisions;
using Zvonok.Terminals.Storage;
using Zvonok.Till.V1;

namespace Zvonok.Terminals;

/// <summary>
/// A validator in a bus or tram (M10): takes fares with the core, and alone by the list of the building where it is registered while there is no connection (O2): a school's bus takes the school's children, another one whoever may come
/// into its depot.
/// </summary>
public sealed class ValidatorTerminal : PurseTerminal
{
    private ValidatorTerminal(TerminalOptions options, Action<StoreMoment>? watch) : base(options, DeviceKind.Validator, watch)
    {
    }

    /// <summary>Opens the file and begins to connect; takes fares at once, by what the file has. Throws <see cref="ArgumentException"/> for options that are wrong.</summary>
    public static ValidatorTerminal Start(TerminalOptions options) => Start(options, watch: null);

    internal static ValidatorTerminal Start(TerminalOptions options, Action<StoreMoment>? watch)
    {
        var terminal = new ValidatorTerminal(options, watch);
        terminal.Run();
        return terminal;
    }

    /// <summary>
    /// Pays a ride from the transport purse. Without a connection whoever has a usable card of the list rides, for a fare up to <see cref="TerminalOptions.OfflineFareMost"/> and while all rides of the day, with those that the list does
    /// not know yet, stay within its allowance: that is never more than policy, the purse and the family's limit of rides leave.
    /// </summary>
    /// <param name="cardUid">The radio number as read, 4 to 16 bytes. It is kept nowhere.</param>
    /// <param name="fareKopecks">1 to 10,000,000; <see cref="ArgumentException"/> for another.</param>
    /// <param name="operation">A UUIDv7 of the caller's own, so that it can ask again after its program died; null: one is made.</param>
    public ValueTask<TillDecision> PayRide(ReadOnlyMemory<byte> cardUid, long fareKopecks, Guid? operation = null)
    {
        if (fareKopecks is < 1 or > Limits.AmountMax) throw new ArgumentException($"A fare is 1 to {Limits.AmountMax} kopecks.", nameof(fareKopecks));
        var id = NewOperation(operation);
        return Do(id, cardUid, new RideRequest(
            new PayRideRequest { OperationId = id.ToBytes(), DeviceId = Device, CardUid = ByteString.CopyFrom(cardUid.Span), FareKopecks = fareKopecks, EventTime = Now },
            new Money(Options.OfflineFareMost)));
    }
}
