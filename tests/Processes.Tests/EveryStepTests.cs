using Xunit.Abstractions;
using Zvonok.Domain.Accounts;
using Zvonok.Family.V1;
using Zvonok.Office.V1;
using Purse = Zvonok.Family.V1.Purse;

namespace Zvonok.Processes.Tests;

/// <summary>What takes several steps is killed (SIGKILL) before and after each of them in turn, and happens once all the same.</summary>
[Collection(Verbs.Name)]
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

                // Nobody repeats it: it was not begun, or is finished by itself.
                await Eventually.Is(async () => (await walk.Office.ListOpenTransfersAsync(new ListOpenTransfersRequest())).TotalCount == 0, "a transfer that is finished by itself", PollInterval);
                (await Holds(walk, child) + await Holds(walk, sister)).ShouldBe(childHas + sisterHas, $"step {step}");
                // Now somebody does.
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

    private static async Task TopUp(Walk walk, OperationIds ids, AccountNumber account, long kopecks) => (await walk.Families.TopUpAsync(new TopUpRequest
    {
        OperationId = ids.Next(), AccountNumber = account.Value, Purse = Purse.Meal, AmountKopecks = kopecks, ProviderId = 3, BankReference = $"W{account}",
    })).Granted.ShouldNotBeNull();

    private static async Task<long> Holds(Walk walk, AccountNumber account) => (await walk.Families.GetAccountAsync(new GetAccountRequest { AccountNumber = account.Value })).MealBalanceKopecks;
}
