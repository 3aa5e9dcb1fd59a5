using Zvonok.Domain.Operations;

namespace Zvonok.Domain.Accounts;

/// <summary>An account is closed for good (M12).</summary>
[GenerateSerializer, Immutable, Alias("zvonok.Closing")]
public sealed record Closing : AccountCommand
{
    /// <summary>The bank that pays out what is left in the purses; null: nothing may be left.</summary>
    [Id(0)]
    public ContraAccount? PaidOutBy { get; init; }

    /// <inheritdoc/>
    public override Fingerprint Fingerprint
    {
        get
        {
            var builder = new FingerprintBuilder(stackalloc byte[16]);
            builder.Add((long)EntryKind.Closing);
            builder.Add(PaidOutBy?.Code ?? 0);
            return builder.Build();
        }
    }
}
