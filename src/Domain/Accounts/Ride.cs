using Zvonok.Domain.Operations;

namespace Zvonok.Domain.Accounts;

/// <summary>A ride is paid for from the transport purse (M10).</summary>
[GenerateSerializer, Immutable, Alias("zvonok.Ride")]
public sealed record Ride : AccountCommand
{
    /// <summary>The validator.</summary>
    [Id(0)]
    public required DeviceId Device { get; init; }

    /// <summary>Who carries.</summary>
    [Id(1)]
    public required ContraAccount Carrier { get; init; }

    /// <summary>What it costs, above zero.</summary>
    [Id(2)]
    public required Money Fare { get; init; }

    /// <inheritdoc/>
    public override Fingerprint Fingerprint
    {
        get
        {
            var builder = new FingerprintBuilder(stackalloc byte[24]);
            builder.Add((long)EntryKind.Ride);
            builder.Add(Device.Value);
            builder.Add(Fare.Kopecks);
            return builder.Build();
        }
    }
}
