namespace Zvonok.Silo;

/// <summary>Settings of what lies in files, section <c>Zvonok</c>.</summary>
public sealed class StoreFiles
{
    /// <summary>The section's name.</summary>
    public const string Section = "Zvonok";

    /// <summary>Where SQLite's file lives, and the token key when it has no place of its own.</summary>
    public string DataDirectory { get; set; } = "data";

    /// <summary>The secret that turns radio numbers into tokens; not set: <c>token.key</c> in <see cref="DataDirectory"/>, made on the first start.</summary>
    public string? TokenKeyFile { get; set; }

    /// <summary>Keys that made tokens before, latest first, while cards go over from them to the newest (C7).</summary>
    public IList<string> OlderTokenKeyFiles { get; } = [];

    /// <summary>The secrets under which cards are on lists for devices, the newest first; not set: <c>list.key</c> in <see cref="DataDirectory"/>, made on the first start.</summary>
    public string? ListKeyFile { get; set; }

    /// <summary>The private key that signs these lists; not set: <c>list-signing.pem</c> in <see cref="DataDirectory"/>, made on the first start.</summary>
    public string? ListSigningKeyFile { get; set; }
}
