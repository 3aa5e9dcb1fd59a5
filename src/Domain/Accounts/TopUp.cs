using Zvonok.Domain.Operations;

namespace Zvonok.Domain.Accounts;

/// <summary>Money arrives from a payment provider (M9).</summary>
[GenerateSerializer, Immutable, Alias("zvonok.TopUp")]
public sealed record TopUp : AccountCommand
{
    /// <summary>Where it goes.</summary>
    [Id(0)]
    public required Purse Purse { get; init; }

    /// <summary>How much, above zero.</summary>
    [Id(1)]
    public required Money Amount { get; init; }

    /// <summary>Which payment it is; once only, whatever the operation id.</summary>
    [Id(2)]
    public required BankReference Reference { get; init; }

    /// <inheritdoc/>
    public override Fingerprint Fingerprint
    {
        get
        {
            var builder = new FingerprintBuilder(stackalloc byte[40 + Limits.BankReferenceLengthMax * sizeof(char)]);
            builder.Add((long)EntryKind.TopUp);
            builder.Add((long)Purse);
            builder.Add(Amount.Kopecks);
            builder.Add(Reference.Provider);
            builder.Add(Reference.Reference);
            return builder.Build();
        }
    }
}

/// <summary>A provider's own name for a payment.</summary>
/// <param name="Provider">The payment provider: 1 to <see cref="Limits.IdMax"/>.</param>
/// <param name="Reference">1 to <see cref="Limits.BankReferenceLengthMax"/> printable ASCII characters.</param>
[GenerateSerializer, Immutable, Alias("zvonok.BankReference")]
public sealed record BankReference([property: Id(0)] int Provider, [property: Id(1)] string Reference);
