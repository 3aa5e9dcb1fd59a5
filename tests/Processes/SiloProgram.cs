namespace Zvonok.Processes;

/// <summary>The built silo of this working copy, and programs like it.</summary>
public static class SiloProgram
{
    private static readonly SemaphoreSlim Building = new(1);

    /// <summary>Its assembly, built first when it is not there.</summary>
    public static Task<string> Path(CancellationToken stop = default) => Path(System.IO.Path.Combine("src", "Silo"), stop);

    /// <summary>The assembly of another program of this working copy, likewise.</summary>
    /// <param name="directory">Where its project is, from the root.</param>
    /// <param name="stop">Breaks the building off.</param>
    public static async Task<string> Path(string directory, CancellationToken stop = default)
    {
        var project = System.IO.Path.Combine(Repository.Root, directory);
        var assembly = System.IO.Path.Combine(project, "bin", "Release", "net10.0", $"Zvonok.{System.IO.Path.GetFileName(directory)}.dll");
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
