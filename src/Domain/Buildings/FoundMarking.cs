using Zvonok.Domain.Accounts;
using Zvonok.Domain.Operations;

namespace Zvonok.Domain.Buildings;

/// <summary>An employee says that somebody was found at the assembly point, or that they were not after all (S2).</summary>
[GenerateSerializer, Immutable, Alias("zvonok.FoundMarking")]
public sealed record FoundMarking
{
    /// <summary>The client's name for it.</summary>
    [Id(0)]
    public required OperationId Operation { get; init; }

    /// <summary>Who was found: a registered account.</summary>
    [Id(1)]
    public required AccountNumber Account { get; init; }

    /// <summary>True when the mark is taken back.</summary>
    [Id(2)]
    public bool IsTakenBack { get; init; }

    /// <summary>The employee who says so; null when whoever asked may not.</summary>
    [Id(3)]
    public required AccountNumber? By { get; init; }

    /// <summary>The device's time; null when it has none.</summary>
    [Id(4)]
    public Instant? EventTime { get; init; }

    /// <summary>The digest of what is asked for, without the event's time. Who may ask is the server's to say.</summary>
    public Fingerprint Fingerprint
    {
        get
        {
            var builder = new FingerprintBuilder(stackalloc byte[24]);
            builder.Add((long)PassageKind.FoundMark);
            builder.Add(Account.Value);
            builder.Add(IsTakenBack ? 1 : 0);
            return builder.Build();
        }
    }
}
