namespace Zvonok.Domain.City;

/// <summary>All facts of one kind at one building within a quarter of an hour, as they are: not yet to be told to anybody (S5).</summary>
/// <param name="Building">Where.</param>
/// <param name="Start">When the quarter of an hour begins; its facts are by the time of the event.</param>
/// <param name="Kind">What people did.</param>
/// <param name="Accounts">Of how many different accounts.</param>
/// <param name="Facts">How many facts.</param>
/// <param name="Sum">The money that they moved; null for passages.</param>
public readonly record struct CityGroup(BuildingId Building, Instant Start, CityKind Kind, long Accounts, long Facts, CitySum? Sum);

/// <summary>The money of a group.</summary>
/// <param name="Total">Of all its accounts; none of them has less than zero.</param>
/// <param name="TwoLargest">Of the two accounts that have most of it.</param>
public readonly record struct CitySum(Money Total, Money TwoLargest);
