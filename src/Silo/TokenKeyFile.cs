using System.Security.Cryptography;
using Zvonok.Domain.Cards;

namespace Zvonok.Silo;

/// <summary>
/// The secret that turns radio numbers into tokens (C7): 32 bytes as hexadecimal digits in the file
/// <c>Zvonok:TokenKeyFile</c>, by default <c>token.key</c> in the data directory, where it is made on the first start. Who
/// loses it has to register every card anew.
/// </summary>
internal static class TokenKeyFile
{
    public static TokenKey Load(IConfiguration configuration)
    {
        var files = configuration.GetSection(StoreFiles.Section).Get<StoreFiles>() ?? new StoreFiles();
        var given = files.TokenKeyFile;
        var path = given ?? Path.Combine(files.DataDirectory, "token.key");
        try
        {
            if (given is null) MakeOnce(path);
            return new TokenKey(Convert.FromHexString(File.ReadAllText(path).Trim()));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException or ArgumentException)
        {
            throw new SettingException($"{(given is null ? "Zvonok:DataDirectory" : "Zvonok:TokenKeyFile")}: {path} holds no token key of {TokenKey.Length * 2} hexadecimal digits: {exception.Message}");
        }
    }

    // Written aside and linked into place: of two programs that start at once, one wins and both read its key.
    private static void MakeOnce(string path)
    {
        if (File.Exists(path)) return;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var aside = $"{path}.{Environment.ProcessId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(aside, options))
        {
            file.Write(System.Text.Encoding.ASCII.GetBytes(Convert.ToHexString(RandomNumberGenerator.GetBytes(TokenKey.Length))));
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(aside, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(aside);
        }
    }
}

/// <summary>A setting stops the start; the message names it.</summary>
internal sealed class SettingException(string message) : Exception(message);
