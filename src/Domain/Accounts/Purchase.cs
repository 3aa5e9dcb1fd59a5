using Zvonok.Domain.Operations;

namespace Zvonok.Domain.Accounts;

/// <summary>Lines that an operator serves at a till, whoever pays: a <see cref="Sale"/>, or a meal at public cost, <see cref="Redemption"/>.</summary>
[GenerateSerializer, Immutable, Alias("zvonok.Purchase")]
public abstract record Purchase : AccountCommand
{
    // No line begins like this: it begins with the length of its code.
    private const long ConfirmedMark = -1;
    private const long OverrideMark = -2;
    private const long SettlementMark = -3;

    /// <summary>The till.</summary>
    [Id(0)]
    public required DeviceId Device { get; init; }

    /// <summary>The operator who serves.</summary>
    [Id(1)]
    public required ContraAccount Seller { get; init; }

    /// <summary>What is served: 1 to <see cref="Limits.SaleLinesMax"/> lines.</summary>
    [Id(2)]
    public required SaleLine[] Lines { get; init; }

    /// <summary>The sum of the lines, as the door has checked.</summary>
    [Id(3)]
    public required Money Total { get; init; }

    /// <summary>The cashier has confirmed what the family's stop list asks to be confirmed (M3).</summary>
    [Id(4)]
    public bool IsConfirmed { get; init; }

    /// <summary>An employee asks that it be served although the stop list forbids it (M3); null usually.</summary>
    [Id(5)]
    public OverrideRequest? Override { get; init; }

    /// <summary>It is settled from a class list (M7); null: by the child's card.</summary>
    [Id(6)]
    public ClassSettlement? Settlement { get; init; }

    /// <inheritdoc/>
    public sealed override Fingerprint Fingerprint
    {
        get
        {
            var size = 72 + (Override?.Reason.Length ?? 0) * sizeof(char);
            foreach (var line in Lines) size += line.FingerprintSize;
            var builder = new FingerprintBuilder(size <= 1024 ? stackalloc byte[size] : new byte[size]);
            builder.Add(What);
            builder.Add(Device.Value);
            builder.Add(Total.Kopecks);
            foreach (var line in Lines) line.AddTo(ref builder);
            // Without them as it was before there were any. Who may override or settle is the server's to say, and may change until a repeat comes.
            if (IsConfirmed) builder.Add(ConfirmedMark);
            if (Settlement is not null) builder.Add(SettlementMark);
            if (Override is { } asked)
            {
                builder.Add(OverrideMark);
                builder.Add(asked.Reason);
            }

            return builder.Build();
        }
    }

    /// <summary>A number for what is asked for beside the lines; stored in the fingerprint.</summary>
    private protected abstract long What { get; }
}
