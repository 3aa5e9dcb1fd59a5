using Xunit.Abstractions;

namespace Zvonok.Processes.Tests;

/// <summary>A silo that can do nothing any more ends, so that it is started again.</summary>
[Collection(Verbs.Name)]
public sealed class PulseTests(PostgresFixture postgres, ITestOutputHelper output)
{
    private const int Aborted = 134;

    [Fact]
    public async Task A_silo_whose_thread_pool_stands_still_ends_soon_and_says_why()
    {
        await using var scene = new Scene(output, postgres);
        await scene.Play(async () =>
        {
            var settings = await scene.NewSettings(Store.Sqlite) with
            {
                Program = await SiloProgram.Path(Path.Combine("tests", "BrokenSilo")),
                Environment = new Dictionary<string, string> { ["ZVONOK_BROKEN_PROMISE"] = "pulse" },
            };
            var silo = await scene.Start(settings);

            await File.WriteAllTextAsync(Path.Combine(settings.DataDirectory, "standstill"), "");
            (await silo.WaitForExit(TimeSpan.FromSeconds(30))).ShouldBe(Aborted);

            silo.Output.ShouldContain("The thread pool has done nothing for 10 seconds");
        });
    }
}
