using Zvonok.Domain.Buildings;

namespace Zvonok.Domain.Alarms;

/// <summary>What raises an alarm, and whom it is sent to (S4).</summary>
public static class AlarmRules
{
    // A device that is silent for too long is recorded under this number.
    private const PassageKind DeviceSilent = (PassageKind)9;

    /// <summary>The kinds of passage records among which alarms are.</summary>
    public static IReadOnlyList<PassageKind> Kinds { get; } = [PassageKind.ModeChange, PassageKind.Forced, PassageKind.HeldOpen, PassageKind.Tampered, DeviceSilent];

    /// <summary>The alarm that a passage record raises; null for nearly all. What was refused raises none.</summary>
    public static Alarm? Raise(Passage passage) => passage.Outcome == PassageOutcome.Refused || KindOf(passage) is not { } kind
        ? null
        : new Alarm
        {
            Building = passage.Building,
            Seq = passage.Seq,
            Kind = kind,
            Device = passage.Device,
            By = passage.Vouching?.By,
            Reason = passage.Vouching?.Reason ?? "",
            EventAt = passage.EventAt,
            RecordedAt = passage.RecordedAt,
        };

    /// <summary>
    /// Which address an alarm is sent to now: the next one after each interval without an acknowledgement, and in the end the last one. A warning stays at the first.
    /// </summary>
    /// <param name="alarm">Which.</param>
    /// <param name="now">The server's time.</param>
    /// <param name="interval">After which it goes on to the next address.</param>
    /// <param name="addresses">How many there are, 1 or more.</param>
    public static int LevelOf(Alarm alarm, Instant now, Duration interval, int addresses)
    {
        if (alarm.IsWarning || now <= alarm.RecordedAt) return 0;
        return (int)Math.Min((now - alarm.RecordedAt) / interval, addresses - 1);
    }

    private static AlarmKind? KindOf(Passage passage) => (passage.Kind, passage.ModeAfter) switch
    {
        (PassageKind.ModeChange, BuildingMode.Evacuation) => AlarmKind.Evacuation,
        (PassageKind.ModeChange, BuildingMode.Lockdown) => AlarmKind.Lockdown,
        (PassageKind.Forced, _) => AlarmKind.Forced,
        (PassageKind.Tampered, _) => AlarmKind.Tampered,
        (PassageKind.HeldOpen, _) => AlarmKind.HeldOpen,
        (DeviceSilent, _) => AlarmKind.DeviceSilent,
        _ => null,
    };
}
