using System.Security.Cryptography;

namespace Zvonok.Domain.Cards;

/// <summary>
/// The name under which a card is known everywhere behind the doors: its <see cref="CardDigest"/>, a hash of its radio number, enciphered by AES-256 with the core's <see cref="TokenKey"/> (C7). Without the
/// key nobody can tell the number from the token, nor try all numbers; with it the core names cards on lists that devices read with another key.
/// </summary>
[GenerateSerializer, Immutable, Alias("zvonok.CardToken")]
public readonly record struct CardToken([property: Id(0)] Guid Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString("N");
}

/// <summary>The secret that turns radio numbers into tokens, and back into what lists are made of. Only the core has it.</summary>
public sealed class TokenKey
{
    /// <summary>Bytes of a key.</summary>
    public const int Length = 32;

    private readonly Idle<BlockCipher> _ciphers;
    private readonly byte[] _key;
    private string? _id;

    /// <summary>Takes a key of <see cref="Length"/> bytes.</summary>
    public TokenKey(ReadOnlySpan<byte> key)
    {
        if (key.Length != Length) throw new ArgumentException($"A token key has {Length} bytes, not {key.Length}.", nameof(key));
        _key = key.ToArray();
        _ciphers = new Idle<BlockCipher>(() => new BlockCipher(_key));
    }

    /// <summary>The token of a radio number, which has <see cref="CardDigest.UidLengthMin"/> to <see cref="CardDigest.UidLengthMax"/> bytes.</summary>
    public CardToken TokenOf(ReadOnlySpan<byte> uid)
    {
        using var cipher = _ciphers.Take();
        CardDigest.Of(uid).Write(cipher.Item.Block);
        cipher.Item.Encipher();
        return new CardToken(new Guid(cipher.Item.Block, bigEndian: true));
    }

    /// <summary>What the radio number had become before this key came to it. Of a token that another key made, it is a digest of nothing.</summary>
    public CardDigest DigestOf(CardToken token)
    {
        using var cipher = _ciphers.Take();
        token.Value.TryWriteBytes(cipher.Item.Block, bigEndian: true, out _);
        cipher.Item.Decipher();
        return CardDigest.Read(cipher.Item.Block);
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
