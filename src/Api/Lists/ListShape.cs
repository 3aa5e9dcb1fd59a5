using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Zvonok.Api.Shapes;
using Zvonok.Domain.Lists;
using Wire = Zvonok.Terminals.V1;

namespace Zvonok.Api.Lists;

/// <summary>Lists and deltas as the protocol has them, and as the domain has them. What the core has signed is read as it is: it was right when it was signed.</summary>
public static class ListShape
{
    /// <summary>A list as the protocol has it.</summary>
    public static Wire.OfflineList ToMessage(OfflineList list) => new()
    {
        Terms = ToMessage(list.Terms),
        Version = list.Version,
        MakeTime = list.MadeAt.ToTimestamp(),
        ExpireTime = list.ValidUntil.ToTimestamp(),
        Meals = { list.Meals.Select(ToMessage) },
        Holders = { list.Holders.Select(ToMessage) },
    };

    /// <summary>A delta as the protocol has it.</summary>
    public static Wire.ListDelta ToMessage(ListDelta delta) => new()
    {
        BaseVersion = delta.Base,
        Version = delta.Version,
        MakeTime = delta.MadeAt.ToTimestamp(),
        ExpireTime = delta.ValidUntil.ToTimestamp(),
        Digest = ByteString.CopyFrom(delta.Digest.ToBytes()),
        Terms = delta.Terms is { } terms ? ToMessage(terms) : null,
        Holders = { delta.Holders.Select(ToMessage) },
        GoneHandles = { delta.Gone },
        Meals = { delta.Meals.Select(ToMessage) },
        GoneMeals = { delta.MealsGone },
    };

    /// <summary>A list as the domain has it.</summary>
    public static OfflineList Read(Wire.OfflineList list) => new(Read(list.Terms), list.Meals.Select(Read), list.Holders.Select(Read))
    {
        Version = list.Version,
        MadeAt = Read(list.MakeTime),
        ValidUntil = Read(list.ExpireTime),
    };

    /// <summary>A delta as the domain has it.</summary>
    public static ListDelta Read(Wire.ListDelta delta) => new()
    {
        Base = delta.BaseVersion,
        Version = delta.Version,
        MadeAt = Read(delta.MakeTime),
        ValidUntil = Read(delta.ExpireTime),
        Digest = ListDigest.Read(delta.Digest.Span),
        Terms = delta.Terms is { } terms ? Read(terms) : null,
        Holders = [.. delta.Holders.Select(Read)],
        Gone = [.. delta.GoneHandles],
        Meals = [.. delta.Meals.Select(Read)],
        MealsGone = [.. delta.GoneMeals],
    };

    private static Wire.ListTerms ToMessage(ListTerms terms) => new()
    {
        BuildingId = terms.Building.Value,
        Audience = (Zvonok.Registry.V1.DeviceKind)terms.Audience,
        KeyId = terms.KeyId,
        Mode = (Zvonok.Feed.V1.BuildingMode)terms.Mode,
        TimeZone = terms.ZoneId,
        Date = terms.Day.ToDate(),
        NextDate = terms.NextDay.ToDate(),
        AllowanceKopecks = terms.Allowance.Kopecks,
    };

    private static ListTerms Read(Wire.ListTerms terms) => new(
        new BuildingId(terms.BuildingId), (DeviceKind)terms.Audience, terms.KeyId, (BuildingMode)terms.Mode, terms.TimeZone, Read(terms.Date), Read(terms.NextDate), new Money(terms.AllowanceKopecks));

    private static Wire.Holder ToMessage(Holder holder) => new()
    {
        Handle = holder.Handle,
        Kind = (Zvonok.Registry.V1.AccountKind)holder.Kind,
        Cards =
        {
            holder.Cards.Select(card => new Wire.ListedCard
            {
                Token = card.Token.Value,
                State = (Zvonok.Registry.V1.CardState)card.State,
                ExpireTime = card.ExpiresAt?.ToTimestamp(),
                Rules = { card.Rules.Select(AccessRuleShape.ToMessage) },
                ByRulesOnly = card.IsByRulesOnly,
            }),
        },
        Meals = { holder.Meals.Meals().Select(meal => (Zvonok.Till.V1.MealKind)meal) },
        NextMeals = { holder.NextMeals.Meals().Select(meal => (Zvonok.Till.V1.MealKind)meal) },
        Orders = { holder.Orders },
        Stops = holder.Stops is { } stops ? ToMessage(stops) : null,
        Allowance = ToMessage(holder.Allowance),
        NextAllowance = holder.NextAllowance == holder.Allowance ? null : ToMessage(holder.NextAllowance) ?? new Wire.OfflineAllowance(),
    };

    private static Holder Read(Wire.Holder holder) => new()
    {
        Handle = holder.Handle,
        Kind = (AccountKind)holder.Kind,
        Cards = [.. holder.Cards.Select(Read)],
        Meals = MealSet.Of(holder.Meals.Select(meal => (MealKind)meal)),
        NextMeals = MealSet.Of(holder.NextMeals.Select(meal => (MealKind)meal)),
        Orders = [.. holder.Orders],
        Stops = holder.Stops is { } stops ? Read(stops) : null,
        Allowance = Read(holder.Allowance),
        NextAllowance = Read(holder.NextAllowance ?? holder.Allowance),
    };

    private static Wire.OfflineAllowance? ToMessage(OfflineAllowance allowance)
    {
        if (allowance == OfflineAllowance.None) return null;
        var message = new Wire.OfflineAllowance { TotalKopecks = allowance.Total.Kopecks };
        if (allowance.Buffet != allowance.Total) message.BuffetKopecks = allowance.Buffet.Kopecks;
        if (allowance.HotMeal != allowance.Total) message.HotMealKopecks = allowance.HotMeal.Kopecks;
        return message;
    }

    private static ListedCard Read(Wire.ListedCard card) => new(new ListToken(card.Token), (CardState)card.State, card.ExpireTime is { } end ? Read(end) : null)
    {
        Rules = [.. card.Rules.Select(AccessRuleShape.Read)],
        IsByRulesOnly = card.ByRulesOnly,
    };

    private static OfflineAllowance Read(Wire.OfflineAllowance? allowance) => allowance is null ? OfflineAllowance.None : new OfflineAllowance(
        new Money(allowance.TotalKopecks),
        new Money(allowance.HasBuffetKopecks ? allowance.BuffetKopecks : allowance.TotalKopecks),
        new Money(allowance.HasHotMealKopecks ? allowance.HotMealKopecks : allowance.TotalKopecks));

    private static Wire.ListedStops ToMessage(ListedStops stops) => new()
    {
        Allergens = { AllergenShape.ToMessages(stops.Allergens) },
        HotMeal = (Wire.StopStrength)(stops.HotMeal ?? 0),
        Buffet = (Wire.StopStrength)(stops.Buffet ?? 0),
        HardProducts = { stops.HardProducts },
        SoftProducts = { stops.SoftProducts },
    };

    private static ListedStops Read(Wire.ListedStops stops) => new(
        AllergenShape.TryRead(stops.Allergens, out var allergens) ? allergens : throw new InvalidDataException("The list names an allergen that this program does not know."),
        Strength(stops.HotMeal), Strength(stops.Buffet), [.. stops.HardProducts], [.. stops.SoftProducts]);

    private static StopStrength? Strength(Wire.StopStrength strength) => strength == Wire.StopStrength.Unspecified ? null : (StopStrength)strength;

    private static Wire.ListedMeal ToMessage(ListedMeal meal) => new()
    {
        Mark = meal.Mark,
        Date = meal.Day.ToDate(),
        MealKind = (Zvonok.Till.V1.MealKind)meal.Meal,
        OperatorId = meal.Seller.Id,
        Products = { meal.Products.Select(product => new Wire.ListedProduct { ProductCode = product.Code, Quantity = product.Quantity }) },
    };

    private static ListedMeal Read(Wire.ListedMeal meal) => new(
        Read(meal.Date), (MealKind)meal.MealKind, ContraAccount.Operator(meal.OperatorId), [.. meal.Products.Select(product => new ListedProduct(product.ProductCode, product.Quantity))]);

    private static LocalDate Read(Google.Type.Date day) => new(day.Year, day.Month, day.Day);

    private static Instant Read(Timestamp time) => Instant.FromUnixTimeSeconds(time.Seconds);
}
