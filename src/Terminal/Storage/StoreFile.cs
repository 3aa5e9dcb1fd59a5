using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Zvonok.Terminals.Storage;

/// <summary>Where a terminal's store is: a broken file is put aside, never deleted, and what can still be read of its queue goes into the new one.</summary>
internal static class StoreFile
{
    private static readonly string[] Parts = ["", "-wal", "-shm", "-journal"];

    /// <summary>Opens the store. The second is where a broken one was put; null: it was not broken.</summary>
    public static (TerminalStore Store, string? Aside) Open(string path, TimeProvider time)
    {
        try
        {
            return (TerminalStore.Open(path), null);
        }
        catch (StoreException exception) when (exception.IsBroken)
        {
            var aside = SetAside(path, time);
            var store = TerminalStore.Open(path);
            Rescue(aside, store);
            return (store, aside);
        }
    }

    private static string SetAside(string path, TimeProvider time)
    {
        var stamp = time.GetUtcNow().ToString("yyyyMMddTHHmmss", CultureInfo.InvariantCulture);
        var aside = $"{path}.broken-{stamp}";
        for (var n = 2; File.Exists(aside); n++) aside = string.Create(CultureInfo.InvariantCulture, $"{path}.broken-{stamp}-{n}");
        foreach (var part in Parts)
            if (File.Exists(path + part)) File.Move(path + part, aside + part);
        return aside;
    }

    // From a copy: what was put aside stays as it was.
    private static void Rescue(string aside, TerminalStore store)
    {
        var copy = $"{aside}.copy";
        try
        {
            foreach (var part in Parts)
                if (File.Exists(aside + part)) File.Copy(aside + part, copy + part, overwrite: true);
            using var broken = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = copy, Pooling = false }.ConnectionString);
            broken.Open();
            store.Rescue(broken);
        }
        catch (SqliteException)
        {
            // Nothing more of it can be read. It is there for people to see to.
        }
        finally
        {
            foreach (var part in Parts) File.Delete(copy + part);
        }
    }
}
