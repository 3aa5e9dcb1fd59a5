using Xunit.Abstractions;
using Zvonok.Api.Registry;
using Zvonok.Gate.V1;
using Zvonok.Registry.V1;
using Zvonok.Simulation.Receivers;

namespace Zvonok.Processes.Tests;

/// <summary>No fact untold: silos and the receiver die at random under load, and everybody is told exactly what they subscribed to, at least once (A6).</summary>
[Collection(WithPostgres.Name)]
[Trait("soak", "untold")]
[Trait("Rule", "A6")]
public sealed class UntoldTests(PostgresFixture postgres, ITestOutputHelper output)
{
    private const int Connections = 4;
    private const int Clients = 12;
    private const long LowBalance = 100_00;
    private static readonly CityPlan Plan = new() { Pupils = 60, Schools = 3 };
    private static readonly byte[] Secret = [.. Enumerable.Range(0, 32).Select(n => (byte)n)];

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task Every_subscribed_fact_is_delivered_whoever_dies_meanwhile(Store store)
    {
        await using var scene = new Scene(output, postgres);
        await using var receiver = await WebhookReceiver.Start(Secret);
        await scene.Play(async () =>
        {
            var city = City.Create(Plan);
            var settings = await scene.NewSettings(store) with { Environment = Settings };
            var silos = await Start(scene, settings);
            await Scene.Register(silos[0], city);
            await Subscribe(silos[0], new Guardians(city, receiver.Address, hasMail: false));
            var notebook = new Notebook();
            var lines = silos.SelectMany(silo => scene.Connect(silo, Connections)).ToList();
            var crowd = new Crowd(notebook, new Mix(city, new OperationIds(SystemClock.Instance, scene.Seed)), lines, Clients, scene.Seed);

            await Harass(scene, silos, receiver, notebook);
            await crowd.Stop();
            await notebook.RepeatUnanswered(lines);

            var due = Due(city, receiver.Address, await JournalRows.Read(settings));
            await Eventually.Is(() => Arrived(receiver).Count >= due.Count, $"{due.Count} notices");
            scene.Say($"{store}: {due.Count} notices due, {receiver.Count} arrived; {notebook.Summary()}");
            due.Except(Arrived(receiver)).ShouldBeEmpty("a fact is untold");
            Arrived(receiver).Except(due).ShouldBeEmpty("somebody was told what nobody subscribed to, or what never happened");
            receiver.Forged.ShouldBe(0);
            foreach (var silo in silos) (await silo.Stop()).ShouldBe(0);
            await Scene.AuditIsClean(settings);
        });
    }

    private static Dictionary<string, string> Settings => new()
    {
        ["Zvonok__Notices__Webhook__Hosts__0"] = "127.0.0.1",
        ["Zvonok__Notices__Webhook__AllowHttp"] = "true",
        ["Zvonok__Notices__Webhook__KeyId"] = "k1",
        ["Zvonok__Notices__Webhook__Keys__k1"] = Convert.ToHexString(Secret),
        ["Zvonok__Notices__RetryFirstMilliseconds"] = "100",
        ["Zvonok__Notices__RetryLongestSeconds"] = "1",
        ["Zvonok__Notices__TriesMax"] = "100",
        ["Zvonok__Notices__Receivers__BreakMilliseconds"] = "500",
    };

    private static async Task Subscribe(SiloProcess silo, Guardians guardians)
    {
        using var channel = Connection.Open(silo.Address);
        var answer = await ImportCall.Send(new RegistryService.RegistryServiceClient(channel), guardians.Messages());
        answer.AddedCount.ShouldBe(guardians.Count);
    }

    // On PostgreSQL two of them share the work, or fight over it.
    private static async Task<SiloProcess[]> Start(Scene scene, SiloSettings settings)
    {
        var first = await scene.Start(settings);
        if (settings.ConnectionString is null) return [first];
        return [first, await scene.Start(settings.Another())];
    }

    // Each round a silo is killed or the receiver is, at a moment that the seed has drawn.
    private static async Task Harass(Scene scene, SiloProcess[] silos, WebhookReceiver receiver, Notebook notebook)
    {
        var random = new Random(scene.Seed);
        for (var round = 0; round < Knobs.Kills; round++)
        {
            await Answers(random.Next(1, 500));
            if (round % 2 == 0)
            {
                var victim = random.Next(silos.Length);
                await silos[victim].Kill();
                silos[victim] = await scene.Start(silos[victim].Settings);
            }
            else
            {
                await receiver.Stop();
                await Answers(random.Next(100, 500));
                await receiver.Start();
            }
        }

        await Answers(200);

        async Task Answers(int count)
        {
            var moment = notebook.AnsweredCount + count;
            await Eventually.Is(() => notebook.AnsweredCount >= moment, $"answer {moment}");
        }
    }

    private static HashSet<string> Arrived(WebhookReceiver receiver) => [.. receiver.Arrivals.Select(arrival => arrival.Key)];

    // What the rules ask for (A5), said once more from the rows of the journal.
    private static HashSet<string> Due(City city, Uri app, List<JournalRow> rows)
    {
        var pupils = Enumerable.Range(0, city.Plan.Pupils).ToDictionary(index => city.PupilAt(index).Account.Value);
        var due = new HashSet<string>();
        foreach (var row in rows)
        {
            foreach (var (account, fact) in FactsOf(row))
            {
                if (!pupils.TryGetValue(account, out var pupil) || !Guardians.IsToldOf(pupil)) continue;
                due.Add($"{fact}/{ReceiverOf(pupil, app.ToString())}");
                if (Guardians.IsToldTwice(pupil)) due.Add($"{fact}/{ReceiverOf(pupil, $"{app}?second")}");
            }
        }

        return due;
    }

    private static IEnumerable<(long Account, string Fact)> FactsOf(JournalRow row)
    {
        switch (row)
        {
            case EntryRow { Kind: EntryRow.Sale } sale:
                yield return (sale.Account, $"account/{sale.Account}/{sale.Seq}/bought");
                if (sale.MealAfter < LowBalance && sale.MealAfter - sale.Amount >= LowBalance) yield return (sale.Account, $"account/{sale.Account}/{sale.Seq}/low_balance");
                break;
            case EntryRow { Kind: EntryRow.TopUp } topUp:
                yield return (topUp.Account, $"account/{topUp.Account}/{topUp.Seq}/topped_up");
                break;
            case PassageRow { Kind: PassageRow.Tap, Outcome: not Outcome.Refused, Account: not 0 } passage:
                yield return (passage.Account, $"building/{passage.Building}/{passage.Seq}/{(passage.Direction == Direction.In ? "came" : "left")}");
                break;
        }
    }

    private static Domain.Notices.ReceiverId ReceiverOf(int pupil, string address) =>
        Domain.Notices.ReceiverId.Of($"guardian-{pupil}", new Domain.Notices.Channel(Domain.Notices.ChannelKind.Webhook, address));
}
