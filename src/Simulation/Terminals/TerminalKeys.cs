using Zvonok.Domain.Lists;

namespace Zvonok.Simulation.Terminals;

/// <summary>What whoever sets terminals up brings to them: a building's list key, and the public key of the lists' signatures (docs/OFFLINE.md).</summary>
/// <param name="master">From which the buildings' keys are made.</param>
/// <param name="signingKey">A SubjectPublicKeyInfo in DER.</param>
public sealed class TerminalKeys(ListMasterKey master, byte[] signingKey)
{
    /// <summary>As a silo has made them on its first start in its data directory.</summary>
    public static TerminalKeys InDataDirectory(string directory)
    {
        using var signer = new ListSigner(File.ReadAllText(Path.Combine(directory, "list-signing.pem")));
        return new TerminalKeys(new ListMasterKey(Convert.FromHexString(File.ReadLines(Path.Combine(directory, "list.key")).First().Trim())), signer.PublicKey);
    }

    /// <summary>The key of a building's lists.</summary>
    public ListKey Of(BuildingId building) => master.Of(building);

    /// <summary>The public keys that a terminal is given.</summary>
    public IReadOnlyList<byte[]> SigningKeys { get; } = [signingKey];
}
