using Zvonok.Domain.Alarms;
using Zvonok.Grains.Journal;

namespace Zvonok.Grains.Alarms;

/// <summary>
/// The alarms, durable, each once (S4). Every method throws <see cref="JournalUnavailableException"/> when the database does not answer; what was to be written may have been then.
/// </summary>
public interface IAlarmLog
{
    /// <summary>Raises the alarms of what was committed since it was called last, by whichever silo; the first call of all raises none for the past.</summary>
    /// <returns>How many.</returns>
    Task<int> Raise();

    /// <summary>Alarms that nobody has acknowledged and that are to be sent by <paramref name="now"/>, the longest due first.</summary>
    Task<IReadOnlyList<Alarm>> ReadDue(Instant now, int count);

    /// <summary>How many alarms nobody has acknowledged, and when the oldest of them was recorded.</summary>
    Task<(long Count, Instant? Oldest)> CountOpen();

    /// <summary>Writes down that an alarm was sent; one that was acknowledged meanwhile stays as it is.</summary>
    /// <param name="alarm">Which.</param>
    /// <param name="receivedAt">When an alarm centre took it; null when none did.</param>
    /// <param name="next">When to send it again.</param>
    Task Sent(Alarm alarm, Instant? receivedAt, Instant next);

    /// <summary>Acknowledges an alarm; who was first, was.</summary>
    /// <returns>The alarm as it is now; null when there is none of that name.</returns>
    Task<Alarm?> Acknowledge(BuildingId building, long seq, Acknowledgement acknowledgement);

    /// <summary>Alarms, the last recorded first.</summary>
    /// <param name="building">Of one building; null: of all.</param>
    /// <param name="openOnly">Only those that nobody has acknowledged.</param>
    /// <param name="before">The last of the page before; null for the first page.</param>
    /// <param name="count">At most so many.</param>
    Task<IReadOnlyList<Alarm>> List(BuildingId? building, bool openOnly, AlarmPlace? before, int count);
}

/// <summary>A place in the list of alarms.</summary>
/// <param name="RecordedAt">When the alarm was recorded.</param>
/// <param name="Building">Its building.</param>
/// <param name="Seq">Its number there.</param>
public sealed record AlarmPlace(Instant RecordedAt, BuildingId Building, long Seq);
