using Xunit.Abstractions;

namespace Zvonok.Processes.Tests;

/// <summary>The core, its database or the network is taken away from 200 terminals at work: nobody is refused for it, and afterwards the books are exact.</summary>
[Collection(WithPostgres.Name)]
[Trait("Rule", "O2")]
[Trait("Rule", "O3")]
public sealed class OutageTests(PostgresFixture postgres, ITestOutputHelper output)
{
    private const int Terminals = 200;
    private const int ChildrenAtOnce = 240;
    private const int PassAlone = 200;
    private const int EatAlone = 80;

    // 20 schools of some 45 pupils, of whom 5 share a gate.
    private static readonly CityPlan Plan = new() { Pupils = 900, Schools = 20, PupilsPerGate = 5 };

    [Fact]
    public Task When_the_silo_is_killed_nobody_is_refused_for_it_and_afterwards_everything_is_in_the_journal_once() => Play(async work =>
    {
        await work.Silo.Kill();
        await work.GoOnAlone(PassAlone, EatAlone);
        await work.StartAgain();
    });

    [Fact]
    [Trait("Rule", "O5")]
    public Task When_the_database_is_stopped_nobody_is_refused_for_it_and_afterwards_everything_is_in_the_journal_once() => Play(async work =>
    {
        await postgres.Server.StopImmediately();
        await work.GoOnAlone(PassAlone, EatAlone);
        work.Silo.HasExited.ShouldBeFalse();
        await postgres.Server.StartAgain();
    });

    [Fact]
    public Task When_the_network_lets_nothing_through_nobody_is_refused_for_it_and_afterwards_everything_is_in_the_journal_once() => Play(async work =>
    {
        work.Cable.Silence();
        await work.GoOnAlone(PassAlone, EatAlone);
        work.Cable.Heal();
    });

    private async Task Play(Func<SchoolsAtWork, Task> outage)
    {
        await using var scene = new Scene(output, postgres);
        await scene.Play(async () =>
        {
            await using var work = await SchoolsAtWork.Begin(scene, Plan, ChildrenAtOnce);
            (work.Terminals.GateCount + work.Terminals.TillCount).ShouldBeGreaterThanOrEqualTo(Terminals);
            await outage(work);
            await work.Close();
            (await work.Silo.Stop()).ShouldBe(0);
            await TerminalCheck.Holds(work.Silo.Settings, work.Children.Told);
            await Scene.AuditIsClean(work.Silo.Settings);
        });
    }
}
