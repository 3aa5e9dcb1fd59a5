using Zvonok.Domain.Operations;

namespace Zvonok.Domain.Accounts;

/// <summary>A sale is taken back, whole or some of its lines (M8).</summary>
[GenerateSerializer, Immutable, Alias("zvonok.Reversal")]
public sealed record Reversal : AccountCommand
{
    /// <summary>The till.</summary>
    [Id(0)]
    public required DeviceId Device { get; init; }

    /// <summary>The operator who takes it back.</summary>
    [Id(1)]
    public required ContraAccount Seller { get; init; }

    /// <summary>The number of the sale's entry.</summary>
    [Id(2)]
    public required long SaleSeq { get; init; }

    /// <summary>Which of its lines; none: all that were not taken back before.</summary>
    [Id(3)]
    public LineSet Lines { get; init; }

    /// <inheritdoc/>
    public override Fingerprint Fingerprint
    {
        get
        {
            var builder = new FingerprintBuilder(stackalloc byte[32]);
            builder.Add((long)EntryKind.Reversal);
            builder.Add(Device.Value);
            builder.Add(SaleSeq);
            // Without lines as it was before there were any: repeats of old operations are recognised.
            if (!Lines.IsEmpty) builder.Add((long)Lines.Bits);
            return builder.Build();
        }
    }
}
