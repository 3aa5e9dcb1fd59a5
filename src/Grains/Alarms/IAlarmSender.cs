using Zvonok.Domain.Alarms;

namespace Zvonok.Grains.Alarms;

/// <summary>The way to the alarm centres.</summary>
public interface IAlarmSender
{
    /// <summary>Sends an alarm once, signed. Throws only when it is cancelled.</summary>
    /// <param name="alarm">Which.</param>
    /// <param name="level">To which address, from 0.</param>
    /// <param name="stop">Gives up.</param>
    Task<AlarmReceipt> Send(Alarm alarm, int level, CancellationToken stop);
}

/// <summary>What became of an alarm on its way.</summary>
public enum AlarmReceipt
{
    /// <summary>Nobody took it.</summary>
    Failed,

    /// <summary>The alarm centre has it; that anybody has seen it, nobody has said.</summary>
    Received,

    /// <summary>The alarm centre says that somebody has seen it.</summary>
    Acknowledged,
}
