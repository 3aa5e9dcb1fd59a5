namespace Zvonok.Processes;

/// <summary>Where the working copy is: programs under test are found relative to it.</summary>
public static class Repository
{
    /// <summary>The directory of <c>Core.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Core.sln"))) return at.FullName;
        throw new InvalidOperationException($"No Core.sln above {AppContext.BaseDirectory}: run this from a working copy.");
    }
}
