using Zvonok.Domain.Accounts;

namespace Zvonok.Domain.Tests.Accounts;

/// <summary>
/// Weeks in the life of an account, thousands of times, against <see cref="NaiveAccount"/>: purchases, reversals, top-ups
/// and changes of the limit, across midnights in every zone of the country, with devices late and with wrong clocks.
/// </summary>
public sealed class AccountModelRun
{
    // Those of a meal by their indexes, and one that it does not have.
    private static readonly string[] LineNames = ["hot", "buffet", "unknown"];

    private static readonly (string Id, int Hours)[] Zones =
        [("Europe/Kaliningrad", 2), ("Europe/Moscow", 3), ("Asia/Yekaterinburg", 5), ("Asia/Vladivostok", 10), ("Asia/Kamchatka", 12)];

    // Hours pass between steps, so that forty of them cross about ten midnights.
    private static readonly Gen<Clock> Clocks = Gen.Select(
        Gen.Frequency((3, Gen.Int[0, 30]), (2, Gen.Int[30, 900])),
        Gen.Frequency((2, Gen.Int[0, 720].Nullable()), (1, Gen.Int[-30, 1_000].Nullable())),
        (minutes, lateness) => new Clock(minutes, lateness));

    // As the naive account has them.
    private static readonly EntitlementList Rights = new(
        new Entitlement(
            ContraAccount.Budget(5), MealSet.Of(MealKind.Lunch), WeekdaySet.Of(IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday),
            new LocalDate(2026, 1, 1), new LocalDate(2026, 12, 31)),
        new Entitlement(ContraAccount.Budget(6), MealSet.Of(MealKind.Dinner), WeekdaySet.Of(Enum.GetValues<IsoDayOfWeek>().Skip(1)), new LocalDate(2026, 9, 3), new LocalDate(2026, 9, 4)));

    // Mostly the cashier asks for nothing.
    private static readonly Gen<Plea> Pleas = Gen.Frequency((3, Gen.Const(new Plea(false, ""))), (2, Gen.Select(Gen.Bool, AnyOf("", "given", "denied"), (isConfirmed, allowance) => new Plea(isConfirmed, allowance))));

    private static readonly Gen<Step> Steps = Gen.Frequency<Step>(
        (10, Gen.Select(Clocks, Gen.Int[0, 9_000], Gen.Frequency((2, Gen.Const(0)), (1, Gen.Int[1, 3_000])), Gen.Int[7, 8], Gen.OneOf(Gen.Const(0), Gen.Const(5_000), Gen.Const(12_000)), Pleas,
            (clock, hotMeal, buffet, seller, credit, plea) => (Step)new Sells(clock, hotMeal, buffet, seller, credit, plea))),
        (1, Gen.Select(Clocks, Gen.Enum<StopStrength>().Nullable(), Gen.Enum<StopStrength>().Nullable(), (clock, hotMeal, buffet) => (Step)new ChangesStops(clock, hotMeal, buffet))),
        (5, Gen.Select(Clocks, Gen.Int[0, 20], Gen.Frequency((5, Gen.Const(7)), (1, Gen.Const(8))), AnyOf<string[]>([], [], ["hot"], ["buffet"], ["hot", "buffet"], ["hot", "unknown"]),
            (clock, back, seller, lines) => (Step)new Reverses(clock, back, seller, lines))),
        (4, Gen.Select(Clocks, Gen.Frequency((6, Gen.Int[1, 30_000]), (1, Gen.Int[9_900_000, 10_000_000])), Gen.Bool, (clock, amount, isTransport) => (Step)new TopsUp(clock, amount, isTransport))),
        (4, Gen.Select(Clocks, Gen.Int[1, 9_000], (clock, fare) => (Step)new Rides(clock, fare))),
        (4, Gen.Select(Clocks, AnyOf(MealKind.Breakfast, MealKind.Lunch, MealKind.Lunch, MealKind.Dinner), Gen.Int[7, 8], Pleas, (clock, meal, seller, plea) => (Step)new Redeems(clock, meal, seller, plea))),
        (2, Gen.Select(Clocks, Gen.Frequency((4, Gen.Int[0, 25_000].Select(kopecks => (int?)kopecks)), (1, Gen.Const((int?)null))), AnyOf("", "HotMeal", "Buffet", "Rides"),
            (clock, limit, limited) => (Step)new ChangesLimit(clock, limit, limited))));

    [Fact]
    [Trait("Rule", "M1")]
    [Trait("Rule", "M2")]
    [Trait("Rule", "M3")]
    [Trait("Rule", "M4")]
    [Trait("Rule", "M5")]
    [Trait("Rule", "M8")]
    [Trait("Rule", "M9")]
    [Trait("Rule", "M10")]
    [Trait("Rule", "M14")]
    public void An_account_does_what_the_naive_one_does() =>
        Gen.Select(Gen.Int[0, Zones.Length - 1].Select(n => Zones[n]), Steps.Array[1, 40]).Sample((zone, steps) => Run(zone.Id, zone.Hours, steps), iter: 4_000);

    private static void Run(string zone, int hours, Step[] steps)
    {
        var account = Given.Account(zone: zone);
        var ledger = new Ledger(account with { Profile = account.Profile with { Entitlements = Rights } });
        var model = new NaiveAccount(hours);
        var now = Given.Morning;

        for (var i = 0; i < steps.Length; i++)
        {
            now += Duration.FromMinutes(steps[i].Clock.Minutes);
            Instant? at = steps[i].Clock.Lateness is { } minutes ? now - Duration.FromMinutes(minutes) : null;

            var (decision, expected) = Do(ledger, model, steps[i], i, at, now);

            decision.Refusal.ToString().ShouldBe(expected, $"step {i}");
            (decision.Entry is null).ShouldBe(decision.Refusal != AccountRefusal.None);
            Invariants.Check(ledger, model, decision.Entry, at, now);
        }
    }

    private static (AccountDecision Decision, string Expected) Do(Ledger ledger, NaiveAccount model, Step step, int i, Instant? at, Instant now)
    {
        var (atMilliseconds, nowMilliseconds) = (at?.ToUnixTimeMilliseconds(), now.ToUnixTimeMilliseconds());
        switch (step)
        {
            case Sells sells:
                var sale = Given.Meal(sells.HotMeal, sells.Buffet, at, i, ContraAccount.Operator(sells.Seller)) with { CreditFloor = new Money(-sells.Credit), IsConfirmed = sells.Plea.IsConfirmed };
                if (sells.Plea.Allowance != "") sale = sale with { Override = OverrideOf(sells.Plea) };
                return (
                    ledger.Do(sale, now),
                    model.Sell(sells.HotMeal + sells.Buffet, sells.Seller, atMilliseconds, nowMilliseconds, sells.Buffet, sells.Credit, sells.Plea.IsConfirmed, sells.Plea.Allowance));
            case Reverses reverses:
                var number = ledger.Entries.Count - reverses.Back;
                return (
                    ledger.Do(Given.Reversal(number, at, i, ContraAccount.Operator(reverses.Seller), LineSet.Of(reverses.Lines.Select(line => Array.IndexOf(LineNames, line)))), now),
                    model.Reverse(number, reverses.Seller, atMilliseconds, nowMilliseconds, reverses.Lines));
            case TopsUp topsUp:
                return (
                    ledger.Do(Given.TopUp(topsUp.Amount, topsUp.IsTransport ? Purse.Transport : Purse.Meal, at, i), now),
                    model.TopUp(topsUp.Amount, topsUp.IsTransport));
            case ChangesLimit change:
                var wanted = change.Limited == "Rides" ? Given.RideLimitChange(change.Limit, at, i) : Given.LimitChange(change.Limit, at, i, change.Limited == "" ? null : Enum.Parse<ProductCategory>(change.Limited));
                return (ledger.Do(wanted, now), model.SetLimit(change.Limit, change.Limited));
            case Redeems redeems:
                var redemption = Given.Redemption(9_000, redeems.Meal, at, i, ContraAccount.Operator(redeems.Seller)) with { Lines = Given.Meal(7_000, 2_000).Lines, IsConfirmed = redeems.Plea.IsConfirmed };
                if (redeems.Plea.Allowance != "") redemption = redemption with { Override = OverrideOf(redeems.Plea) };
                return (ledger.Do(redemption, now), model.Redeem($"{redeems.Meal}", redeems.Seller, atMilliseconds, nowMilliseconds, redeems.Plea.IsConfirmed, redeems.Plea.Allowance));
            case Rides rides:
                return (ledger.Do(Given.Ride(rides.Fare, at, i), now), model.Ride(rides.Fare, atMilliseconds, nowMilliseconds));
            case ChangesStops change:
                return (ledger.Do(Given.StopListChange(new StopList(hotMeal: change.HotMeal, buffet: change.Buffet), at, i), now), model.SetStops($"{change.HotMeal}", $"{change.Buffet}"));
            default:
                throw new InvalidOperationException($"No step is called {step}.");
        }
    }

    private static Gen<T> AnyOf<T>(params T[] all) => Gen.Int[0, all.Length - 1].Select(i => all[i]);

    private static OverrideRequest OverrideOf(Plea plea) => new(plea.Allowance == "given" ? AccountNumber.FromSerial(77) : null, "It is all there is");

    private sealed record Clock(int Minutes, int? Lateness);

    private abstract record Step(Clock Clock);

    private sealed record Sells(Clock Clock, int HotMeal, int Buffet, int Seller, int Credit, Plea Plea) : Step(Clock);

    private sealed record Plea(bool IsConfirmed, string Allowance);

    private sealed record ChangesStops(Clock Clock, StopStrength? HotMeal, StopStrength? Buffet) : Step(Clock);

    private sealed record Reverses(Clock Clock, int Back, int Seller, string[] Lines) : Step(Clock);

    private sealed record TopsUp(Clock Clock, int Amount, bool IsTransport) : Step(Clock);

    private sealed record Redeems(Clock Clock, MealKind Meal, int Seller, Plea Plea) : Step(Clock);

    private sealed record Rides(Clock Clock, int Fare) : Step(Clock);

    private sealed record ChangesLimit(Clock Clock, int? Limit, string Limited) : Step(Clock);
}
