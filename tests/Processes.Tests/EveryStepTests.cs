using Xunit.Abstractions;
using Zvonok.Domain.Accounts;
using Zvonok.Family.V1;
using Zvonok.Office.V1;
using MealOrder = Zvonok.Family.V1.MealOrder;
using MealKind = Zvonok.Till.V1.MealKind;
using MenuItem = Zvonok.Family.V1.MenuItem;
using OpenOrder = Zvonok.Family.V1.OpenOrder;
using ProductCategory = Zvonok.Till.V1.ProductCategory;
using Purse = Zvonok.Family.V1.Purse;
using RefusalReason = Zvonok.Family.V1.RefusalReason;

namespace Zvonok.Processes.Tests;

/// <summary>What takes several steps is killed (SIGKILL) before and after each of them in turn, and happens once all the same.</summary>
[Collection(Verbs.Name)]
[Trait("pace", "unhurried")]
public sealed class EveryStepTests(PostgresFixture postgres, ITestOutputHelper output)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    [Theory]
    [InlineData(Store.Sqlite, false, 6)]
    [InlineData(Store.Postgres, true, 6)]
    [Trait("Rule", "M11")]
    public async Task A_transfer_happens_once_or_comes_back_wherever_its_silo_dies(Store store, bool isDeclined, int steps)
    {
        await using var scene = new Scene(output, postgres);
        await scene.Play(async () =>
        {
            var city = City.Create(new CityPlan { Pupils = 2, Schools = 1 });
            var ids = new OperationIds(SystemClock.Instance, scene.Seed);
            var (child, sister) = (city.PupilAt(0).Account, city.PupilAt(1).Account);
            var walk = await Walk.Begin(scene, store);
            await Scene.Register(walk.Silo, city);
            await TopUp(walk, ids, child, 100_000);
            await TopUp(walk, ids, sister, isDeclined ? Limits.BalanceMax : 1_000);
            var (childHas, sisterHas) = (100_000L, isDeclined ? Limits.BalanceMax : 1_000);

            for (var step = 1; ; step++)
            {
                var request = new TransferRequest { OperationId = ids.Next(), AccountNumber = child.Value, Purse = Purse.Meal, ToAccountNumber = sister.Value, ToPurse = Purse.Meal, AmountKopecks = 1_000 };
                if (!isDeclined) (childHas, sisterHas) = (childHas - 1_000, sisterHas + 1_000);
                var isDead = await walk.DiesAt(step, async () => await walk.Families.TransferAsync(request));

                // Every second time nobody repeats it: it was not begun, or is finished by itself.
                if (step % 2 == 0)
                {
                    await Eventually.Holds(async () => (await walk.Office.ListOpenTransfersAsync(new ListOpenTransfersRequest())).TotalCount == 0, "a transfer that is finished by itself", PollInterval);
                    (await Holds(walk, child) + await Holds(walk, sister)).ShouldBe(childHas + sisterHas, $"step {step}");
                }

                // And every time somebody does.
                var answer = await walk.Families.TransferAsync(request);
                (answer.OutcomeCase, answer.Refused?.Reason ?? default).ShouldBe(isDeclined ? (TransferResponse.OutcomeOneofCase.Refused, RefusalReason.TransferDeclined) : (TransferResponse.OutcomeOneofCase.Granted, default));
                (await Holds(walk, child), await Holds(walk, sister)).ShouldBe((childHas, sisterHas), $"step {step}");
                if (isDead) continue;
                step.ShouldBe(steps + 1, "A walk through all steps ends with the first that is not there.");
                break;
            }

            await Scene.AuditIsClean(walk.Settings);
        });
    }

    [Fact]
    [Trait("Rule", "M6")]
    public async Task A_weeks_order_is_placed_whole_or_not_at_all_wherever_its_silo_dies()
    {
        await using var scene = new Scene(output, postgres);
        await scene.Play(async () =>
        {
            var city = City.Create(new CityPlan { Pupils = 1, Schools = 1 });
            var ids = new OperationIds(SystemClock.Instance, scene.Seed);
            var pupil = city.PupilAt(0);
            var walk = await Walk.Begin(scene, Store.Sqlite);
            await Scene.Register(walk.Silo, city);
            await TopUp(walk, ids, pupil.Account, 100_000);

            for (var (step, week) = (1, 1); ; step++, week++)
            {
                var request = await Meals(walk, ids, pupil, first: 7 * week, days: 5);
                var isDead = await walk.DiesAt(step, async () => await walk.Families.OrderMealsAsync(request));

                var open = (await Orders(walk, pupil)).Count;
                open.ShouldBeOneOf(5 * (week - 1), 5 * week);
                (await Holds(walk, pupil.Account)).ShouldBe(100_000 - 1_000 * open);
                (await walk.Families.OrderMealsAsync(request)).Granted.EntryNumbers.Count.ShouldBe(5);
                (await Orders(walk, pupil)).Count.ShouldBe(5 * week);
                (await Holds(walk, pupil.Account)).ShouldBe(100_000 - 5_000 * week);
                if (isDead) continue;
                step.ShouldBe(3, "before it is written, after it is written");
                break;
            }

            await Scene.AuditIsClean(walk.Settings);
        });
    }

    [Fact]
    [Trait("Rule", "M6")]
    public async Task A_day_is_closed_and_what_nobody_fetched_ends_once_wherever_its_silo_dies()
    {
        await using var scene = new Scene(output, postgres);
        await scene.Play(async () =>
        {
            var city = City.Create(new CityPlan { Pupils = 1, Schools = 1 });
            var ids = new OperationIds(SystemClock.Instance, scene.Seed);
            var pupil = city.PupilAt(0);
            var walk = await Walk.Begin(scene, Store.Sqlite);
            await Scene.Register(walk.Silo, city);
            await TopUp(walk, ids, pupil.Account, 100_000);
            var (days, refunded) = (0, 100_000L);

            for (var step = 1; ; step++)
            {
                // Two meals for tomorrow: one is refunded, one is kept. Three days later their day is over.
                (await walk.Families.OrderMealsAsync(await Meals(walk, ids, pupil, days + 1, days: 1))).Granted.ShouldNotBeNull();
                (await walk.Families.OrderMealsAsync(await Meals(walk, ids, pupil, days + 1, days: 1, MealKind.Dinner, UnredeemedPolicy.Keep))).Granted.ShouldNotBeNull();
                refunded -= 1_000;
                days += 3;
                var isDead = await walk.DiesAfterRestart(days, step);

                await Eventually.Holds(async () => (await Orders(walk, pupil)).Count == 0, "a day that is closed", PollInterval);
                (await Holds(walk, pupil.Account)).ShouldBe(refunded, $"step {step}");
                if (isDead) continue;
                // Each meal's end, and that the day is closed, have a moment before and one after.
                step.ShouldBeGreaterThan(6);
                break;
            }

            await Scene.AuditIsClean(walk.Settings);
        });
    }

    // From a menu of its own, at 10 roubles a meal.
    private static async Task<OrderMealsRequest> Meals(Walk walk, OperationIds ids, Pupil pupil, int first, int days, MealKind meal = MealKind.Lunch, UnredeemedPolicy unredeemed = UnredeemedPolicy.Refund)
    {
        var request = new OrderMealsRequest { OperationId = ids.Next(), AccountNumber = pupil.Account.Value, BuildingId = pupil.School.Building.Value };
        var today = SystemClock.Instance.GetCurrentInstant().InUtc().Date;
        for (var day = today.PlusDays(first); day < today.PlusDays(first + days); day = day.PlusDays(1))
        {
            var date = new Google.Type.Date { Year = day.Year, Month = day.Month, Day = day.Day };
            await walk.Office.SetMenuAsync(new SetMenuRequest
            {
                BuildingId = request.BuildingId,
                Date = date,
                OperatorId = (int)meal,
                Items = { new MenuItem { MealKind = meal, ProductCode = "MEAL", Name = "Meal", Category = ProductCategory.HotMeal, PriceKopecks = 1_000 } },
                OrderUntil = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(day.AtMidnight().InUtc().ToDateTimeOffset()),
                Unredeemed = unredeemed,
            });
            request.Orders.Add(new MealOrder { Date = date, MealKind = meal, OperatorId = (int)meal, Items = { new OrderItem { ProductCode = "MEAL", Quantity = 1 } } });
        }

        return request;
    }

    private static async Task<IReadOnlyList<OpenOrder>> Orders(Walk walk, Pupil pupil) => (await walk.Families.ListOrdersAsync(new ListOrdersRequest { AccountNumber = pupil.Account.Value })).Orders;

    private static async Task TopUp(Walk walk, OperationIds ids, AccountNumber account, long kopecks) => (await walk.Families.TopUpAsync(new TopUpRequest
    {
        OperationId = ids.Next(), AccountNumber = account.Value, Purse = Purse.Meal, AmountKopecks = kopecks, ProviderId = 3, BankReference = $"W{account}",
    })).Granted.ShouldNotBeNull();

    private static async Task<long> Holds(Walk walk, AccountNumber account) => (await walk.Families.GetAccountAsync(new GetAccountRequest { AccountNumber = account.Value })).MealBalanceKopecks;
}
