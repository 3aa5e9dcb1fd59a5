namespace Zvonok.Domain.Accounts;

/// <summary>A meal is settled from a class list, without the child's card (M7).</summary>
/// <param name="By">The employee who settles; null when whoever does may not.</param>
[GenerateSerializer, Immutable, Alias("zvonok.ClassSettlement")]
public sealed record ClassSettlement([property: Id(0)] AccountNumber? By);
