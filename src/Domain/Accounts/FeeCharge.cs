using Zvonok.Domain.Operations;

namespace Zvonok.Domain.Accounts;

/// <summary>A fee is due (M13).</summary>
[GenerateSerializer, Immutable, Alias("zvonok.FeeCharge")]
public sealed record FeeCharge : AccountCommand
{
    /// <summary>What for.</summary>
    [Id(0)]
    public required FeeKind Kind { get; init; }

    /// <summary>What it costs by policy, which is the server's to say and may change until a repeat comes; zero: it is waived.</summary>
    [Id(1)]
    public required Money Amount { get; init; }

    /// <summary>The payment at a bank; null: from the meal purse.</summary>
    [Id(2)]
    public BankReference? Reference { get; init; }

    /// <summary>Whether it is asked for again and again until it is taken, so that a refusal holds for the moment only. Nothing that changes what is asked for.</summary>
    [Id(3)]
    public bool IsInsisted { get; init; }

    /// <inheritdoc/>
    public override Fingerprint Fingerprint
    {
        get
        {
            var builder = new FingerprintBuilder(stackalloc byte[32 + Limits.BankReferenceLengthMax * sizeof(char)]);
            builder.Add((long)EntryKind.Fee);
            builder.Add((long)Kind);
            builder.Add(Reference?.Provider ?? 0);
            builder.Add(Reference?.Reference ?? "");
            return builder.Build();
        }
    }
}
