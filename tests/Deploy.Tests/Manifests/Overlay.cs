using System.Collections.Concurrent;
using Zvonok.Processes;

namespace Zvonok.Deploy.Tests.Manifests;

/// <summary>Renders an overlay as an operator would.</summary>
internal static class Overlay
{
    private static readonly ConcurrentDictionary<string, Task<string>> Rendered = new();

    /// <summary>Those that somebody applies.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.GetDirectories(Path.Combine(Repository.Root, "k8s", "overlays")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    /// <summary>What <c>kubectl kustomize</c> makes of it.</summary>
    public static Task<string> Render(string name) => Rendered.GetOrAdd(name, _ => Kubectl(Path.Combine(Repository.Root, "k8s", "overlays", name)));

    private static async Task<string> Kubectl(string directory) => await Command.Require(await Tools.Path("kubectl"), ["kustomize", directory]);
}

/// <summary>Programs that these tests need and a machine may lack; <c>tests/Deploy.Tests/tools.sh</c> brings them.</summary>
internal static class Tools
{
    private static readonly Lazy<Task<IReadOnlyDictionary<string, string>>> Paths = new(Ensure);

    /// <summary>Where a tool is.</summary>
    public static async Task<string> Path(string name) => (await Paths.Value)[name];

    // "kubectl=/usr/bin/kubectl", a line a tool.
    private static async Task<IReadOnlyDictionary<string, string>> Ensure() =>
        (await Command.Require("bash", [System.IO.Path.Combine(Repository.Root, "tests", "Deploy.Tests", "tools.sh")]))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[0], pair => pair[1]);
}
