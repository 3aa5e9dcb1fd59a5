using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Zvonok.Domain.Cards;

/// <summary>
/// The name under which a card is known everywhere behind the doors: the first 128 bits of HMAC-SHA-256 over its radio
/// number (C7). Without the key nobody can tell the number from the token, nor try all numbers.
/// </summary>
[GenerateSerializer, Immutable, Alias("zvonok.CardToken")]
public readonly record struct CardToken([property: Id(0)] Guid Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString("N");
}

/// <summary>The secret that turns radio numbers into tokens.</summary>
public sealed class TokenKey
{
    /// <summary>Bytes of a key.</summary>
    public const int Length = 32;

    /// <summary>The shortest radio number of a card, in bytes.</summary>
    public const int UidLengthMin = 4;

    /// <summary>The longest radio number of a card, in bytes.</summary>
    public const int UidLengthMax = 16;

    // Kept with the key set: setting it anew for every card takes longer than the hash, and threads wait for one another there.
    private readonly ConcurrentBag<IncrementalHash> _idle = [];
    private readonly byte[] _key;
    private string? _id;

    /// <summary>Takes a key of <see cref="Length"/> bytes.</summary>
    public TokenKey(ReadOnlySpan<byte> key)
    {
        if (key.Length != Length) throw new ArgumentException($"A token key has {Length} bytes, not {key.Length}.", nameof(key));
        _key = key.ToArray();
    }

    /// <summary>The token of a radio number of <see cref="UidLengthMin"/> to <see cref="UidLengthMax"/> bytes.</summary>
    public CardToken TokenOf(ReadOnlySpan<byte> uid)
    {
        if (uid.Length is < UidLengthMin or > UidLengthMax)
            throw new ArgumentException($"A radio number has {UidLengthMin} to {UidLengthMax} bytes, not {uid.Length}.", nameof(uid));
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var hmac = _idle.TryTake(out var kept) ? kept : IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        hmac.AppendData(uid);
        hmac.GetHashAndReset(hash);
        _idle.Add(hmac);
        return new CardToken(new Guid(hash[..16], bigEndian: true));
    }

    /// <summary>The key's name, eight hexadecimal digits that say nothing of it: in logs, and where a card goes over from one key to another.</summary>
    public string Id => _id ??= Convert.ToHexStringLower(HMACSHA256.HashData(_key, "zvonok token key"u8)[..4]);

    /// <summary>Never the key.</summary>
    public override string ToString() => nameof(TokenKey);
}

/// <summary>The secrets in use. While a key is being replaced, cards are still found by the one before (C7).</summary>
/// <param name="newest">Makes the tokens.</param>
/// <param name="older">Find cards that are not known by the newest yet; latest first.</param>
public sealed class TokenKeys(TokenKey newest, params TokenKey[] older)
{
    /// <summary>Makes the tokens.</summary>
    public TokenKey Newest => newest;

    /// <summary>Find cards that are not known by the newest yet; latest first, usually none.</summary>
    public IReadOnlyList<TokenKey> Older => older;
}
