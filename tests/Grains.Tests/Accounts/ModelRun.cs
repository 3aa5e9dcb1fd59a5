using Zvonok.Domain.Tests.Accounts;
using Zvonok.Grains.Tests.Clusters;

namespace Zvonok.Grains.Tests.Accounts;

/// <summary>
/// Days in the life of a real account on a real journal, against the naive one: with repeats, deactivations, answers lost
/// on their way and midnights in between.
/// </summary>
[Collection(nameof(OneSilo))]
public sealed class ModelRun(OneSilo silo)
{
    private static readonly (string Id, int Hours)[] Zones = [("Europe/Kaliningrad", 2), ("Europe/Moscow", 3), ("Asia/Kamchatka", 12)];

    private static readonly Gen<Step> Steps = Gen.Frequency<Step>(
        (10, Gen.Select(Gen.Int[1, 9_000], Gen.Int[0, 1_000].Nullable(), (total, lateness) => (Step)new Sells(total, lateness))),
        (4, Gen.Select(Gen.Int[0, 8], Gen.Frequency((5, Gen.Const(7)), (1, Gen.Const(8))), (back, seller) => (Step)new Reverses(back, seller))),
        (4, Gen.Select(Gen.Int[1, 30_000], Gen.Bool, (amount, isTransport) => (Step)new TopsUp(amount, isTransport))),
        (2, Gen.Int[0, 25_000].Nullable().Select(limit => (Step)new ChangesLimit(limit))),
        (4, Gen.Int[0, 20].Select(back => (Step)new Repeats(back))),
        (2, Gen.Const((Step)new Deactivates())),
        (1, Gen.Const((Step)new LosesAnswer())),
        (3, Gen.Int[1, 900].Select(minutes => (Step)new Waits(minutes))));

    [Fact]
    [Trait("Rule", "M1")]
    [Trait("Rule", "M2")]
    [Trait("Rule", "M8")]
    [Trait("Rule", "M9")]
    [Trait("Rule", "M14")]
    public async Task An_account_grain_does_what_the_naive_account_does()
    {
        await Gen.Select(Gen.Int[0, Zones.Length - 1].Select(n => Zones[n]), Steps.Array[10, 50])
            .SampleAsync((zone, steps) => new Run(silo.Cluster, zone.Hours).Play(silo, zone.Id, steps), iter: 60, threads: 1);
        await silo.Cluster.Audit();
    }

    private sealed class Run(TestCluster cluster, int hours)
    {
        private readonly NaiveAccount _model = new(hours);
        private readonly List<(Func<Task<AccountAnswer>> Again, AccountAnswer First)> _granted = [];
        private AccountNumber _number;
        private IAccountGrain _account = null!;

        public async Task Play(OneSilo silo, string zone, Step[] steps)
        {
            _number = await silo.NewAccount(zone: zone);
            _account = cluster.Account(_number);
            foreach (var step in steps) await Do(step);

            var view = (await _account.Get()).ShouldNotBeNull();
            view.Meal.Kopecks.ShouldBe(_model.Meal);
            view.Transport.Kopecks.ShouldBe(_model.Transport);
            view.Seq.ShouldBe(_model.Count);
            view.SpentToday.Kopecks.ShouldBe(_model.SpentOn(_model.DayOf(null, Now)));
            (await cluster.Ledger(_number)).Select(entry => entry.Seq).ShouldBe(Enumerable.Range(1, _model.Count).Select(seq => (long)seq));
        }

        private long Now => cluster.Clock.GetCurrentInstant().ToUnixTimeMilliseconds();

        private async Task Do(Step step)
        {
            var operation = cluster.NextId();
            switch (step)
            {
                case Sells sells:
                    Instant? at = sells.Lateness is { } minutes ? cluster.Clock.GetCurrentInstant() - Duration.FromMinutes(minutes) : null;
                    await Expect(() => _account.Sell(Given.Sale(operation, sells.Total, at), CardRefusal.None).AsTask(), _model.Sell(sells.Total, 7, at?.ToUnixTimeMilliseconds(), Now));
                    break;
                case Reverses reverses:
                    var number = _model.Count - reverses.Back;
                    await Expect(
                        () => _account.Reverse(Given.Reversal(operation, number, seller: ContraAccount.Operator(reverses.Seller))).AsTask(),
                        _model.Reverse(number, reverses.Seller, null, Now));
                    break;
                case TopsUp topsUp:
                    var purse = topsUp.IsTransport ? Purse.Transport : Purse.Meal;
                    await Expect(() => _account.TopUp(Given.TopUp(operation, topsUp.Amount, $"M{_number}-{operation.Low}", purse)).AsTask(), _model.TopUp(topsUp.Amount, topsUp.IsTransport));
                    break;
                case ChangesLimit change:
                    await Expect(() => _account.Change(Given.LimitChange(operation, change.Limit)).AsTask(), _model.SetLimit(change.Limit));
                    break;
                case Repeats repeats when _granted.Count > 0:
                    var (again, first) = _granted[Math.Max(0, _granted.Count - 1 - repeats.Back)];
                    (await again()).ShouldBe(first);
                    break;
                case Deactivates:
                    await cluster.Deactivate(_account);
                    break;
                case LosesAnswer:
                    cluster.Script.LoseNextAnswer();
                    Task<AccountAnswer> Lost() => _account.Change(Given.LimitChange(operation, 7_000)).AsTask();
                    await Should.ThrowAsync<JournalUnavailableException>(Lost);
                    await Expect(Lost, _model.SetLimit(7_000));
                    break;
                case Waits waits:
                    cluster.Clock.Advance(Duration.FromMinutes(waits.Minutes));
                    break;
            }
        }

        private async Task Expect(Func<Task<AccountAnswer>> command, string expected)
        {
            var answer = await command();
            answer.Refusal.ToString().ShouldBe(expected);
            if (answer.Refusal != AccountRefusal.None) return;
            answer.Seq.ShouldBe(_model.Count);
            answer.Meal.Kopecks.ShouldBe(_model.Meal);
            answer.Transport.Kopecks.ShouldBe(_model.Transport);
            _granted.Add((command, answer));
        }
    }

    private abstract record Step;

    private sealed record Sells(int Total, int? Lateness) : Step;

    private sealed record Reverses(int Back, int Seller) : Step;

    private sealed record TopsUp(int Amount, bool IsTransport) : Step;

    private sealed record ChangesLimit(int? Limit) : Step;

    private sealed record Repeats(int Back) : Step;

    private sealed record Deactivates : Step;

    private sealed record LosesAnswer : Step;

    private sealed record Waits(int Minutes) : Step;
}
