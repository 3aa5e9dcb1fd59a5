using Zvonok.Domain.Accounts;
using Zvonok.Domain.Buildings;
using Zvonok.Domain.Cards;
using Zvonok.Domain.Lists;
using Zvonok.Domain.Operations;
using Zvonok.Terminals.Decisions;
using Zvonok.Terminals.Lists;

namespace Zvonok.Terminals.Tests.Rules;

[Trait("Rule", "O2")]
public sealed class TillRulesTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 2, 9, 0);
    private static readonly SaleLine Soup = new("SOUP", ProductCategory.HotMeal, 1, new Money(3_000), Allergens.Milk);
    private static readonly SaleLine Cake = new("CAKE", ProductCategory.Buffet, 2, new Money(1_000), Allergens.Nuts);

    [Fact]
    [Trait("Rule", "M3")]
    public void What_the_family_stops_is_told_in_the_order_of_the_core()
    {
        var person = School.Person(1, allowance: 100);
        Sell(person, [Soup, Cake]).Refusal.ShouldBe(AccountRefusal.InsufficientFunds);
        Sell(person with { Stops = new ListedStops(Allergens.Nuts, null, null, [], []) }, [Soup, Cake]).ShouldBe(new TillVerdict(AccountRefusal.StopList, LineSet.Of(1)));
        var rich = School.Person(1, allowance: 50_000);
        Sell(rich with { Stops = new ListedStops(Allergens.None, null, null, [School.Key.MarkOf(School.Seller, "SOUP")], []) }, [Soup, Cake]).ShouldBe(new TillVerdict(AccountRefusal.StopList, LineSet.Of(0)));
        var soft = rich with { Stops = new ListedStops(Allergens.None, null, StopStrength.Soft, [], []) };
        Sell(soft, [Soup, Cake]).ShouldBe(new TillVerdict(AccountRefusal.ConfirmationNeeded, LineSet.Of(1)));
        Sell(soft, [Soup, Cake], isConfirmed: true).IsGranted.ShouldBeTrue();
        Sell(School.Person(1, CardState.Blocked) with { Stops = soft.Stops }, [Cake]).Refusal.ShouldBe(AccountRefusal.CardBlocked);
        Sell(School.Person(1, end: Now), [Cake]).Refusal.ShouldBe(AccountRefusal.CardExpired);
    }

    [Fact]
    [Trait("Rule", "M2")]
    public void A_category_has_an_allowance_of_its_own()
    {
        var person = School.Person(1) with { Allowance = new OfflineAllowance(new Money(6_000), new Money(2_500), new Money(4_000)) };
        Sell(person, [Soup, Cake]).IsGranted.ShouldBeTrue();
        Sell(person, [Soup, Cake], had: new DaySpending(Money.Zero, new Money(600))).ShouldBe(new TillVerdict(AccountRefusal.CategoryLimit, LineSet.Of(1)));
        Sell(person, [Soup, Cake], had: new DaySpending(new Money(1_001), Money.Zero)).ShouldBe(new TillVerdict(AccountRefusal.CategoryLimit, LineSet.Of(0)));
        Sell(person, [Cake], had: new DaySpending(new Money(4_001), Money.Zero)).Refusal.ShouldBe(AccountRefusal.InsufficientFunds);
    }

    [Fact]
    [Trait("Rule", "M5")]
    public void Meals_are_those_of_the_list_and_its_next_day_and_had_once()
    {
        var person = School.Person(1) with { Meals = MealSet.Of(MealKind.Lunch), NextMeals = MealSet.Of(MealKind.Dinner) };
        Redeem(person, MealKind.Lunch, 0).IsGranted.ShouldBeTrue();
        Redeem(person, MealKind.Dinner, 0).Refusal.ShouldBe(AccountRefusal.NotEntitled);
        Redeem(person, MealKind.Dinner, 1).IsGranted.ShouldBeTrue();
        Redeem(person, MealKind.Lunch, 2).NotNow.ShouldBe(NotNowReason.ListTooOld);
        Redeem(person, MealKind.Lunch, 0, MealSet.Of(MealKind.Lunch)).Refusal.ShouldBe(AccountRefusal.AlreadyRedeemed);
    }

    [Fact]
    [Trait("Rule", "M10")]
    public void Rides_are_let_through_within_the_allowance_of_their_day_and_up_to_the_fare_that_the_carrier_says()
    {
        var person = School.Person(1, allowance: 6_000) with { NextAllowance = School.Allow(9_000) };
        Ride(person, 4_000).IsGranted.ShouldBeTrue();
        Ride(person, 4_001).Refusal.ShouldBe(AccountRefusal.InsufficientFunds, "the carrier trusts nobody with more");
        Ride(person, 4_000, had: 2_000).IsGranted.ShouldBeTrue();
        Ride(person, 4_000, had: 2_001).Refusal.ShouldBe(AccountRefusal.InsufficientFunds);
        Ride(person, 4_000, had: 5_000, daysLater: 1).IsGranted.ShouldBeTrue();
        Ride(School.Person(1), 1).Refusal.ShouldBe(AccountRefusal.InsufficientFunds);
        Ride(School.Person(2, allowance: 6_000), 1).Refusal.ShouldBe(AccountRefusal.CardUnknown);
        Ride(School.Person(1, CardState.Lost, allowance: 6_000), 1).Refusal.ShouldBe(AccountRefusal.CardLost);
        Ride(School.Person(1, end: Now, allowance: 6_000), 1).Refusal.ShouldBe(AccountRefusal.CardExpired);
    }

    /// <summary>
    /// One till, one purse, and lists that come late: whatever is sold with and without the core, told late, and listed from before. The purse is never overdrawn when the till sells with the core only after it has told what it sold
    /// alone; and when it does both at a time, as between a connection and the end of an upload, by no more than the allowance.
    /// </summary>
    [Fact]
    [Trait("Rule", "M2")]
    public void Of_one_purse_a_till_never_sells_more_than_there_is() => Gen.Select(Gen.Bool, Gen.Long[0, 20_000], Gen.Select(Gen.Int[0, 3], Gen.Long[1, 6_000], Gen.Int[0, 20]).Array[1, 60]).Sample((tellsFirst, money, steps) =>
    {
        var (book, purse, now, random, queue) = (new SoldBook(), money, Now, new Random(1), new List<(OperationId Operation, long Amount)>());
        var seen = new List<(Instant At, long Purse)> { (Now - Duration.FromHours(1), money) };
        var index = Index(School.Person(1, allowance: Math.Min(8_000, money)), Now);
        foreach (var (what, amount, seconds) in steps)
        {
            now += Duration.FromSeconds(seconds);
            var operation = OperationId.Create(now, random);
            switch (what)
            {
                case 0 when purse >= amount && (queue.Count == 0 || !tellsFirst):
                    purse -= amount;
                    seen.Add((now, purse));
                    book.Add(Sold(operation, amount, now));
                    break;
                case 1:
                    if (TillRules.Sell(index, Find(index), [Soup with { UnitPrice = new Money(amount) }], false, book.Of(1, TillRules.DayOf(index, now)), School.Seller, School.Key, now).IsGranted)
                    {
                        book.Add(Sold(operation, amount, null));
                        queue.Add((operation, amount));
                    }

                    break;
                case 2:
                    foreach (var (fact, sum) in queue)
                    {
                        purse -= sum;
                        seen.Add((now, purse));
                        book.Known(fact, now);
                    }

                    queue.Clear();
                    break;
                case 3:
                    // Made of what was there some seconds before.
                    var madeAt = now - Duration.FromSeconds(amount % 5);
                    index = Index(School.Person(1, allowance: Math.Clamp(seen.Last(at => at.At <= madeAt - Duration.FromSeconds(seconds % 5)).Purse, 0, 8_000)), madeAt);
                    foreach (var known in book.KnownBefore(madeAt)) book.Remove(known);
                    break;
            }

            (purse - queue.Sum(fact => fact.Amount)).ShouldBeGreaterThanOrEqualTo(tellsFirst ? 0 : -8_000);
        }
    }, iter: 5_000);

    private static Sold Sold(OperationId operation, long amount, Instant? knownAt) => new(operation, 1, Domain.Time.Calendars.DayOf(Now, School.Zone), new DaySpending(new Money(amount), Money.Zero), null, null, knownAt);

    private static TillVerdict Sell(Domain.Lists.Holder person, SaleLine[] lines, bool isConfirmed = false, DaySpending had = default)
    {
        var index = Index(person);
        return TillRules.Sell(index, Find(index), lines, isConfirmed, Had.Nothing with { Spending = had }, School.Seller, School.Key, Now);
    }

    private static TillVerdict Redeem(Domain.Lists.Holder person, MealKind meal, int daysLater, MealSet had = default)
    {
        var index = Index(person);
        return TillRules.RedeemMeal(index, Find(index), meal, [Soup], false, Had.Nothing with { Meals = had }, School.Seller, School.Key, Now + Duration.FromDays(daysLater));
    }

    private static TillVerdict Ride(Domain.Lists.Holder person, long fare, long had = 0, int daysLater = 0)
    {
        var index = Index(person);
        return TillRules.PayRide(index, Find(index), new Money(fare), new Money(4_000), Had.Nothing with { Spending = DaySpending.OnRide(new Money(had)) }, Now + Duration.FromDays(daysLater));
    }

    private static ListIndex Index(Domain.Lists.Holder person, Instant? madeAt = null) => ListIndex.Of(School.List(DeviceKind.Till, madeAt ?? Now, [person]));

    private static ListIndex.Found? Find(ListIndex index) => index.Find(School.Token(1));
}
