using Zvonok.Domain.Cards;

namespace Zvonok.Domain.Tests.Cards;

[Trait("Rule", "C7")]
public sealed class TokenKeyTests
{
    private static readonly byte[] Secret = [.. Enumerable.Range(0, TokenKey.Length).Select(n => (byte)n)];

    // Worked out with another implementation: the first 16 bytes of SHA-256 over "zvonok card " and the number, as one block of AES-256.
    [Theory]
    [InlineData("04a1b2c3", "b3e70cf2ba51dfc841762de97ad051a4")]
    [InlineData("04a1b2c3d4e5f6", "05ed285a1d613e19e0adba9b4fcfa735")]
    [InlineData("000102030405060708090a0b0c0d0e0f", "a14efa581f0f78c51c45f54766924953")]
    public void A_token_is_a_keyed_hash_of_the_radio_number_and_a_stored_format(string uid, string token) =>
        new TokenKey(Secret).TokenOf(Convert.FromHexString(uid)).ToString().ShouldBe(token);

    [Fact]
    public void The_key_leads_back_from_a_token_to_what_a_device_makes_of_the_number_and_another_key_leads_nowhere()
    {
        var uid = new byte[] { 4, 1, 2, 3 };
        var token = new TokenKey(Secret).TokenOf(uid);

        new TokenKey(Secret).DigestOf(token).ShouldBe(CardDigest.Of(uid));
        new TokenKey(new byte[TokenKey.Length]).DigestOf(token).ShouldNotBe(CardDigest.Of(uid));
    }

    [Fact]
    public void Many_threads_may_use_one_key_at_a_time()
    {
        var key = new TokenKey(Secret);
        var uids = Enumerable.Range(0, 10_000).Select(BitConverter.GetBytes).ToArray();
        var expected = uids.Select(uid => new TokenKey(Secret).TokenOf(uid)).ToArray();

        uids.AsParallel().AsOrdered().Select(uid => key.TokenOf(uid)).ToArray().ShouldBe(expected);
    }

    [Fact]
    public void Another_key_gives_another_token()
    {
        var rotated = (byte[])Secret.Clone();
        rotated[31] ^= 1;
        var uid = new byte[] { 4, 1, 2, 3 };

        new TokenKey(rotated).TokenOf(uid).ShouldNotBe(new TokenKey(Secret).TokenOf(uid));
    }

    [Fact]
    public void A_key_is_copied_so_that_clearing_the_callers_buffer_changes_nothing()
    {
        var buffer = (byte[])Secret.Clone();
        var key = new TokenKey(buffer);
        Array.Clear(buffer);

        key.TokenOf([4, 1, 2, 3]).ShouldBe(new TokenKey(Secret).TokenOf([4, 1, 2, 3]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void A_key_of_any_other_length_is_refused(int length) =>
        Should.Throw<ArgumentException>(() => new TokenKey(new byte[length])).Message.ShouldStartWith($"A token key has 32 bytes, not {length}.");

    [Theory]
    [InlineData(3)]
    [InlineData(17)]
    public void A_radio_number_of_any_other_length_is_refused(int length) =>
        Should.Throw<ArgumentException>(() => new TokenKey(Secret).TokenOf(new byte[length]))
            .Message.ShouldStartWith($"A radio number has 4 to 16 bytes, not {length}.");

    [Fact]
    public void A_key_has_a_name_that_tells_it_from_others_and_nothing_of_it()
    {
        var key = new TokenKey(Secret);

        key.Id.ShouldMatch("^[0-9a-f]{8}$");
        key.Id.ShouldBe(new TokenKey(Secret).Id);
        key.Id.ShouldNotBe(new TokenKey(new byte[TokenKey.Length]).Id);
        Convert.ToHexStringLower(Secret).ShouldNotContain(key.Id);
    }

    [Fact]
    public void A_printed_key_is_not_the_key() => new TokenKey(Secret).ToString().ShouldBe("TokenKey");

    [Fact]
    public void A_printed_digest_is_not_the_digest() => CardDigest.Of([4, 1, 2, 3]).ToString().ShouldBe("CardDigest");

    [Fact]
    public void A_token_reads_as_32_hexadecimal_digits() =>
        new CardToken(Guid.Parse("00112233-4455-6677-8899-aabbccddeeff")).ToString().ShouldBe("00112233445566778899aabbccddeeff");
}
