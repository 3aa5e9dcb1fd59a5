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
    /// <summary>The key in use, and the older ones that <c>Zvonok:OlderTokenKeyFiles</c> names.</summary>
    public static TokenKeys Load(IConfiguration configuration)
    {
        var files = configuration.GetSection(StoreFiles.Section).Get<StoreFiles>() ?? new StoreFiles();
        var given = files.TokenKeyFile;
        var path = given ?? Path.Combine(files.DataDirectory, "token.key");
        if (given is null) Guard("Zvonok:DataDirectory", path, () => SecretFile.MakeOnce(path, static () => Convert.ToHexString(RandomNumberGenerator.GetBytes(TokenKey.Length))));
        var newest = Read(given is null ? "Zvonok:DataDirectory" : "Zvonok:TokenKeyFile", path);
        TokenKey[] older = [.. files.OlderTokenKeyFiles.Select(file => Read("Zvonok:OlderTokenKeyFiles", file))];
        if (older.Append(newest).GroupBy(key => key.Id).FirstOrDefault(same => same.Count() > 1) is { Key: var twice })
            throw new SettingException($"Zvonok:OlderTokenKeyFiles: key {twice} is there twice: name the keys that the newest one replaces.");
        return new TokenKeys(newest, older);
    }

    private static TokenKey Read(string setting, string path)
    {
        TokenKey? key = null;
        Guard(setting, path, () => key = new TokenKey(Convert.FromHexString(File.ReadAllText(path).Trim())));
        return key!;
    }

    private static void Guard(string setting, string path, Action work)
    {
        try
        {
            work();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException or ArgumentException)
        {
            throw new SettingException($"{setting}: {path} holds no token key of {TokenKey.Length * 2} hexadecimal digits: {exception.Message}");
        }
    }
}

/// <summary>A setting stops the start; the message names it.</summary>
internal sealed class SettingException(string message) : Exception(message);
