using System.Security.Cryptography;
using Zvonok.Domain.Lists;

namespace Zvonok.Domain.Tests.Lists;

[Trait("Rule", "O1")]
public sealed class ListSignerTests : IDisposable
{
    private readonly ListSigner _signer = new(ListSigner.NewKey());

    [Fact]
    public void What_the_core_has_signed_is_known_as_such_and_every_changed_bit_is_found()
    {
        using var verifier = new ListVerifier(_signer.PublicKey);
        Gen.Select(Gen.Byte.Array[1, 60], Gen.Int[0, int.MaxValue]).Sample((content, at) =>
        {
            var signature = _signer.Sign(content);
            verifier.IsSigned(content, _signer.KeyId, signature).ShouldBeTrue();
            var bit = at % (8 * (content.Length + signature.Length));
            if (bit / 8 < content.Length) content[bit / 8] ^= (byte)(1 << bit % 8);
            else signature[bit / 8 - content.Length] ^= (byte)(1 << bit % 8);

            verifier.IsSigned(content, _signer.KeyId, signature).ShouldBeFalse();
        }, iter: 1_000);
    }

    [Fact]
    public void A_device_that_knows_two_keys_takes_lists_signed_with_either_while_the_core_changes_its_own()
    {
        using var next = new ListSigner(ListSigner.NewKey());
        using var stranger = new ListSigner(ListSigner.NewKey());
        using var verifier = new ListVerifier(_signer.PublicKey, next.PublicKey);

        foreach (var signer in (ListSigner[])[_signer, next]) verifier.IsSigned([1, 2, 3], signer.KeyId, signer.Sign([1, 2, 3])).ShouldBeTrue();
        verifier.IsSigned([1, 2, 3], stranger.KeyId, stranger.Sign([1, 2, 3])).ShouldBeFalse();
        verifier.IsSigned([1, 2, 3], _signer.KeyId, next.Sign([1, 2, 3])).ShouldBeFalse();
        verifier.IsSigned([1, 2, 3], _signer.KeyId, [.. _signer.Sign([1, 2, 3]), 0]).ShouldBeFalse();
    }

    [Fact]
    public void Only_a_private_key_of_P_256_signs()
    {
        using var small = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var mine = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        Should.Throw<ArgumentException>(() => new ListSigner(small.ExportPkcs8PrivateKeyPem()));
        Should.Throw<ArgumentException>(() => new ListVerifier(small.ExportSubjectPublicKeyInfo()));
        Should.Throw<CryptographicException>(() => new ListSigner(mine.ExportSubjectPublicKeyInfoPem()));
        Should.Throw<ArgumentException>(() => new ListSigner("no key"));
    }

    public void Dispose() => _signer.Dispose();
}
