using Google.Protobuf;
using Zvonok.Api.Shapes;
using Zvonok.Domain.Lists;
using Wire = Zvonok.Terminals.V1;

namespace Zvonok.Api.Lists;

/// <summary>Lists and deltas as the protocol has them. Devices read them (<c>Zvonok.Terminals.Lists.ListReader</c>).</summary>
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
        HardAntiPassback = terms.HasHardAntiPassback,
    };

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
        EntersInLockdown = holder.EntersInLockdown,
    };

    private static Wire.OfflineAllowance? ToMessage(OfflineAllowance allowance)
    {
        if (allowance == OfflineAllowance.None) return null;
        var message = new Wire.OfflineAllowance { TotalKopecks = allowance.Total.Kopecks };
        if (allowance.Buffet != allowance.Total) message.BuffetKopecks = allowance.Buffet.Kopecks;
        if (allowance.HotMeal != allowance.Total) message.HotMealKopecks = allowance.HotMeal.Kopecks;
        return message;
    }

    private static Wire.ListedStops ToMessage(ListedStops stops) => new()
    {
        Allergens = { AllergenShape.ToMessages(stops.Allergens) },
        HotMeal = (Wire.StopStrength)(stops.HotMeal ?? 0),
        Buffet = (Wire.StopStrength)(stops.Buffet ?? 0),
        HardProducts = { stops.HardProducts },
        SoftProducts = { stops.SoftProducts },
    };

    private static Wire.ListedMeal ToMessage(ListedMeal meal) => new()
    {
        Mark = meal.Mark,
        Date = meal.Day.ToDate(),
        MealKind = (Zvonok.Till.V1.MealKind)meal.Meal,
        OperatorId = meal.Seller.Id,
        Products = { meal.Products.Select(product => new Wire.ListedProduct { ProductCode = product.Code, Quantity = product.Quantity }) },
    };
}
