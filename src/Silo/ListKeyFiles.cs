using System.Security.Cryptography;
using Zvonok.Domain.Lists;

namespace Zvonok.Silo;

/// <summary>
/// The secrets of the lists for devices without connection (O1). <c>Zvonok:ListKeyFile</c>, by default <c>list.key</c> in the data directory, has the keys under which cards are on lists: 32 bytes each as
/// hexadecimal digits, one a line, the newest first. <c>Zvonok:ListSigningKeyFile</c>, by default <c>list-signing.pem</c> there, has the private key of P-256 that signs. Both are made on the first start.
/// Who loses one has to give new ones to all devices.
/// </summary>
internal static class ListKeyFiles
{
    public static ListKeys LoadKeys(IConfiguration configuration) => Load(
        configuration, files => files.ListKeyFile, nameof(StoreFiles.ListKeyFile), "list.key", static () => Convert.ToHexString(RandomNumberGenerator.GetBytes(ListMasterKey.Length)),
        $"list keys of {ListMasterKey.Length * 2} hexadecimal digits, one a line",
        static text => new ListKeys(text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(line => new ListMasterKey(Convert.FromHexString(line)))));

    public static ListSigner LoadSigner(IConfiguration configuration) => Load(
        configuration, files => files.ListSigningKeyFile, nameof(StoreFiles.ListSigningKeyFile), "list-signing.pem", ListSigner.NewKey, "private key of P-256 in PEM", static text => new ListSigner(text));

    private static T Load<T>(IConfiguration configuration, Func<StoreFiles, string?> given, string setting, string name, Func<string> make, string what, Func<string, T> read)
    {
        var files = configuration.GetSection(StoreFiles.Section).Get<StoreFiles>() ?? new StoreFiles();
        var path = given(files) ?? Path.Combine(files.DataDirectory, name);
        try
        {
            if (given(files) is null) SecretFile.MakeOnce(path, make);
            return read(File.ReadAllText(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException or ArgumentException or CryptographicException)
        {
            throw new SettingException($"{StoreFiles.Section}:{(given(files) is null ? nameof(StoreFiles.DataDirectory) : setting)}: {path} holds no {what}: {exception.Message}");
        }
    }
}
