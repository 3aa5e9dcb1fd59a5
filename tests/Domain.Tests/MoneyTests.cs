namespace Zvonok.Domain.Tests;

public sealed class MoneyTests
{
    [Fact]
    public void Sums_and_differences_are_those_of_the_kopecks() => Gen.Select(Gen.Int, Gen.Int).Sample((a, b) =>
    {
        (new Money(a) + new Money(b)).Kopecks.ShouldBe((long)a + b);
        (new Money(a) - new Money(b)).Kopecks.ShouldBe((long)a - b);
        (-new Money(a)).Kopecks.ShouldBe(-(long)a);
        (new Money(a) * b).Kopecks.ShouldBe((long)a * b);
    });

    [Fact]
    public void Amounts_compare_as_their_kopecks_do() => Gen.Select(Gen.Int[-3, 3], Gen.Int[-3, 3]).Sample((a, b) =>
    {
        (new Money(a) > new Money(b)).ShouldBe(a > b);
        (new Money(a) < new Money(b)).ShouldBe(a < b);
        (new Money(a) >= new Money(b)).ShouldBe(a >= b);
        (new Money(a) <= new Money(b)).ShouldBe(a <= b);
        Math.Sign(new Money(a).CompareTo(new Money(b))).ShouldBe(Math.Sign(a.CompareTo(b)));
    });

    [Fact]
    public void A_sum_beyond_64_bits_throws() => Should.Throw<OverflowException>(() => new Money(long.MaxValue) + new Money(1));

    [Fact]
    public void A_difference_beyond_64_bits_throws() => Should.Throw<OverflowException>(() => new Money(long.MinValue) - new Money(1));

    [Fact]
    public void The_negative_of_the_least_amount_throws() => Should.Throw<OverflowException>(() => -new Money(long.MinValue));

    [Fact]
    public void A_product_beyond_64_bits_throws() => Should.Throw<OverflowException>(() => new Money(long.MaxValue / 2 + 1) * 2);

    [Fact]
    public void No_money_is_zero_kopecks() => Money.Zero.Kopecks.ShouldBe(0);

    [Theory]
    [InlineData(0, "0.00")]
    [InlineData(5, "0.05")]
    [InlineData(100, "1.00")]
    [InlineData(-5, "-0.05")]
    [InlineData(-1205, "-12.05")]
    [InlineData(1_000_000_00, "1000000.00")]
    [InlineData(long.MinValue, "-92233720368547758.08")]
    public void Text_is_roubles_and_kopecks(long kopecks, string text) => new Money(kopecks).ToString().ShouldBe(text);
}
