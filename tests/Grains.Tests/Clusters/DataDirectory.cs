namespace Zvonok.Grains.Tests.Clusters;

/// <summary>A directory of its own for a SQLite file.</summary>
internal sealed class DataDirectory
{
    public string Path { get; } = Directory.CreateTempSubdirectory("zvonok-grains-").FullName;

    /// <summary>Removes it with all that is in it.</summary>
    public void Remove() => Directory.Delete(Path, recursive: true);
}
