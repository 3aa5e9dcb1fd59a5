using Zvonok.Domain.Operations;

namespace Zvonok.Domain.Accounts;

/// <summary>The authority that grants meals at public cost sets or lifts a child's entitlements (M5).</summary>
[GenerateSerializer, Immutable, Alias("zvonok.EntitlementChange")]
public sealed record EntitlementChange : ProfileChange
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
            builder.Add((long)Kind);
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

    /// <inheritdoc/>
    public override EntryKind Kind => EntryKind.EntitlementChange;

    /// <inheritdoc/>
    public override AccountProfile ApplyTo(AccountProfile profile) => profile with { Entitlements = Entitlements is { All.Length: > 0 } ? Entitlements : null };
}
