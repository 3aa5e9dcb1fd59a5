using Xunit.Abstractions;

namespace Zvonok.Processes.Tests;

/// <summary>The demo, as somebody runs it who wants to know whether it holds what it promises.</summary>
[Collection(Verbs.Name)]
[Trait("Rule", "O2")]
[Trait("Rule", "O3")]
[Trait("Rule", "O6")]
public sealed class DemoTests(PostgresFixture postgres, ITestOutputHelper output)
{
    [Fact]
    public async Task While_the_core_is_away_all_children_pass_and_eat_and_the_closing_table_says_so()
    {
        await using var scene = new Scene(output, postgres);
        await scene.Play(async () =>
        {
            var demo = await SiloProcess.RunVerb(await scene.NewSettings(Store.Sqlite), ["demo", "--outage", "--exit"]);
            demo.ExitCode.ShouldBe(0, demo.Output);
            demo.Output.ShouldContain("The core is stopped.");
            demo.Output.ShouldMatch(@"Without the core [\d,]+ children passed and [\d,]+ ate: all of them\.");
        });
    }
}
