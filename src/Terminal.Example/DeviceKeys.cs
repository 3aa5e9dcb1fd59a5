using System.Text.Json.Serialization;

namespace Zvonok.Terminals.Example;

/// <summary>What the core's verb <c>device-keys</c> prints. On a real device it is kept in the key store, not in a file.</summary>
/// <param name="BuildingId">The building.</param>
/// <param name="ListKeyId">The name of its list key.</param>
/// <param name="ListKey">The key, hexadecimal.</param>
/// <param name="SigningPublicKey">The public key of the lists' signatures, base64.</param>
public sealed record DeviceKeys(
    [property: JsonPropertyName("building_id")] int BuildingId,
    [property: JsonPropertyName("list_key_id")] uint ListKeyId,
    [property: JsonPropertyName("list_key")] string ListKey,
    [property: JsonPropertyName("signing_public_key")] string SigningPublicKey);
