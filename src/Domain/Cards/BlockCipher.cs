using System.Security.Cryptography;

namespace Zvonok.Domain.Cards;

/// <summary>AES of single blocks with one key that is set once: to set it takes eight times as long as the block.</summary>
internal sealed class BlockCipher
{
    private readonly ICryptoTransform _encipher;
    private readonly ICryptoTransform _decipher;

    /// <summary>Sets the key.</summary>
    public BlockCipher(byte[] key)
    {
        using var aes = Aes.Create();
        (aes.Key, aes.Mode, aes.Padding) = (key, CipherMode.ECB, PaddingMode.None);
        (_encipher, _decipher) = (aes.CreateEncryptor(), aes.CreateDecryptor());
    }

    /// <summary>What is enciphered or deciphered, in its place: 16 bytes.</summary>
    public byte[] Block { get; } = new byte[16];

    /// <summary>Enciphers the block.</summary>
    public void Encipher() => _encipher.TransformBlock(Block, 0, Block.Length, Block, 0);

    /// <summary>Deciphers the block.</summary>
    public void Decipher() => _decipher.TransformBlock(Block, 0, Block.Length, Block, 0);
}
