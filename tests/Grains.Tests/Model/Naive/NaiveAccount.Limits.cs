namespace Zvonok.Grains.Tests.Model.Naive;

// Limits (M2, M10), the stop list (M3) and entitlements (M5): what the family and the authorities set, and what is spent.
internal sealed partial class NaiveAccount
{
    private StopList? _stops;
    private Entitlement[] _entitlements = [];

    public long? Limit { get; private set; }

    public long? HotMealLimit { get; private set; }

    public long? BuffetLimit { get; private set; }

    public long? RideLimit { get; private set; }

    public NaiveAnswer Do(ProfileChange change, Instant now)
    {
        if (_isClosed) return Refuse(change, AccountRefusal.AccountClosed);
        switch (change)
        {
            case LimitChange { Purse: Purse.Transport } limit:
                RideLimit = limit.Limit?.Kopecks;
                return Grant(New(change, now, EntryKind.LimitChange));
            case LimitChange { Category: ProductCategory.HotMeal } limit:
                HotMealLimit = limit.Limit?.Kopecks;
                return Grant(New(change, now, EntryKind.LimitChange));
            case LimitChange { Category: ProductCategory.Buffet } limit:
                BuffetLimit = limit.Limit?.Kopecks;
                return Grant(New(change, now, EntryKind.LimitChange));
            case LimitChange limit:
                Limit = limit.Limit?.Kopecks;
                return Grant(New(change, now, EntryKind.LimitChange));
            case StopListChange stops:
                _stops = stops.StopList;
                return Grant(New(change, now, EntryKind.StopListChange));
            case EntitlementChange rights:
                _entitlements = rights.Entitlements?.All ?? [];
                return Grant(New(change, now, EntryKind.EntitlementChange));
            default:
                throw new InvalidOperationException($"Nothing is known of {change}.");
        }
    }

    /// <summary>From the meal purse, on a day since 1970.</summary>
    public long SpentOn(int day) => SpentOn(day, ProductCategory.HotMeal) + SpentOn(day, ProductCategory.Buffet);

    public long SpentOn(int day, ProductCategory category) =>
        _facts.Where(fact => fact.Day == day && fact.Kind == EntryKind.Sale).Sum(fact => CostOf(fact.Lines, category))
        - _facts.Where(fact => fact.Day == day && fact.Kind == EntryKind.Reversal && fact.Purse == Purse.Meal).Sum(fact => CostOf(fact.Lines, category));

    public long RodeOn(int day) => _facts.Where(fact => fact.Day == day && fact.Kind == EntryKind.Ride).Sum(fact => -fact.Amount);

    private bool IsHard(SaleLine line, ContraAccount seller) => IsStopped(line, seller, StopStrength.Hard);

    private bool IsSoft(SaleLine line, ContraAccount seller) => !IsHard(line, seller) && IsStopped(line, seller, StopStrength.Soft);

    private bool IsStopped(SaleLine line, ContraAccount seller, StopStrength how)
    {
        if (_stops is null) return false;
        if (how == StopStrength.Hard && (line.Allergens & _stops.Allergens) != 0) return true;
        if (line.Category == ProductCategory.HotMeal && _stops.HotMeal == how) return true;
        if (line.Category == ProductCategory.Buffet && _stops.Buffet == how) return true;
        return _stops.Products.Any(stop => stop.Seller == seller && stop.ProductCode == line.ProductCode && stop.Strength == how);
    }
}
