using Zvonok.Domain.Operations;

namespace Zvonok.Domain.Accounts;

/// <summary>A family orders meals, cancels some, or both: all of it or nothing (M6). To change an order is to cancel it and to order anew.</summary>
[GenerateSerializer, Immutable, Alias("zvonok.OrderChange")]
public sealed record OrderChange : AccountCommand
{
    /// <summary>The entries of the orders that are cancelled, at most <see cref="Limits.OrdersOfOneOperationMax"/>, none twice.</summary>
    [Id(0)]
    public required long[] Cancelled { get; init; }

    /// <summary>The orders that are placed, at most <see cref="Limits.OrdersOfOneOperationMax"/>. Their terms are the menu's, which may change until a repeat comes.</summary>
    [Id(1)]
    public required MealOrder[] Placed { get; init; }

    /// <inheritdoc/>
    public override Fingerprint Fingerprint
    {
        get
        {
            var size = 32 + Cancelled.Length * 8;
            foreach (var order in Placed) size += 40 + order.Lines.Sum(line => 16 + line.ProductCode.Length * sizeof(char));
            var builder = new FingerprintBuilder(size <= 1024 ? stackalloc byte[size] : new byte[size]);
            builder.Add((long)EntryKind.Order);
            builder.Add(Cancelled.Length);
            foreach (var seq in Cancelled) builder.Add(seq);
            foreach (var order in Placed)
            {
                builder.Add(order.Building.Value);
                builder.Add(order.Day.Year * 10_000L + order.Day.Month * 100 + order.Day.Day);
                builder.Add((long)order.Meal);
                builder.Add(order.Seller.Code);
                builder.Add(order.Lines.Length);
                foreach (var line in order.Lines)
                {
                    builder.Add(line.ProductCode);
                    builder.Add(line.Quantity);
                }
            }

            return builder.Build();
        }
    }
}

/// <summary>What was ordered for today is fetched at a till (M6).</summary>
[GenerateSerializer, Immutable, Alias("zvonok.OrderRedemption")]
public sealed record OrderRedemption : AccountCommand
{
    /// <summary>The till.</summary>
    [Id(0)]
    public required DeviceId Device { get; init; }

    /// <summary>The operator who serves.</summary>
    [Id(1)]
    public required ContraAccount Seller { get; init; }

    /// <summary>Which meal.</summary>
    [Id(2)]
    public required MealKind Meal { get; init; }

    /// <summary>An employee asks that it be served although the stop list forbids it by now (M3); null usually.</summary>
    [Id(3)]
    public OverrideRequest? Override { get; init; }

    /// <inheritdoc/>
    public override Fingerprint Fingerprint
    {
        get
        {
            var builder = new FingerprintBuilder(stackalloc byte[40 + Limits.ReasonLengthMax * sizeof(char)]);
            builder.Add((long)EntryKind.OrderRedemption);
            builder.Add(Device.Value);
            builder.Add((long)Meal);
            builder.Add(Override?.Reason ?? "");
            return builder.Build();
        }
    }
}

/// <summary>The day of an order is over and nobody has fetched it (M6).</summary>
[GenerateSerializer, Immutable, Alias("zvonok.OrderExpiry")]
public sealed record OrderExpiry : AccountCommand
{
    /// <summary>The entry that ordered it.</summary>
    [Id(0)]
    public required long OrderSeq { get; init; }

    /// <inheritdoc/>
    public override Fingerprint Fingerprint
    {
        get
        {
            var builder = new FingerprintBuilder(stackalloc byte[16]);
            builder.Add((long)EntryKind.OrderExpiry);
            builder.Add(OrderSeq);
            return builder.Build();
        }
    }
}
