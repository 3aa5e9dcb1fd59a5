using Zvonok.Domain.Cards;

namespace Zvonok.Domain.Tests.Cards;

[Trait("Rule", "C7")]
public sealed class TokenKeyTests
{
    private static readonly byte[] Secret = [.. Enumerable.Range(0, TokenKey.Length).Select(n => (byte)n)];

    // Worked out with another implementation: the first 16 bytes of HMAC-SHA-256 over the number.
    [Theory]
    [InlineData("04a1b2c3", "ba279e0c1e5c2464a48d78354dc9c1dd")]
    [InlineData("04a1b2c3d4e5f6", "34ebad1fe03df3bfbc7a3b6df1f0ac0a")]
    [InlineData("000102030405060708090a0b0c0d0e0f", "d8b99f2709a3ca74172cbe93824c1f29")]
    public void A_token_is_a_keyed_hash_of_the_radio_number_and_a_stored_format(string uid, string token) =>
        new TokenKey(Secret).TokenOf(Convert.FromHexString(uid)).ToString().ShouldBe(token);

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
    public void A_token_reads_as_32_hexadecimal_digits() =>
        new CardToken(Guid.Parse("00112233-4455-6677-8899-aabbccddeeff")).ToString().ShouldBe("00112233445566778899aabbccddeeff");
}
