using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;
using Zvonok.Grains.Tests.Model;

namespace Zvonok.Grains.Tests.Accounts;

/// <summary>
/// Real accounts on a real journal against naive ones, operation by operation: sales, meals, orders, money, repeats, accidents, deactivations, and days and nights in thirteen
/// zones. <c>ZVONOK_MODEL_OPERATIONS</c> says how many operations, in rounds; a round that disagrees is played again by its seed: <c>ZVONOK_SEED</c>.
/// </summary>
public sealed class ModelRun(ModelRun.Whole whole, ITestOutputHelper output) : IClassFixture<ModelRun.Whole>
{
    private const int OperationsOfARound = 25_000;

    private static readonly int Operations = Read("ZVONOK_MODEL_OPERATIONS") ?? 20_000;

    public static TheoryData<int> Seeds
    {
        get
        {
            var first = Read("ZVONOK_SEED") ?? System.Security.Cryptography.RandomNumberGenerator.GetInt32(1_000_000_000);
            return [.. Enumerable.Range(first, (Operations + OperationsOfARound - 1) / OperationsOfARound)];
        }
    }

    // The seeds are drawn when it runs: a list of tests is made before.
    [Theory, MemberData(nameof(Seeds), DisableDiscoveryEnumeration = true)]
    [Trait("Rule", "M1")]
    [Trait("Rule", "M2")]
    [Trait("Rule", "M3")]
    [Trait("Rule", "M4")]
    [Trait("Rule", "M5")]
    [Trait("Rule", "M6")]
    [Trait("Rule", "M7")]
    [Trait("Rule", "M8")]
    [Trait("Rule", "M9")]
    [Trait("Rule", "M10")]
    [Trait("Rule", "M11")]
    [Trait("Rule", "M12")]
    [Trait("Rule", "M13")]
    [Trait("Rule", "M14")]
    public async Task Account_grains_do_what_the_naive_accounts_do(int seed)
    {
        output.WriteLine($"ZVONOK_SEED={seed}");
        whole.Tally.Add(await Round.Play(seed, Math.Min(Operations, OperationsOfARound)));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{whole.Tally.Operations:N0} of {Operations:N0} operations, {whole.Clock.Elapsed.TotalSeconds:0} s"));
        if (whole.Tally.Operations >= Operations) output.WriteLine($"{whole.Tally}agree");
    }

    private static int? Read(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    /// <summary>All rounds together.</summary>
    public sealed class Whole
    {
        internal Tally Tally { get; } = new();

        internal Stopwatch Clock { get; } = Stopwatch.StartNew();
    }
}
