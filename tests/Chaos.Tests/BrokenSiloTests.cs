using Xunit.Abstractions;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Zvonok.Chaos.Tests;

/// <summary>The proof of the whole tool: silos that keep their promises pass, and silos that break one on purpose are found out.</summary>
public sealed class BrokenSiloTests(ITestOutputHelper output)
{
    // Two silos that know nothing of each other write to the same ledgers, and lose their database for a moment.
    private static readonly ChaosSettings Short = new()
    {
        Seed = 20_25,
        Length = TimeSpan.FromSeconds(8),
        Silos = 2,
        Rate = 150,
        Pupils = 10,
        SplitBrain = true,
        Episodes = [new Episode(TimeSpan.FromSeconds(2), [new Fault(FaultKind.DatabaseStop, null, TimeSpan.Zero, TimeSpan.FromSeconds(1))])],
    };

    [Fact]
    public async Task Silos_that_keep_their_promises_are_clean()
    {
        var result = await Play(Short);
        result.Breaches.ShouldBeEmpty();
        result.Audit.ExitCode.ShouldBe(0, result.Audit.Output);
        result.IsClean.ShouldBeTrue();
        result.Faults.ShouldHaveSingleItem();
        result.Outcomes["granted"].ShouldBeGreaterThan(500);
    }

    [Fact]
    public async Task Without_the_fence_the_checker_finds_numbers_that_were_given_twice()
    {
        var result = await Play(Short with { Broken = BrokenPromise.Fence });
        result.IsClean.ShouldBeFalse();
        result.Breaches.ShouldContain(breach => breach.What.Contains("times", StringComparison.Ordinal) && breach.Rule.Contains("numbered 1, 2, 3", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Answers_before_the_commit_are_found_missing()
    {
        var result = await Play(Short with { Broken = BrokenPromise.Commit });
        result.IsClean.ShouldBeFalse();
        result.Breaches.ShouldContain(breach => breach.What.Contains("not in the journal", StringComparison.Ordinal));
    }

    private async Task<ChaosResult> Play(ChaosSettings settings)
    {
        var result = await ChaosRun.Play(settings, output.WriteLine, CancellationToken.None);
        foreach (var breach in result.Breaches.Take(5)) output.WriteLine(breach.ToString());
        return result;
    }
}
