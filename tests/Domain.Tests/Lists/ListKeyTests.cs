using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Zvonok.Domain.Accounts;
using Zvonok.Domain.Cards;
using Zvonok.Domain.Lists;

namespace Zvonok.Domain.Tests.Lists;

[Trait("Rule", "C7")]
[Trait("Rule", "O1")]
public sealed class ListKeyTests
{
    private static readonly byte[] Secret = [.. Enumerable.Range(0, ListMasterKey.Length).Select(n => (byte)n)];
    private static readonly ListMasterKey Master = new(Secret);
    private static readonly CardDigest Card = CardDigest.Of([4, 0xa1, 0xb2, 0xc3]);

    [Fact]
    public void A_card_has_a_name_of_its_own_at_each_building_and_under_each_key()
    {
        var other = new ListMasterKey([.. Secret.Reverse()]);

        ((ListToken[])[Master.Of(Given.School).TokenOf(Card), Master.Of(Given.Club).TokenOf(Card), other.Of(Given.School).TokenOf(Card)]).Distinct().Count().ShouldBe(3);
        Master.Of(Given.School).TokenOf(Card).ShouldBe(new ListMasterKey(Secret).Of(Given.School).TokenOf(Card));
    }

    // As a vendor would work it out.
    [Fact]
    public void A_cards_name_is_a_keyed_hash_of_its_digest_under_the_buildings_key()
    {
        var building = HMACSHA256.HashData(Secret, Encoding.ASCII.GetBytes("zvonok list key of building 1501"));
        var expected = HMACSHA256.HashData(building, SHA256.HashData([.. "zvonok card "u8, 4, 0xa1, 0xb2, 0xc3]).AsSpan(0, 16));

        Master.Of(Given.School).ToBytes().ShouldBe(building);
        Master.Of(Given.School).TokenOf(Card).Value.ShouldBe(BinaryPrimitives.ReadUInt64BigEndian(expected));
    }

    [Fact]
    public void Many_threads_may_use_one_key_at_a_time()
    {
        var school = Master.Of(Given.School);
        var cards = Enumerable.Range(0, 10_000).Select(n => CardDigest.Of(BitConverter.GetBytes(n))).ToArray();
        var expected = cards.Select(card => Master.Of(Given.School).TokenOf(card)).ToArray();

        cards.AsParallel().AsOrdered().Select(school.TokenOf).ToArray().ShouldBe(expected);
    }

    [Fact]
    public void A_product_has_a_mark_of_its_own_for_each_operator_and_building()
    {
        var school = Master.Of(Given.School);

        ((uint[])
        [
            school.MarkOf(ContraAccount.Operator(7), "NUTS"), school.MarkOf(ContraAccount.Operator(8), "NUTS"), school.MarkOf(ContraAccount.Operator(7), "NUT"),
            Master.Of(Given.Club).MarkOf(ContraAccount.Operator(7), "NUTS"),
        ]).Distinct().Count().ShouldBe(4);
    }

    [Fact]
    public void A_key_is_copied_and_never_printed()
    {
        var buffer = (byte[])Secret.Clone();
        var key = new ListMasterKey(buffer);
        Array.Clear(buffer);

        key.Of(Given.School).TokenOf(Card).ShouldBe(Master.Of(Given.School).TokenOf(Card));
        (key.ToString(), key.Of(Given.School).ToString()).ShouldBe(("ListMasterKey", "ListKey"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void A_key_of_any_other_length_is_refused(int length)
    {
        Should.Throw<ArgumentException>(() => new ListMasterKey(new byte[length])).Message.ShouldStartWith($"A list key has 32 bytes, not {length}.");
        Should.Throw<ArgumentException>(() => new ListKey(1, new byte[length])).Message.ShouldStartWith($"A list key has 32 bytes, not {length}.");
    }

    [Fact]
    public void Several_keys_are_found_by_their_names_and_the_first_is_the_newest()
    {
        var older = new ListMasterKey(new byte[32]);
        var keys = new ListKeys(Master, older);

        keys.Newest.ShouldBe(Master);
        keys.Find(older.Id).ShouldBe(older);
        keys.Find(unchecked(Master.Id + older.Id)).ShouldBeNull();
        Should.Throw<ArgumentException>(() => new ListKeys());
        Should.Throw<ArgumentException>(() => new ListKeys(Master, new ListMasterKey(Secret)));
    }
}
