using Zvonok.Domain.Operations;

namespace Zvonok.Domain.Accounts;

/// <summary>What every command to an account carries.</summary>
[GenerateSerializer, Immutable, Alias("zvonok.AccountCommand")]
public abstract record AccountCommand
{
    /// <summary>The client's name for it.</summary>
    [Id(0)]
    public required OperationId Operation { get; init; }

    /// <summary>The device's time of the event; null when it has none.</summary>
    [Id(1)]
    public Instant? EventTime { get; init; }

    /// <summary>The digest of what is asked for, without the event's time: a device may send a repeat with a corrected clock.</summary>
    public abstract Fingerprint Fingerprint { get; }
}

/// <summary>A sale from the meal purse (M1).</summary>
[GenerateSerializer, Immutable, Alias("zvonok.Sale")]
public sealed record Sale : AccountCommand
{
    // No line begins like this: it begins with the length of its code.
    private const long ConfirmedMark = -1;
    private const long OverrideMark = -2;

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

    /// <inheritdoc/>
    public override Fingerprint Fingerprint
    {
        get
        {
            var size = 64 + (Override?.Reason.Length ?? 0) * sizeof(char);
            foreach (var line in Lines) size += line.FingerprintSize;
            var builder = new FingerprintBuilder(size <= 1024 ? stackalloc byte[size] : new byte[size]);
            builder.Add((long)EntryKind.Sale);
            builder.Add(Device.Value);
            builder.Add(Total.Kopecks);
            foreach (var line in Lines) line.AddTo(ref builder);
            // Without them as it was before there were any. Who may override is the server's to say, and may change until a repeat comes.
            if (IsConfirmed) builder.Add(ConfirmedMark);
            if (Override is { } asked)
            {
                builder.Add(OverrideMark);
                builder.Add(asked.Reason);
            }

            return builder.Build();
        }
    }
}

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

    /// <inheritdoc/>
    public override Fingerprint Fingerprint
    {
        get
        {
            var size = 64 + (Override?.Reason.Length ?? 0) * sizeof(char);
            foreach (var line in Lines) size += line.FingerprintSize;
            var builder = new FingerprintBuilder(size <= 1024 ? stackalloc byte[size] : new byte[size]);
            builder.Add((long)EntryKind.Redemption);
            builder.Add(Device.Value);
            builder.Add((long)Meal);
            builder.Add(Total.Kopecks);
            builder.Add(IsConfirmed ? 1 : 0);
            builder.Add(Override?.Reason ?? "");
            foreach (var line in Lines) line.AddTo(ref builder);
            return builder.Build();
        }
    }
}

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

/// <summary>The family sets or lifts a daily limit (M2).</summary>
[GenerateSerializer, Immutable, Alias("zvonok.LimitChange")]
public sealed record LimitChange : AccountCommand
{
    /// <summary>The new limit; null lifts it.</summary>
    [Id(0)]
    public required Money? Limit { get; init; }

    /// <summary>The category that it limits; null: all that is spent from the purse.</summary>
    [Id(1)]
    public ProductCategory? Category { get; init; }

    /// <summary>The transport purse's limit is that of rides (M10), and has no category; otherwise it is the meal purse's.</summary>
    [Id(2)]
    public Purse Purse { get; init; } = Purse.Meal;

    /// <inheritdoc/>
    public override Fingerprint Fingerprint
    {
        get
        {
            var builder = new FingerprintBuilder(stackalloc byte[24]);
            builder.Add((long)EntryKind.LimitChange);
            builder.Add(Limit?.Kopecks ?? -1);
            // Without purse and category as it was before there were any: repeats of old operations are recognised.
            if (Purse == Purse.Transport) builder.Add(-(long)Purse);
            else if (Category is { } category) builder.Add((long)category);
            return builder.Build();
        }
    }
}

/// <summary>The family sets or lifts its stop list (M3).</summary>
[GenerateSerializer, Immutable, Alias("zvonok.StopListChange")]
public sealed record StopListChange : AccountCommand
{
    /// <summary>The whole new list; null lifts it.</summary>
    [Id(0)]
    public required StopList? StopList { get; init; }

    /// <inheritdoc/>
    public override Fingerprint Fingerprint
    {
        get
        {
            var products = StopList?.Products ?? [];
            var size = 32;
            foreach (var stop in products) size += 24 + stop.ProductCode.Length * sizeof(char);
            var builder = new FingerprintBuilder(new byte[size]);
            builder.Add((long)EntryKind.StopListChange);
            builder.Add((long)(StopList?.Allergens ?? Allergens.None));
            builder.Add((long)(StopList?.HotMeal ?? default));
            builder.Add((long)(StopList?.Buffet ?? default));
            foreach (var stop in products)
            {
                builder.Add(stop.Seller.Code);
                builder.Add(stop.ProductCode);
                builder.Add((long)stop.Strength);
            }

            return builder.Build();
        }
    }
}

/// <summary>The authority that grants meals at public cost sets or lifts a child's entitlements (M5).</summary>
[GenerateSerializer, Immutable, Alias("zvonok.EntitlementChange")]
public sealed record EntitlementChange : AccountCommand
{
    /// <summary>All of them from now on; null lifts them.</summary>
    [Id(0)]
    public required EntitlementList? Entitlements { get; init; }

    /// <inheritdoc/>
    public override Fingerprint Fingerprint
    {
        get
        {
            var all = Entitlements?.All ?? [];
            var builder = new FingerprintBuilder(stackalloc byte[8 + Limits.EntitlementsMax * 40]);
            builder.Add((long)EntryKind.EntitlementChange);
            foreach (var one in all)
            {
                builder.Add(one.Funder.Code);
                builder.Add(one.Meals.Bits);
                builder.Add(one.Weekdays.Bits);
                builder.Add(Number(one.From));
                builder.Add(Number(one.Until));
            }

            return builder.Build();

            static long Number(LocalDate day) => day.Year * 10_000L + day.Month * 100 + day.Day;
        }
    }
}
