namespace Zvonok.Chaos.Tests.Faults;

/// <summary>What goes wrong is drawn from the seed alone.</summary>
public sealed class FaultPlanTests
{
    private static readonly int Kinds = Enum.GetValues<FaultKind>().Length;

    [Fact]
    public void The_same_seed_draws_the_same() =>
        Told(FaultPlan.Draw(5, silos: 3)).ShouldBe(Told(FaultPlan.Draw(5, silos: 3)));

    [Fact]
    public void Every_kind_comes_once_before_any_comes_again() =>
        FaultPlan.Draw(6, silos: 3).Take(Kinds).Select(episode => episode.Faults[0].Kind).Distinct().Count().ShouldBe(Kinds);

    [Fact]
    public void Faults_that_overlap_are_of_two_kinds_and_of_two_silos()
    {
        var pairs = FaultPlan.Draw(7, silos: 3).Take(500).Where(episode => episode.Faults.Count == 2).ToList();
        pairs.Count.ShouldBeGreaterThan(50);
        pairs.ShouldAllBe(pair => pair.Faults[0].Kind != pair.Faults[1].Kind);
        pairs.ShouldAllBe(pair => pair.Faults[0].Silo == null || pair.Faults[0].Silo != pair.Faults[1].Silo);
        pairs.ShouldAllBe(pair => pair.Faults[1].After <= pair.Faults[0].Length);
    }

    [Fact]
    public void A_lone_silo_has_one_fault_at_a_time() =>
        FaultPlan.Draw(8, silos: 1).Take(200).ShouldAllBe(episode => episode.Faults.Count == 1);

    private static string Told(IEnumerable<Episode> episodes) =>
        string.Join('\n', episodes.Take(50).Select(episode => $"{episode.Quiet}: {string.Join(", ", episode.Faults)}"));
}
