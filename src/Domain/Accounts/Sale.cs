using Zvonok.Domain.Operations;

namespace Zvonok.Domain.Accounts;

/// <summary>A sale from the meal purse (M1).</summary>
[GenerateSerializer, Immutable, Alias("zvonok.Sale")]
public sealed record Sale : AccountCommand
{
    // No line begins like this: it begins with the length of its code.
    private const long ConfirmedMark = -1;
    private const long OverrideMark = -2;
    private const long SettlementMark = -3;

    /// <summary>The till.</summary>
    [Id(0)]
    public required DeviceId Device { get; init; }

    /// <summary>The operator who sells.</summary>
    [Id(1)]
    public required ContraAccount Seller { get; init; }

    /// <summary>What is sold: 1 to <see cref="Limits.SaleLinesMax"/> lines.</summary>
    [Id(2)]
    public required SaleLine[] Lines { get; init; }

    /// <summary>The sum of the lines, as the door has checked.</summary>
    [Id(3)]
    public required Money Total { get; init; }

    /// <summary>
    /// How low policy lets a hot meal take the purse (M4), never above zero; zero: no credit. It is the server's to say and no part of what is asked for.
    /// </summary>
    [Id(4)]
    public Money CreditFloor { get; init; }

    /// <summary>The cashier has confirmed what the family's stop list asks to be confirmed (M3).</summary>
    [Id(5)]
    public bool IsConfirmed { get; init; }

    /// <summary>An employee asks that it be sold although the stop list forbids it (M3); null usually.</summary>
    [Id(6)]
    public OverrideRequest? Override { get; init; }

    /// <summary>It is settled from a class list (M7); null: by the child's card.</summary>
    [Id(7)]
    public ClassSettlement? Settlement { get; init; }

    /// <inheritdoc/>
    public override Fingerprint Fingerprint
    {
        get
        {
            var size = 72 + (Override?.Reason.Length ?? 0) * sizeof(char);
            foreach (var line in Lines) size += line.FingerprintSize;
            var builder = new FingerprintBuilder(size <= 1024 ? stackalloc byte[size] : new byte[size]);
            builder.Add((long)EntryKind.Sale);
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
}
