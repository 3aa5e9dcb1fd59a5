using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Zvonok.Domain.Lists;

/// <summary>Signs lists and deltas: ECDSA over P-256 with SHA-256, 64 bytes (r and s, 32 each, big endian).</summary>
public sealed class ListSigner : IDisposable
{
    /// <summary>Bytes of a signature.</summary>
    public const int SignatureLength = 64;

    // An ECDsa is for one thread at a time. Lists are made far apart, and to sign takes a fraction of a millisecond.
    private readonly Lock _gate = new();
    private readonly ECDsa _key;

    /// <summary>Takes a private key of P-256 in PEM; throws <see cref="ArgumentException"/> or <see cref="CryptographicException"/> for anything else.</summary>
    public ListSigner(string pem)
    {
        _key = SigningKeys.Read(pem);
        // A public key signs nothing: that is found out now, and not when the first list is asked for.
        _key.SignData([], HashAlgorithmName.SHA256);
        PublicKey = _key.ExportSubjectPublicKeyInfo();
        KeyId = SigningKeys.IdOf(PublicKey);
    }

    /// <summary>The name of the key pair, which comes from its public half.</summary>
    public uint KeyId { get; }

    /// <summary>The public half, a SubjectPublicKeyInfo in DER.</summary>
    public byte[] PublicKey { get; }

    /// <summary>A new key pair, in PEM (PKCS #8).</summary>
    public static string NewKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem();
    }

    /// <summary>The signature over some bytes.</summary>
    public byte[] Sign(ReadOnlySpan<byte> content)
    {
        lock (_gate) return _key.SignData(content, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}

/// <summary>Tells lists that the core has signed from all others, by the public keys that a device was given; several, so that the core's key can be rotated.</summary>
public sealed class ListVerifier : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<uint, ECDsa> _keys = [];

    /// <summary>Takes public keys of P-256, each a SubjectPublicKeyInfo in DER; throws <see cref="ArgumentException"/> or <see cref="CryptographicException"/> for anything else.</summary>
    public ListVerifier(params IEnumerable<byte[]> publicKeys)
    {
        foreach (var key in publicKeys)
        {
            var read = ECDsa.Create();
            read.ImportSubjectPublicKeyInfo(key, out _);
            SigningKeys.Check(read);
            _keys[SigningKeys.IdOf(read.ExportSubjectPublicKeyInfo())] = read;
        }
    }

    /// <summary>True when the key of that name has signed exactly these bytes.</summary>
    public bool IsSigned(ReadOnlySpan<byte> content, uint keyId, ReadOnlySpan<byte> signature)
    {
        if (!_keys.TryGetValue(keyId, out var key) || signature.Length != ListSigner.SignatureLength) return false;
        lock (_gate) return key.VerifyData(content, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var key in _keys.Values) key.Dispose();
    }
}

/// <summary>Which keys may sign, and what they are called.</summary>
internal static class SigningKeys
{
    private const string P256 = "1.2.840.10045.3.1.7";

    public static ECDsa Read(string pem)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(pem);
        Check(key);
        return key;
    }

    public static void Check(ECDsa key)
    {
        if (key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value != P256) throw new ArgumentException("A key that signs lists is of the curve P-256.", nameof(key));
    }

    /// <summary>The first 32 bits of SHA-256 over the SubjectPublicKeyInfo.</summary>
    public static uint IdOf(byte[] publicKey) => BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(publicKey));
}
