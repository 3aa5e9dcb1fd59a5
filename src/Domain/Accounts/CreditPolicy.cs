namespace Zvonok.Domain.Accounts;

/// <summary>How far hot meals may be owed (M4), at the tills of one school or of all that have no policy of their own.</summary>
/// <param name="Building">The school; null for the city.</param>
/// <param name="Floor">How low a hot meal may take a meal purse, never above zero; zero: no credit.</param>
public sealed record CreditPolicy(BuildingId? Building, Money Floor);
