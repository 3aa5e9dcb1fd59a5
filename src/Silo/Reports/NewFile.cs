namespace Zvonok.Silo.Reports;

/// <summary>A file that appears under its name when it is whole, in place of what was there; until then it is called <c>.partial</c>.</summary>
internal sealed class NewFile : IDisposable
{
    private readonly string _path;
    private bool _isKept;

    private NewFile(string path) => (_path, Text) = (path, new StreamWriter(Partial(path)));

    /// <summary>Where to write.</summary>
    public StreamWriter Text { get; }

    /// <summary>Begins; throws <see cref="SettingException"/> when there cannot be such a file.</summary>
    public static NewFile Create(string path)
    {
        try
        {
            return new NewFile(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"--out: {exception.Message}");
        }
    }

    /// <summary>It is whole.</summary>
    public void Keep()
    {
        Text.Dispose();
        File.Move(Partial(_path), _path, overwrite: true);
        _isKept = true;
    }

    /// <summary>Removes what is not whole.</summary>
    public void Dispose()
    {
        if (_isKept) return;
        Text.Dispose();
        File.Delete(Partial(_path));
    }

    private static string Partial(string path) => $"{path}.partial";
}
