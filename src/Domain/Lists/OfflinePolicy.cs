namespace Zvonok.Domain.Lists;

/// <summary>How much a till without connection may sell to one person on a day, and a validator take for rides (O2, M10), at one school or at all that have no policy of their own.</summary>
/// <param name="Building">The school; null for the city.</param>
/// <param name="Allowance">In kopecks, 0 to <see cref="Limits.AmountMax"/>.</param>
public sealed record OfflinePolicy(BuildingId? Building, Money Allowance);
