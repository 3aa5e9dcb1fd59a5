using System.Globalization;

namespace Zvonok.Processes;

/// <summary>The installed programs of PostgreSQL, and who may run them.</summary>
internal static class PostgresBinaries
{
    private const string DebianHome = "/usr/lib/postgresql";

    /// <summary>The command line of one of the programs. PostgreSQL refuses to run as root: then it is run as its own user.</summary>
    public static (string Program, string[] Arguments) CommandLine(string program, params string[] arguments)
    {
        var path = Path.Combine(Home.Value, program);
        return Environment.IsPrivilegedProcess
            ? ("setpriv", ["--reuid=postgres", "--regid=postgres", "--init-groups", path, .. arguments])
            : (path, arguments);
    }

    /// <summary>Makes an empty directory that the server's user owns.</summary>
    public static Task MakeDirectory(string path, CancellationToken stop) => Environment.IsPrivilegedProcess
        ? Command.Require("install", ["-d", "-o", "postgres", "-g", "postgres", "-m", "700", path], stop: stop)
        : Command.Require("install", ["-d", "-m", "700", path], stop: stop);

    private static readonly Lazy<string> Home = new(Find);

    private static string Find()
    {
        if (NewestOfDebian() is { } debian) return debian;
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .FirstOrDefault(directory => File.Exists(Path.Combine(directory, "initdb")));
        return onPath ?? throw new InvalidOperationException(
            $"No PostgreSQL server found under {DebianHome} or on the PATH: install it (Debian and Ubuntu: apt-get install postgresql).");
    }

    private static string? NewestOfDebian() => Directory.Exists(DebianHome)
        ? Directory.EnumerateDirectories(DebianHome)
            .Where(home => File.Exists(Path.Combine(home, "bin", "initdb")))
            .OrderByDescending(home => int.TryParse(Path.GetFileName(home), CultureInfo.InvariantCulture, out var major) ? major : 0)
            .Select(home => Path.Combine(home, "bin"))
            .FirstOrDefault()
        : null;
}
