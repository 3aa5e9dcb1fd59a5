namespace Zvonok.Processes;

/// <summary>A directory of its own, removed when disposed of, or at the latest when this process ends.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    /// <summary>Makes it; its name begins with <paramref name="prefix"/>.</summary>
    public TemporaryDirectory(string prefix)
    {
        Path = Directory.CreateDirectory(System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"{prefix}-{Guid.NewGuid():N}")).FullName;
        AppDomain.CurrentDomain.ProcessExit += RemoveAtExit;
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Makes a directory in it.</summary>
    public string Make(string name) => Directory.CreateDirectory(System.IO.Path.Combine(Path, name)).FullName;

    /// <summary>Removes it with everything in it.</summary>
    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= RemoveAtExit;
        Remove();
    }

    private void RemoveAtExit(object? sender, EventArgs e) => Remove();

    private void Remove()
    {
        if (Directory.Exists(Path)) Directory.Delete(Path, recursive: true);
    }
}
