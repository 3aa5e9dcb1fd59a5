namespace Zvonok.Domain.City;

/// <summary>What the city is told of a group that is large enough (S5).</summary>
/// <param name="Building">Where.</param>
/// <param name="Start">When the quarter of an hour begins.</param>
/// <param name="Kind">What people did.</param>
/// <param name="Accounts">Of how many different accounts; never fewer than <see cref="CityRules.AccountsMin"/>.</param>
/// <param name="Facts">How many facts.</param>
/// <param name="Amount">The money that they moved; null for passages, and where it would tell of single accounts.</param>
public readonly record struct CityFigure(BuildingId Building, Instant Start, CityKind Kind, long Accounts, long Facts, Money? Amount);
