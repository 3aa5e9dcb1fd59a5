namespace Zvonok.Domain.Accounts;

/// <summary>Somebody asks that a sale be made although the family's stop list forbids it (M3).</summary>
/// <param name="By">The employee who may do so; null when whoever asks may not.</param>
/// <param name="Reason">Why: 1 to <see cref="Limits.ReasonLengthMax"/> characters, for the family to read.</param>
[GenerateSerializer, Immutable, Alias("zvonok.OverrideRequest")]
public sealed record OverrideRequest([property: Id(0)] AccountNumber? By, [property: Id(1)] string Reason);

/// <summary>A sale was made although the family's stop list forbids it (M3).</summary>
/// <param name="By">The employee who answers for it.</param>
/// <param name="Reason">Why.</param>
/// <param name="Lines">The lines that were forbidden.</param>
[GenerateSerializer, Immutable, Alias("zvonok.StopOverride")]
public sealed record StopOverride([property: Id(0)] AccountNumber By, [property: Id(1)] string Reason, [property: Id(2)] LineSet Lines);
