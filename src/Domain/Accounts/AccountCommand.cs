using Zvonok.Domain.Operations;

namespace Zvonok.Domain.Accounts;

/// <summary>What every command to an account carries.</summary>
[GenerateSerializer, Immutable, Alias("zvonok.AccountCommand")]
public abstract record AccountCommand
{
    /// <summary>The client's name for it.</summary>
    [Id(0)]
    public required OperationId Operation { get; init; }

    /// <summary>The device's time of the event; null when it has none.</summary>
    [Id(1)]
    public Instant? EventTime { get; init; }

    /// <summary>
    /// It has happened already, at a terminal without connection (O3): it is written down whatever the account is like. No part of what is asked for: a terminal whose first
    /// call was never answered decides by itself, and uploads the same operation.
    /// </summary>
    [Id(2)]
    public bool IsFact { get; init; }

    /// <summary>The digest of what is asked for, without the event's time: a device may send a repeat with a corrected clock.</summary>
    public abstract Fingerprint Fingerprint { get; }
}
