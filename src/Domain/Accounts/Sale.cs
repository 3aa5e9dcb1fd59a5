namespace Zvonok.Domain.Accounts;

/// <summary>A sale from the meal purse (M1).</summary>
[GenerateSerializer, Immutable, Alias("zvonok.Sale")]
public sealed record Sale : Purchase
{
    /// <summary>
    /// How low policy lets a hot meal take the purse (M4), never above zero; zero: no credit. It is the server's to say and no part of what is asked for.
    /// </summary>
    [Id(0)]
    public Money CreditFloor { get; init; }

    private protected override long What => (long)EntryKind.Sale;
}
