using Zvonok.Grains.Policies;
using Zvonok.Grains.Tests.Clusters;

namespace Zvonok.Grains.Tests.Cards;

/// <summary>Cards that live on one silo and are replaced by way of another, which may die.</summary>
[Trait("Rule", "C4")]
public sealed class ReplacementTests() : WithCluster(silos: 2, chores: true)
{
    private static readonly (BuildingId School, AccountNumber Child, AccountNumber Employee) Who = (new BuildingId(1501), Given.Number(1), Given.Number(2));

    private CardCase _card = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Cluster.Register(Given.BuildingRow(Who.School), Given.AccountRow(Who.Child));
        await Cluster.Account(Who.Child).TopUp(Given.TopUp(Cluster.NextId(), 50_000, "FIRST"));
        await Cluster.Part<IFeePolicies>().Set(new FeePolicy(null, FeeKind.CardReplacement, new Money(20_000)));
        _card = await CardCase.Create(Cluster, Given.Token(1), Who.Child, Who.School, Who.Employee);
    }

    [Fact]
    public async Task The_old_card_is_refused_at_once_where_it_is_in_memory_and_the_new_one_admitted_where_it_was_nobodys()
    {
        var spare = Given.Token(2);
        await Cluster.Register(Given.CardRow(spare, Given.Number(1), Who.School, CardState.Returned));
        (await TapFrom(silo: 1, _card.Token)).Outcome.ShouldBe(PassageOutcome.Admitted);
        (await TapFrom(silo: 1, spare)).Refusal.ShouldBe(TapRefusal.CardNotActive);

        (await Cluster.Part<CardReplacer>(silo: 0).Replace(_card.Replace(spare))).Card.Refusal.ShouldBe(CardCommandRefusal.None);

        foreach (var silo in new[] { 1, 0 })
        {
            (await TapFrom(silo, _card.Token)).Refusal.ShouldBe(TapRefusal.CardLost);
            (await TapFrom(silo, spare)).Outcome.ShouldNotBe(PassageOutcome.Refused);
        }
    }

    [Fact]
    [Trait("Rule", "M13")]
    public async Task What_a_dead_silo_left_half_done_is_finished()
    {
        var spare = Given.Token(2);
        await Cluster.Register(Given.CardRow(spare, Given.Number(1), Who.School, CardState.Returned));
        (await TapFrom(silo: 1, spare)).Refusal.ShouldBe(TapRefusal.CardNotActive);
        var replace = _card.Replace(spare);

        // Written, and then nobody told the new card, nor took the fee.
        (await _card.Do(replace)).Refusal.ShouldBe(CardCommandRefusal.None);
        (await TapFrom(silo: 1, spare)).Refusal.ShouldBe(TapRefusal.CardNotActive);
        Cluster.Clock.Advance(Duration.FromMinutes(1));
        await Cluster.Rounds.OneMore<ReplacementChore>();

        (await TapFrom(silo: 1, spare)).Outcome.ShouldBe(PassageOutcome.Admitted);
        (await Cluster.Account(Who.Child).Get())!.Meal.ShouldBe(new Money(30_000));
        (await Cluster.Part<ICardLog>().ListReplacements(1)).Count.ShouldBe(0);
        (await Cluster.Part<CardReplacer>().Replace(replace)).Fee.ShouldNotBeNull().Meal.ShouldBe(new Money(30_000));
        (await Cluster.Ledger(Who.Child)).Count.ShouldBe(2);
        await Cluster.Audit();
    }

    [Fact]
    [Trait("Rule", "M13")]
    public async Task A_fee_that_the_purse_could_not_pay_any_more_is_taken_when_it_can()
    {
        (await _card.Do(_card.Replace(Given.Token(2)))).Fee.ShouldBe(new Money(20_000));
        (await Cluster.Account(Who.Child).Sell(Given.Sale(Cluster.NextId(), 40_000), CardRefusal.None)).Refusal.ShouldBe(AccountRefusal.None);
        Cluster.Clock.Advance(Duration.FromMinutes(1));
        await Cluster.Rounds.OneMore<ReplacementChore>();
        (await Cluster.Part<ICardLog>().ListReplacements(1)).Count.ShouldBe(1);

        await Cluster.Account(Who.Child).TopUp(Given.TopUp(Cluster.NextId(), 15_000, "SECOND"));
        Cluster.Clock.Advance(Duration.FromMinutes(2));
        await Cluster.Rounds.OneMore<ReplacementChore>();

        (await Cluster.Account(Who.Child).Get())!.Meal.ShouldBe(new Money(5_000));
        (await Cluster.Part<ICardLog>().ListReplacements(1)).Count.ShouldBe(0);
        await Cluster.Audit();
    }

    [Fact]
    public async Task A_replacement_that_a_client_repeats_at_another_silo_after_the_first_one_died_is_the_same()
    {
        var replace = _card.Replace(Given.Token(2));
        var first = await Cluster.Part<CardReplacer>(silo: 1).Replace(replace);

        await Cluster.Kill(1);

        (await Tasks.UntilAnswered(() => Cluster.Part<CardReplacer>(silo: 0).Replace(replace))).ShouldBe(first);
        (await Tasks.UntilAnswered(() => TapFrom(silo: 0, _card.Token))).Refusal.ShouldBe(TapRefusal.CardLost);
        (await Cluster.Ledger(Who.Child)).Count.ShouldBe(2);
    }

    [Fact]
    [Trait("Rule", "C8")]
    public async Task A_card_that_lives_on_one_silo_is_noticed_at_two_buildings_whichever_silo_their_gates_call()
    {
        var elsewhere = new BuildingId(1502);
        await Cluster.Register(Given.BuildingRow(elsewhere));

        await TapFrom(silo: 0, _card.Token);
        await TapFrom(silo: 1, _card.Token, elsewhere);

        await Tasks.Until(async () => (await _card.Read())!.IsCloned);
    }

    private Task<BuildingAnswer> TapFrom(int silo, CardToken token, BuildingId? at = null) =>
        Cluster.Part<CardRouter>(silo).Tap(Given.Tap(Cluster.NextId(), token, at ?? Who.School)).AsTask();
}
