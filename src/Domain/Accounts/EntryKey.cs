namespace Zvonok.Domain.Accounts;

/// <summary>Which entry.</summary>
/// <param name="Account">Whose ledger.</param>
/// <param name="Seq">Its number there; 0 while it is not known.</param>
[GenerateSerializer, Immutable, Alias("zvonok.EntryKey")]
public readonly record struct EntryKey([property: Id(0)] AccountNumber Account, [property: Id(1)] long Seq);
