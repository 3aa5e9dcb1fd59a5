using Zvonok.Domain.Accounts;
using Zvonok.Domain.Operations;

namespace Zvonok.Domain.Buildings;

/// <summary>An employee admits somebody who has no card with them, by their account number (P6).</summary>
[GenerateSerializer, Immutable, Alias("zvonok.ManualAdmission")]
public sealed record ManualAdmission
{
    /// <summary>The client's name for it.</summary>
    [Id(0)]
    public required OperationId Operation { get; init; }

    /// <summary>Who is admitted: a registered account.</summary>
    [Id(1)]
    public required AccountNumber Account { get; init; }

    /// <summary>True when that account was closed.</summary>
    [Id(2)]
    public bool IsAccountClosed { get; init; }

    /// <summary>The guard's post.</summary>
    [Id(3)]
    public required DeviceId Device { get; init; }

    /// <summary>In, out, or whichever it has to be.</summary>
    [Id(4)]
    public required Direction Direction { get; init; }

    /// <summary>Who answers for it, and why.</summary>
    [Id(5)]
    public required Vouching Vouching { get; init; }

    /// <summary>The device's time; null when it has none.</summary>
    [Id(6)]
    public Instant? EventTime { get; init; }

    /// <summary>The digest of what is asked for, without the event's time. Who may ask is the server's to say, and may change until a repeat comes.</summary>
    public Fingerprint Fingerprint
    {
        get
        {
            var builder = new FingerprintBuilder(stackalloc byte[40 + Limits.ReasonLengthMax * sizeof(char)]);
            builder.Add((long)PassageKind.ManualAdmission);
            builder.Add(Device.Value);
            builder.Add((long)Direction);
            builder.Add(Account.Value);
            builder.Add(Vouching.Reason);
            return builder.Build();
        }
    }
}
