using System.Globalization;
using Xunit.Abstractions;

namespace Zvonok.Processes.Tests;

/// <summary>The heap of a serving silo lies on huge pages wherever the system allows it.</summary>
[Collection(Verbs.Name)]
[Trait("pace", "unhurried")]
public sealed class HugePagesTests(PostgresFixture postgres, ITestOutputHelper output)
{
    private const string Switch = "/sys/kernel/mm/transparent_hugepage/enabled";

    // A city whose registration fills more than what the runtime has taken into use before the program began.
    private static readonly CityPlan Plan = new() { Pupils = 20_000, Schools = 20 };

    [Fact]
    public async Task A_silo_in_use_has_huge_pages_unless_the_system_has_switched_them_off()
    {
        await using var scene = new Scene(output, postgres);
        await scene.Play(async () =>
        {
            var silo = await scene.Start(await scene.NewSettings(Store.Sqlite));
            await Scene.Register(silo, City.Create(Plan));
            var kilobytes = HugeKilobytes(silo);
            scene.Say($"{kilobytes} kB on huge pages");
            if (await IsSwitchedOff()) silo.Output.ShouldContain("stays on pages of 4 kB");
            else kilobytes.ShouldBeGreaterThanOrEqualTo(16 << 10);
        });
    }

    private static async Task<bool> IsSwitchedOff() => !File.Exists(Switch) || (await File.ReadAllTextAsync(Switch)).Contains("[never]", StringComparison.Ordinal);

    private static int HugeKilobytes(SiloProcess silo)
    {
        var line = File.ReadLines($"/proc/{silo.ProcessId}/smaps_rollup").Single(line => line.StartsWith("AnonHugePages:", StringComparison.Ordinal));
        return int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
