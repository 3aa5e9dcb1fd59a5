using Zvonok.Domain.Operations;

namespace Zvonok.Domain.Accounts;

/// <summary>Money goes from a purse to another account, or to the other purse of the same (M11). This is its first step, at the account that it leaves.</summary>
[GenerateSerializer, Immutable, Alias("zvonok.Transfer")]
public sealed record Transfer : AccountCommand
{
    /// <summary>The purse that it leaves.</summary>
    [Id(0)]
    public required Purse From { get; init; }

    /// <summary>Where it goes.</summary>
    [Id(1)]
    public required AccountNumber To { get; init; }

    /// <summary>The purse that it goes to.</summary>
    [Id(2)]
    public required Purse ToPurse { get; init; }

    /// <summary>How much, above zero; null: all that is in the purse.</summary>
    [Id(3)]
    public Money? Amount { get; init; }

    /// <inheritdoc/>
    public override Fingerprint Fingerprint
    {
        get
        {
            var builder = new FingerprintBuilder(stackalloc byte[40]);
            builder.Add((long)EntryKind.TransferOut);
            builder.Add((long)From);
            builder.Add(To.Value);
            builder.Add((long)ToPurse);
            builder.Add(Amount?.Kopecks ?? -1);
            return builder.Build();
        }
    }
}

/// <summary>The second step: the other account takes the money, or declines it for good.</summary>
[GenerateSerializer, Immutable, Alias("zvonok.TransferReceipt")]
public sealed record TransferReceipt : AccountCommand
{
    /// <summary>The entry with which it left.</summary>
    [Id(0)]
    public required EntryKey From { get; init; }

    /// <summary>Where it goes.</summary>
    [Id(1)]
    public required Purse Purse { get; init; }

    /// <summary>How much.</summary>
    [Id(2)]
    public required Money Amount { get; init; }

    /// <inheritdoc/>
    public override Fingerprint Fingerprint
    {
        get
        {
            var builder = new FingerprintBuilder(stackalloc byte[40]);
            builder.Add((long)EntryKind.TransferIn);
            builder.Add(From.Account.Value);
            builder.Add(From.Seq);
            builder.Add((long)Purse);
            builder.Add(Amount.Kopecks);
            return builder.Build();
        }
    }
}

/// <summary>What ends a transfer that was declined: the money comes back to where it left.</summary>
[GenerateSerializer, Immutable, Alias("zvonok.TransferReturn")]
public sealed record TransferReturn : AccountCommand
{
    /// <summary>The entry with which it left.</summary>
    [Id(0)]
    public required long LeftWith { get; init; }

    /// <summary>The entry that declined it.</summary>
    [Id(1)]
    public required EntryKey DeclinedWith { get; init; }

    /// <inheritdoc/>
    public override Fingerprint Fingerprint
    {
        get
        {
            var builder = new FingerprintBuilder(stackalloc byte[32]);
            builder.Add((long)EntryKind.TransferReturn);
            builder.Add(LeftWith);
            builder.Add(DeclinedWith.Account.Value);
            builder.Add(DeclinedWith.Seq);
            return builder.Build();
        }
    }
}
