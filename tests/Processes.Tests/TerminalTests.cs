using System.Text.Json;
using Xunit.Abstractions;
using Zvonok.Family.V1;
using Zvonok.Gate.V1;
using Zvonok.Office.V1;
using Zvonok.Registry.V1;
using Zvonok.Terminals;
using Zvonok.Till.V1;
using TopUpRequest = Zvonok.Family.V1.TopUpRequest;

namespace Zvonok.Processes.Tests;

/// <summary>Vendors' terminals and a silo that is killed in the middle of the morning.</summary>
[Collection(Verbs.Name)]
[Trait("Rule", "M10")]
[Trait("Rule", "O3")]
[Trait("Rule", "O6")]
public sealed class TerminalTests(PostgresFixture postgres, ITestOutputHelper output)
{
    private const int Validator = 900_001;
    private const long Fare = 3_000;
    private static readonly CityPlan Plan = new() { Pupils = 20, Schools = 1 };

    [Fact]
    public async Task While_the_silo_is_away_children_pass_eat_and_ride_and_afterwards_everything_is_in_the_books_once()
    {
        await using var scene = new Scene(output, postgres);
        await scene.Play(async () =>
        {
            var (city, settings) = (City.Create(Plan), await scene.NewSettings(Store.Sqlite));
            var (pupils, school) = (Enumerable.Range(0, Plan.Pupils).Select(city.PupilAt).ToList(), city.Schools[0]);
            var silo = await scene.Start(settings);
            await Scene.Register(silo, city);
            await Register(silo, school, Validator);
            await Provide(silo, pupils, scene.Seed);
            var keys = await DeviceKeys(settings, school);
            await using var gate = GateTerminal.Start(Options(scene, silo, keys, school, school.FirstGate.Value));
            await using var till = TillTerminal.Start(Options(scene, silo, keys, school, school.Till.Value));
            await using var validator = ValidatorTerminal.Start(Options(scene, silo, keys, school, Validator) with { OfflineFareMost = Fare });
            PurseTerminal[] purses = [till, validator];
            await Eventually.Holds(() => gate.Status is { IsConnected: true, ListVersion: > 0 } && purses.All(one => one.Status is { IsConnected: true, ListVersion: > 0 }), "terminals with their lists");

            await Morning(gate, till, validator, pupils, Direction.In, isAlone: false);
            await silo.Kill();
            await Morning(gate, till, validator, pupils, Direction.Out, isAlone: true);
            await Morning(gate, till, validator, pupils, Direction.In, isAlone: true);
            (gate.Status.Queued, till.Status.Queued, validator.Status.Queued).ShouldBe((2 * Plan.Pupils, 2 * Plan.Pupils, 2 * Plan.Pupils));

            silo = await scene.Start(settings);
            await Eventually.Holds(() => gate.Status is { IsConnected: true, Queued: 0 } && purses.All(one => one.Status is { IsConnected: true, Queued: 0 }), "an upload");
            (gate.NotTaken.Count, till.NotTaken.Count, validator.NotTaken.Count).ShouldBe((0, 0, 0));
            using var channel = Connection.Open(silo.Address);
            var families = new FamilyService.FamilyServiceClient(channel);
            foreach (var pupil in pupils)
            {
                var account = await families.GetAccountAsync(new GetAccountRequest { AccountNumber = pupil.Account.Value });
                // Paid in twice, three meals and three rides: one of each with the core, two without it.
                (account.MealBalanceKopecks, account.TransportBalanceKopecks, account.LastEntryNumber).ShouldBe((50_000 - 3 * 4_000, 50_000 - 3 * Fare, 8));
            }

            (await silo.Stop()).ShouldBe(0);
            await Scene.AuditIsClean(settings);
        });
    }

    private static async Task Morning(GateTerminal gate, TillTerminal till, ValidatorTerminal validator, List<Pupil> pupils, Direction direction, bool isAlone)
    {
        foreach (var pupil in pupils)
        {
            var passed = await gate.Tap(pupil.CardUid.Memory, direction);
            (passed.IsAdmitted, passed.IsAlone, passed.IsDurable).ShouldBe((true, isAlone, true), passed.ToString());
            var sold = await till.Sell(pupil.CardUid.Memory, [new SaleLine { ProductCode = "LUNCH", Category = ProductCategory.HotMeal, Quantity = 1, UnitPriceKopecks = 4_000 }]);
            (sold.IsGranted, sold.IsAlone).ShouldBe((true, isAlone), sold.ToString());
            var ridden = await validator.PayRide(pupil.CardUid.Memory, Fare);
            (ridden.IsGranted, ridden.IsAlone).ShouldBe((true, isAlone), ridden.ToString());
        }
    }

    // The bus of the school.
    private static async Task Register(SiloProcess silo, School school, int validator)
    {
        using var channel = Connection.Open(silo.Address);
        using var import = new RegistryService.RegistryServiceClient(channel).Import();
        await import.RequestStream.WriteAsync(new ImportRequest { Rows = { new Row { Device = new() { DeviceId = validator, Kind = DeviceKind.Validator, BuildingId = school.Building.Value, OperatorId = 12 } } } });
        await import.RequestStream.CompleteAsync();
        (await import).BadCount.ShouldBe(0);
    }

    private static async Task Provide(SiloProcess silo, List<Pupil> pupils, int seed)
    {
        using var channel = Connection.Open(silo.Address);
        await new OfficeService.OfficeServiceClient(channel).SetOfflinePolicyAsync(new SetOfflinePolicyRequest { AllowanceKopecks = 20_000 });
        var (families, ids) = (new FamilyService.FamilyServiceClient(channel), new OperationIds(SystemClock.Instance, seed));
        foreach (var pupil in pupils)
        {
            foreach (var purse in (Purse[])[Purse.Meal, Purse.Transport])
            {
                (await families.TopUpAsync(new TopUpRequest
                {
                    OperationId = ids.Next(), AccountNumber = pupil.Account.Value, Purse = purse, AmountKopecks = 50_000, ProviderId = 3, BankReference = $"{purse}{pupil.Index}",
                })).Granted.ShouldNotBeNull();
            }
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
