using k8s;
using k8s.Models;
using Zvonok.Deploy.Tests.Checks;
using Zvonok.Deploy.Tests.Manifests;
using Zvonok.Processes;

namespace Zvonok.Deploy.Tests;

/// <summary>Both overlays, as they would be applied.</summary>
public sealed class OverlayTests
{
    public static TheoryData<string> Overlays => [.. Overlay.Names];

    [Theory]
    [MemberData(nameof(Overlays))]
    public async Task An_overlay_is_whole(string overlay) =>
        (await AllChecks.Find(Manifest.Parse(await Overlay.Render(overlay)))).ShouldBeEmpty();

    [Fact]
    public async Task Every_secret_that_the_readme_asks_for_is_needed()
    {
        var overlays = await Task.WhenAll(Overlay.Names.Select(Overlay.Render));

        References.Unneeded(overlays.Select(Manifest.Parse)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_script_makes_every_secret_that_the_local_overlay_needs()
    {
        using var directory = new TemporaryDirectory("zvonok-secrets");
        var script = Path.Combine(Repository.Root, "k8s", "overlays", "local", "secrets.sh");
        var kubectl = Path.GetDirectoryName(await Tools.Path("kubectl"));
        var made = KubernetesYaml.LoadAllFromString(await Command.Require("bash", [script, directory.Path], new Dictionary<string, string>
        {
            ["PATH"] = $"{kubectl}:{Environment.GetEnvironmentVariable("PATH")}",
        })).Cast<V1Secret>().ToDictionary(secret => secret.Metadata.Name, secret => secret.Data.Keys);

        foreach (var (by, name, key) in References.SecretKeys(Manifest.Parse(await Overlay.Render("local"))))
        {
            made.ShouldContainKey(name, by);
            if (key is not null) made[name].ShouldContain(key, by);
        }
    }

    [Fact]
    public void There_is_one_overlay_for_trying_out_and_one_for_a_city() => Overlay.Names.ShouldBe(["local", "production"]);

    [Fact]
    public async Task In_production_a_commit_is_on_two_machines_before_it_is_answered()
    {
        var cluster = Manifest.Parse(await Overlay.Render("production")).Of<CnpgCluster>().ShouldHaveSingleItem().Spec;

        cluster.Instances.ShouldBeGreaterThanOrEqualTo(3);
        cluster.Postgresql!.Synchronous.ShouldNotBeNull().ShouldSatisfyAllConditions(
            synchronous => synchronous.Number.ShouldBeGreaterThanOrEqualTo(1),
            synchronous => synchronous.DataDurability.ShouldBe("required"));
        cluster.Postgresql.Parameters["synchronous_commit"].ShouldBe("on");
        cluster.Plugins.ShouldContain(plugin => plugin.IsWalArchiver == true);
    }
}
