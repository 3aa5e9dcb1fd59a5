using Microsoft.Data.Sqlite;

namespace Zvonok.Terminals.Storage;

/// <summary>The terminal's file cannot be read or written.</summary>
internal sealed class StoreException(string message, bool isBroken, Exception? inner = null) : Exception(message, inner)
{
    private const int Corrupt = 11;
    private const int NotADatabase = 26;

    /// <summary>True: what is in the file is no database any longer. False: it may be well again, as when the disk has room.</summary>
    public bool IsBroken => isBroken;

    public static StoreException From(SqliteException exception) => new(
        $"The terminal's file cannot be used: {exception.Message}", exception.SqliteErrorCode is Corrupt or NotADatabase, exception);
}
