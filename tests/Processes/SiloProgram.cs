namespace Zvonok.Processes;

/// <summary>The built silo of this working copy.</summary>
public static class SiloProgram
{
    private static readonly SemaphoreSlim Building = new(1);

    /// <summary>Its assembly, built first when it is not there.</summary>
    public static async Task<string> Path(CancellationToken stop = default)
    {
        var project = System.IO.Path.Combine(Repository.Root, "src", "Silo");
        var assembly = System.IO.Path.Combine(project, "bin", "Release", "net10.0", "Zvonok.Silo.dll");
        await Building.WaitAsync(stop);
        try
        {
            if (!File.Exists(assembly)) await Command.Require("dotnet", ["build", "-c", "Release", "--nologo", project], stop: stop);
            return assembly;
        }
        finally
        {
            Building.Release();
        }
    }
}
