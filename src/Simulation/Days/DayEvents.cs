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

    /// <summary>The name of the reason for which the device should refuse it; null: it should not.</summary>
    /// <param name="isAlone">True: the device decides without the core.</param>
    public abstract string? RefusalDue(bool isAlone);

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
    /// <inheritdoc/>
    public override string? RefusalDue(bool isAlone) => Mishap switch
    {
        Mishap.CardLost => nameof(Gate.V1.RefusalReason.CardLost),
        Mishap.CardBlocked => nameof(Gate.V1.RefusalReason.CardBlocked),
        Mishap.CardNotRegistered => nameof(Gate.V1.RefusalReason.CardUnknown),
        _ => null,
    };
}

/// <summary>A pupil buys lunch.</summary>
/// <param name="At">When, counted from the bell.</param>
/// <param name="Pupil">Who.</param>
/// <param name="Mishap">What goes wrong.</param>
/// <param name="Lines">What is on the tray.</param>
public sealed record Lunch(TimeSpan At, Pupil Pupil, Mishap Mishap, IReadOnlyList<Till.V1.SaleLine> Lines) : DayEvent(At, Pupil, Mishap)
{
    /// <inheritdoc/>
    public override string? RefusalDue(bool isAlone) => Mishap switch
    {
        Mishap.CardLost => nameof(Till.V1.RefusalReason.CardLost),
        Mishap.CardBlocked => nameof(Till.V1.RefusalReason.CardBlocked),
        Mishap.CardNotRegistered => nameof(Till.V1.RefusalReason.CardUnknown),
        Mishap.PurseLow => nameof(Till.V1.RefusalReason.InsufficientFunds),
        // A list tells how much is left, and not whether the purse or the family's limit is what leaves no more.
        Mishap.LimitLow => isAlone ? nameof(Till.V1.RefusalReason.InsufficientFunds) : nameof(Till.V1.RefusalReason.DailyLimit),
        _ => null,
    };
}

/// <summary>A part of the school day with what happens in it, in the order of time.</summary>
/// <param name="From">When it begins by the school's clock.</param>
/// <param name="Length">How long it takes by the school's clock.</param>
/// <param name="Events">What happens.</param>
public sealed record DayPart(LocalTime From, TimeSpan Length, IReadOnlyList<DayEvent> Events);
