using System.Text.Json;
using Zvonok.Deploy.Tests.Manifests;
using Zvonok.Processes;
using Zvonok.Silo;

namespace Zvonok.Deploy.Tests;

/// <summary>The image and what stands around it say the same; that it can be built is seen where images can be pulled.</summary>
public sealed class DockerfileTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Repository.Root, "Dockerfile"));

    [Fact]
    public void Its_images_have_exact_versions_of_the_framework_that_the_program_is_for()
    {
        var tags = Arguments("FROM").Select(image => image.Split(' ')[0].Split(':')[^1]).ToList();

        tags.Count.ShouldBe(2);
        tags.ShouldAllBe(tag => tag.StartsWith($"{Environment.Version.Major}.{Environment.Version.Minor}.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Its_user_is_the_one_that_the_pods_run_as() =>
        Arguments("USER").ShouldHaveSingleItem().ShouldBe(
            Manifest.Parse(await Overlay.Render("production")).SiloPod.Spec!.SecurityContext.RunAsUser.ToString());

    [Fact]
    public void It_starts_the_program() =>
        JsonSerializer.Deserialize<string[]>(Arguments("ENTRYPOINT").ShouldHaveSingleItem()).ShouldBe(["dotnet", $"{typeof(Composition).Assembly.GetName().Name}.dll"]);

    [Fact]
    public void What_its_build_needs_is_let_in()
    {
        var letIn = File.ReadLines(Path.Combine(Repository.Root, ".dockerignore")).Where(line => line.StartsWith('!')).Select(line => line[1..]).ToList();

        letIn.Where(name => !Path.Exists(Path.Combine(Repository.Root, name))).ShouldBeEmpty();
        letIn.ShouldContain("src");
        foreach (var name in (string[])["global.json", "Directory.Build.props", "Directory.Packages.props", "BannedSymbols.txt", ".editorconfig"])
            letIn.ShouldContain(name);
    }

    private static IEnumerable<string> Arguments(string instruction) =>
        Lines.Where(line => line.StartsWith(instruction + " ", StringComparison.Ordinal)).Select(line => line[(instruction.Length + 1)..]);
}
