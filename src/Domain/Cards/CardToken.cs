using System.Collections.Concurrent;
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

    // One cipher is not for two threads at once, and to set its key for every card takes longer than the block.
    private readonly ConcurrentBag<Aes> _idle = [];
    private readonly byte[] _key;
    private string? _id;

    /// <summary>Takes a key of <see cref="Length"/> bytes.</summary>
    public TokenKey(ReadOnlySpan<byte> key)
    {
        if (key.Length != Length) throw new ArgumentException($"A token key has {Length} bytes, not {key.Length}.", nameof(key));
        _key = key.ToArray();
    }

    /// <summary>The token of a radio number, which has <see cref="CardDigest.UidLengthMin"/> to <see cref="CardDigest.UidLengthMax"/> bytes.</summary>
    public CardToken TokenOf(ReadOnlySpan<byte> uid)
    {
        Span<byte> block = stackalloc byte[CardDigest.Length];
        CardDigest.Of(uid).Write(block);
        using (var cipher = Borrow()) cipher.Aes.EncryptEcb(block, block, PaddingMode.None);
        return new CardToken(new Guid(block, bigEndian: true));
    }

    /// <summary>What the radio number had become before this key came to it. Of a token that another key made, it is a digest of nothing.</summary>
    public CardDigest DigestOf(CardToken token)
    {
        Span<byte> block = stackalloc byte[CardDigest.Length];
        token.Value.TryWriteBytes(block, bigEndian: true, out _);
        using (var cipher = Borrow()) cipher.Aes.DecryptEcb(block, block, PaddingMode.None);
        return CardDigest.Read(block);
    }

    /// <summary>The key's name, eight hexadecimal digits that say nothing of it: in logs, and where a card goes over from one key to another.</summary>
    public string Id => _id ??= Convert.ToHexStringLower(HMACSHA256.HashData(_key, "zvonok token key"u8)[..4]);

    /// <summary>Never the key.</summary>
    public override string ToString() => nameof(TokenKey);

    private Borrowed Borrow()
    {
        if (_idle.TryTake(out var idle)) return new Borrowed(this, idle);
        var made = Aes.Create();
        made.Key = _key;
        return new Borrowed(this, made);
    }

    private readonly struct Borrowed(TokenKey key, Aes aes) : IDisposable
    {
        public Aes Aes => aes;

        public void Dispose() => key._idle.Add(aes);
    }
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
