namespace Zvonok.Processes;

/// <summary>Where the working copy is: programs under test are found relative to it.</summary>
public static class Repository
{
    /// <summary>The directory of <c>Core.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The commit that the working copy stands on, marked when there are changes on top of it.</summary>
    public static async Task<string> Commit(CancellationToken stop)
    {
        var commit = await Command.Run("git", ["-C", Root, "rev-parse", "HEAD"], stop: stop);
        if (commit.ExitCode != 0) return "unknown";
        var changes = await Command.Run("git", ["-C", Root, "status", "--porcelain", "--untracked-files=no"], stop: stop);
        return commit.Output.Trim() + (changes.Output.Trim().Length == 0 ? "" : "+changes");
    }

    private static string FindRoot()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Core.sln"))) return at.FullName;
        throw new InvalidOperationException($"No Core.sln above {AppContext.BaseDirectory}: run this from a working copy.");
    }
}
