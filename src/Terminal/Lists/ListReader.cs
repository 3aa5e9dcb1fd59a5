using System.Diagnostics.CodeAnalysis;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Zvonok.Domain.Accounts;
using Zvonok.Domain.Buildings;
using Zvonok.Domain.Cards;
using Zvonok.Domain.Lists;
using Zvonok.Registry.V1;
using AccessRule = Zvonok.Domain.Cards.AccessRule;
using AccountKind = Zvonok.Domain.Accounts.AccountKind;
using CardState = Zvonok.Domain.Cards.CardState;
using DeviceKind = Zvonok.Domain.Buildings.DeviceKind;
using Wire = Zvonok.Terminals.V1;

namespace Zvonok.Terminals.Lists;

/// <summary>Lists and deltas of the protocol as the rules have them (O1). What the core has signed is read as it is: it was right when it was signed.</summary>
public static class ListReader
{
    /// <summary>What is in a signed list; false when none of the verifier's keys has signed it.</summary>
    public static bool TryOpen(Wire.SignedList signed, ListVerifier verifier, [NotNullWhen(true)] out Wire.ListContent? content)
    {
        content = verifier.IsSigned(signed.Content.Span, signed.SigningKeyId, signed.Signature.Span) ? Wire.ListContent.Parser.ParseFrom(signed.Content) : null;
        return content is not null;
    }

    /// <summary>A list.</summary>
    public static OfflineList Read(Wire.OfflineList list) => new(Read(list.Terms), list.Meals.Select(Read), list.Holders.Select(Read))
    {
        Version = list.Version,
        MadeAt = Read(list.MakeTime),
        ValidUntil = Read(list.ExpireTime),
    };

    /// <summary>A delta.</summary>
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

    /// <summary>The set of some allergens; throws <see cref="InvalidDataException"/> for one that this program does not know.</summary>
    internal static Allergens Read(RepeatedField<Zvonok.Till.V1.Allergen> allergens)
    {
        var set = Allergens.None;
        foreach (var allergen in allergens)
        {
            if (allergen is < Zvonok.Till.V1.Allergen.Gluten or > Zvonok.Till.V1.Allergen.Molluscs) throw new InvalidDataException($"There is no allergen of number {(int)allergen} that this program knows.");
            set |= (Allergens)(1 << (int)allergen - 1);
        }

        return set;
    }

    private static ListTerms Read(Wire.ListTerms terms) => new(
        new BuildingId(terms.BuildingId), (DeviceKind)terms.Audience, terms.KeyId, (BuildingMode)terms.Mode, terms.TimeZone, Read(terms.Date), Read(terms.NextDate), new Money(terms.AllowanceKopecks))
    {
        HasHardAntiPassback = terms.HardAntiPassback,
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
        EntersInLockdown = holder.EntersInLockdown,
    };

    private static ListedCard Read(Wire.ListedCard card) => new(new ListToken(card.Token), (CardState)card.State, card.ExpireTime is { } end ? Read(end) : null)
    {
        Rules = [.. card.Rules.Select(Read)],
        IsByRulesOnly = card.ByRulesOnly,
    };

    private static AccessRule Read(Zvonok.Registry.V1.AccessRule rule) => new(
        rule.Effect == AccessEffect.Deny,
        rule.BuildingId == 0 ? null : new BuildingId(rule.BuildingId),
        WeekdaySet.Of(rule.Weekdays.Select(day => (IsoDayOfWeek)day)),
        rule.HasEndMinute ? new HourSpan((short)rule.FirstMinute, (short)rule.EndMinute) : null,
        rule.FirstDate is { } first ? Read(first) : null,
        rule.LastDate is { } last ? Read(last) : null);

    private static OfflineAllowance Read(Wire.OfflineAllowance? allowance) => allowance is null ? OfflineAllowance.None : new OfflineAllowance(
        new Money(allowance.TotalKopecks),
        new Money(allowance.HasBuffetKopecks ? allowance.BuffetKopecks : allowance.TotalKopecks),
        new Money(allowance.HasHotMealKopecks ? allowance.HotMealKopecks : allowance.TotalKopecks));

    private static ListedStops Read(Wire.ListedStops stops) =>
        new(Read(stops.Allergens), Strength(stops.HotMeal), Strength(stops.Buffet), [.. stops.HardProducts], [.. stops.SoftProducts]);

    private static StopStrength? Strength(Wire.StopStrength strength) => strength == Wire.StopStrength.Unspecified ? null : (StopStrength)strength;

    private static ListedMeal Read(Wire.ListedMeal meal) => new(
        Read(meal.Date), (MealKind)meal.MealKind, ContraAccount.Operator(meal.OperatorId), [.. meal.Products.Select(product => new ListedProduct(product.ProductCode, product.Quantity))]);

    private static LocalDate Read(Google.Type.Date day) => new(day.Year, day.Month, day.Day);

    private static Instant Read(Timestamp time) => Instant.FromUnixTimeSeconds(time.Seconds);
}
