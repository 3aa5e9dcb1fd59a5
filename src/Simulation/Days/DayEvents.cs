using System.Buffers.Binary;
using Zvonok.Simulation.Cities;

namespace Zvonok.Simulation.Days;

/// <summary>Something that a pupil does with a card.</summary>
/// <param name="At">When, counted from the beginning of the part of the day.</param>
/// <param name="Pupil">Who.</param>
/// <param name="Mishap">What goes wrong.</param>
public abstract record DayEvent(TimeSpan At, Pupil Pupil, Mishap Mishap)
{
    /// <summary>The radio number that the reader reads.</summary>
    public ByteString CardUid => Mishap == Mishap.CardNotRegistered ? OtherCard() : Pupil.CardUid;

    // A transport card with a number of four bytes; those of the city's school cards have seven.
    private ByteString OtherCard()
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, Pupil.Index);
        return ByteString.CopyFrom(bytes);
    }
}

/// <summary>A pupil comes to school.</summary>
public sealed record Arrival(TimeSpan At, Pupil Pupil, Mishap Mishap) : DayEvent(At, Pupil, Mishap)
{
    /// <summary>What the gate should answer; unspecified: it lets the pupil in.</summary>
    public Gate.V1.RefusalReason Expected => Mishap switch
    {
        Mishap.CardLost => Gate.V1.RefusalReason.CardLost,
        Mishap.CardBlocked => Gate.V1.RefusalReason.CardBlocked,
        Mishap.CardNotRegistered => Gate.V1.RefusalReason.CardUnknown,
        _ => Gate.V1.RefusalReason.Unspecified,
    };
}

/// <summary>A pupil buys lunch.</summary>
/// <param name="At">When, counted from the bell.</param>
/// <param name="Pupil">Who.</param>
/// <param name="Mishap">What goes wrong.</param>
/// <param name="Lines">What is on the tray.</param>
public sealed record Lunch(TimeSpan At, Pupil Pupil, Mishap Mishap, IReadOnlyList<Till.V1.SaleLine> Lines) : DayEvent(At, Pupil, Mishap)
{
    /// <summary>What the till should be answered; unspecified: lunch is sold.</summary>
    public Till.V1.RefusalReason Expected => Mishap switch
    {
        Mishap.CardLost => Till.V1.RefusalReason.CardLost,
        Mishap.CardBlocked => Till.V1.RefusalReason.CardBlocked,
        Mishap.CardNotRegistered => Till.V1.RefusalReason.CardUnknown,
        Mishap.PurseLow => Till.V1.RefusalReason.InsufficientFunds,
        Mishap.LimitLow => Till.V1.RefusalReason.DailyLimit,
        _ => Till.V1.RefusalReason.Unspecified,
    };
}

/// <summary>A part of the school day with what happens in it, in the order of time.</summary>
/// <param name="From">When it begins by the school's clock.</param>
/// <param name="Length">How long it takes by the school's clock.</param>
/// <param name="Events">What happens.</param>
public sealed record DayPart(LocalTime From, TimeSpan Length, IReadOnlyList<DayEvent> Events);
