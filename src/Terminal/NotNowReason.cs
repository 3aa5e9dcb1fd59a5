namespace Zvonok.Terminals;

/// <summary>Why a till or validator cannot sell without the core.</summary>
public enum NotNowReason
{
    /// <summary>It can.</summary>
    None = 0,

    /// <summary>No list has come yet.</summary>
    NoList = 1,

    /// <summary>The list is past its time, or says nothing of this day.</summary>
    ListTooOld = 2,

    /// <summary>It cannot keep what it would sell: its file is broken or its disk full (<see cref="TerminalStatus.StoreFault"/>).</summary>
    StoreBroken = 3,

    /// <summary>It is done with a connection or not at all.</summary>
    NeedsConnection = 4,

    /// <summary>The core does not take the request as it is; <see cref="TillDecision.Error"/> says why. It is no use to repeat it.</summary>
    NotTaken = 5,
}
