using System.Text.Json;
using Xunit.Abstractions;
using Zvonok.Family.V1;
using Zvonok.Gate.V1;
using Zvonok.Office.V1;
using Zvonok.Terminals;
using Zvonok.Till.V1;
using TopUpRequest = Zvonok.Family.V1.TopUpRequest;

namespace Zvonok.Processes.Tests;

/// <summary>Vendors' terminals and a silo that is killed in the middle of the morning.</summary>
[Collection(Verbs.Name)]
[Trait("Rule", "O3")]
[Trait("Rule", "O6")]
public sealed class TerminalTests(PostgresFixture postgres, ITestOutputHelper output)
{
    private static readonly CityPlan Plan = new() { Pupils = 20, Schools = 1 };

    [Fact]
    public async Task While_the_silo_is_away_children_pass_and_eat_and_afterwards_everything_is_in_the_books_once()
    {
        await using var scene = new Scene(output, postgres);
        await scene.Play(async () =>
        {
            var (city, settings) = (City.Create(Plan), await scene.NewSettings(Store.Sqlite));
            var (pupils, school) = (Enumerable.Range(0, Plan.Pupils).Select(city.PupilAt).ToList(), city.Schools[0]);
            var silo = await scene.Start(settings);
            await Scene.Register(silo, city);
            await Provide(silo, pupils, scene.Seed);
            var keys = await DeviceKeys(settings, school);
            await using var gate = GateTerminal.Start(Options(scene, silo, keys, school, school.FirstGate.Value));
            await using var till = TillTerminal.Start(Options(scene, silo, keys, school, school.Till.Value));
            await Eventually.Is(() => gate.Status is { IsConnected: true, ListVersion: > 0 } && till.Status is { IsConnected: true, ListVersion: > 0 }, "terminals with their lists");

            await Morning(gate, till, pupils, Direction.In, isAlone: false);
            await silo.Kill();
            await Morning(gate, till, pupils, Direction.Out, isAlone: true);
            await Morning(gate, till, pupils, Direction.In, isAlone: true);
            (gate.Status.Queued, till.Status.Queued).ShouldBe((2 * Plan.Pupils, 2 * Plan.Pupils));

            silo = await scene.Start(settings);
            await Eventually.Is(() => gate.Status is { IsConnected: true, Queued: 0 } && till.Status is { IsConnected: true, Queued: 0 }, "an upload");
            (gate.NotTaken.Count, till.NotTaken.Count).ShouldBe((0, 0));
            using var channel = Connection.Open(silo.Address);
            var families = new FamilyService.FamilyServiceClient(channel);
            foreach (var pupil in pupils)
            {
                var account = await families.GetAccountAsync(new GetAccountRequest { AccountNumber = pupil.Account.Value });
                // Paid in, and three meals: one with the core, two without it.
                (account.MealBalanceKopecks, account.LastEntryNumber).ShouldBe((50_000 - 3 * 4_000, 4));
            }

            (await silo.Stop()).ShouldBe(0);
            await Scene.AuditIsClean(settings);
        });
    }

    private static async Task Morning(GateTerminal gate, TillTerminal till, List<Pupil> pupils, Direction direction, bool isAlone)
    {
        foreach (var pupil in pupils)
        {
            var passed = await gate.Tap(pupil.CardUid.Memory, direction);
            (passed.IsAdmitted, passed.IsAlone, passed.IsDurable).ShouldBe((true, isAlone, true), passed.ToString());
            var sold = await till.Sell(pupil.CardUid.Memory, [new SaleLine { ProductCode = "LUNCH", Category = ProductCategory.HotMeal, Quantity = 1, UnitPriceKopecks = 4_000 }]);
            (sold.IsGranted, sold.IsAlone).ShouldBe((true, isAlone), sold.ToString());
        }
    }

    private static async Task Provide(SiloProcess silo, List<Pupil> pupils, int seed)
    {
        using var channel = Connection.Open(silo.Address);
        await new OfficeService.OfficeServiceClient(channel).SetOfflinePolicyAsync(new SetOfflinePolicyRequest { AllowanceKopecks = 20_000 });
        var (families, ids) = (new FamilyService.FamilyServiceClient(channel), new OperationIds(SystemClock.Instance, seed));
        foreach (var pupil in pupils)
        {
            (await families.TopUpAsync(new TopUpRequest
            {
                OperationId = ids.Next(), AccountNumber = pupil.Account.Value, Purse = Purse.Meal, AmountKopecks = 50_000, ProviderId = 3, BankReference = $"T{pupil.Index}",
            })).Granted.ShouldNotBeNull();
        }
    }

    private static async Task<JsonElement> DeviceKeys(SiloSettings settings, School school)
    {
        var printed = await SiloProcess.RunVerb(settings, ["device-keys", "--building", school.Building.ToString()]);
        printed.ExitCode.ShouldBe(0, printed.Output);
        using var json = JsonDocument.Parse(printed.Output);
        return json.RootElement.Clone();
    }

    private static TerminalOptions Options(Scene scene, SiloProcess silo, JsonElement keys, School school, int device) => new()
    {
        Addresses = [silo.Address],
        DataFile = Path.Combine(scene.NewDirectory($"device-{device}"), "terminal.db"),
        Devices = [device],
        Building = school.Building.Value,
        Operator = school.OperatorId,
        ListKeyId = keys.GetProperty("list_key_id").GetUInt32(),
        ListKey = Convert.FromHexString(keys.GetProperty("list_key").GetString()!),
        SigningKeys = [keys.GetProperty("signing_public_key").GetBytesFromBase64()],
        ReconnectAtMostEvery = TimeSpan.FromSeconds(1),
        // A machine that is busy with other tests is no core that is away.
        AnswerWithin = TimeSpan.FromSeconds(20),
    };
}
