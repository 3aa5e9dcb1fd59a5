using Zvonok.Domain.Operations;

namespace Zvonok.Domain.Accounts;

/// <summary>A meal at public cost is had (M5).</summary>
[GenerateSerializer, Immutable, Alias("zvonok.Redemption")]
public sealed record Redemption : AccountCommand
{
    /// <summary>The till.</summary>
    [Id(0)]
    public required DeviceId Device { get; init; }

    /// <summary>The operator who serves it.</summary>
    [Id(1)]
    public required ContraAccount Seller { get; init; }

    /// <summary>Which meal.</summary>
    [Id(2)]
    public required MealKind Meal { get; init; }

    /// <summary>What it is: 1 to <see cref="Limits.SaleLinesMax"/> lines.</summary>
    [Id(3)]
    public required SaleLine[] Lines { get; init; }

    /// <summary>What the budget pays: the sum of the lines, as the door has checked.</summary>
    [Id(4)]
    public required Money Total { get; init; }

    /// <inheritdoc cref="Sale.IsConfirmed"/>
    [Id(5)]
    public bool IsConfirmed { get; init; }

    /// <inheritdoc cref="Sale.Override"/>
    [Id(6)]
    public OverrideRequest? Override { get; init; }

    /// <inheritdoc cref="Sale.Settlement"/>
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
            builder.Add((long)EntryKind.Redemption);
            builder.Add(Device.Value);
            builder.Add((long)Meal);
            builder.Add(Total.Kopecks);
            builder.Add(IsConfirmed ? 1 : 0);
            builder.Add(Settlement is null ? 0 : 1);
            builder.Add(Override?.Reason ?? "");
            foreach (var line in Lines) line.AddTo(ref builder);
            return builder.Build();
        }
    }
}
