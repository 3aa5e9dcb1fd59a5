using System.Globalization;
using Zvonok.Domain.Accounts;

namespace Zvonok.Domain.Tests.Accounts;

[Trait("Rule", "M9")]
public sealed class AccountNumberTests
{
    private static readonly Gen<AccountNumber> Numbers = Gen.OneOf(
        Gen.Long[1, AccountNumber.SerialMax], Gen.Long[1, 999], Gen.Long[AccountNumber.SerialMax - 999, AccountNumber.SerialMax])
        .Select(AccountNumber.FromSerial);

    [Theory]
    // The check digit of 572 is 4: Damm's own example.
    [InlineData(572, 5724)]
    [InlineData(1, 13)]
    [InlineData(AccountNumber.SerialMax, 999_999_999_999)]
    public void A_number_is_a_serial_number_and_its_check_digit(long serial, long value) =>
        AccountNumber.FromSerial(serial).Value.ShouldBe(value);

    [Fact]
    public void Every_wrong_digit_is_caught() => Gen.Select(Numbers, Gen.Int[0, 11], Gen.Int[1, 9]).Sample((number, place, shift) =>
    {
        var digits = Digits(number);
        place %= digits.Length;
        digits[place] = (char)('0' + (digits[place] - '0' + shift) % 10);

        IsNumber(digits).ShouldBeFalse();
    });

    [Fact]
    public void Every_swap_of_neighbours_is_caught() => Gen.Select(Numbers, Gen.Int[0, 11]).Sample((number, place) =>
    {
        var digits = Digits(number);
        place %= digits.Length - 1;
        if (digits[place] == digits[place + 1]) return;
        (digits[place], digits[place + 1]) = (digits[place + 1], digits[place]);

        IsNumber(digits).ShouldBeFalse();
    });

    [Fact]
    public void A_number_has_exactly_one_check_digit() => Numbers.Sample(number =>
    {
        var serial = number.Value / 10;
        Enumerable.Range(0, 10).Count(digit => AccountNumber.TryFrom(serial * 10 + digit, out _)).ShouldBe(1);
    });

    [Fact]
    public void A_number_survives_being_stored_and_typed() => Numbers.Sample(number =>
    {
        AccountNumber.From(number.Value).ShouldBe(number);
        AccountNumber.TryFrom(long.Parse(number.ToString(), CultureInfo.InvariantCulture), out var typed).ShouldBeTrue();
        typed.ShouldBe(number);
    });

    [Fact]
    public void Numbers_sort_as_their_serial_numbers_do() =>
        Gen.Select(Gen.Long[1, 2000], Gen.Long[1, 2000]).Sample((a, b) =>
            Math.Sign(AccountNumber.FromSerial(a).CompareTo(AccountNumber.FromSerial(b))).ShouldBe(Math.Sign(a.CompareTo(b))));

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(-13)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(12)]
    [InlineData(5723)]
    [InlineData(1_000_000_000_000)]
    [InlineData(1_000_000_000_007)]
    [InlineData(long.MaxValue)]
    public void What_is_no_number_is_refused(long value)
    {
        AccountNumber.TryFrom(value, out var number).ShouldBeFalse();
        number.ShouldBe(default);
        Should.Throw<ArgumentException>(() => AccountNumber.From(value)).Message.ShouldStartWith(value.ToString(CultureInfo.InvariantCulture) + " is no account number");
    }

    [Fact]
    public void Nothing_longer_than_12_digits_is_a_number() =>
        Gen.Long[AccountNumber.SerialMax * 10 + 10, AccountNumber.SerialMax * 1000].Sample(value =>
            AccountNumber.TryFrom(value, out _).ShouldBeFalse());

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(AccountNumber.SerialMax + 1)]
    public void A_serial_number_out_of_range_is_refused(long serial) =>
        Should.Throw<ArgumentOutOfRangeException>(() => AccountNumber.FromSerial(serial));

    private static char[] Digits(AccountNumber number) => number.ToString().ToCharArray();

    private static bool IsNumber(char[] digits) => AccountNumber.TryFrom(long.Parse(digits, CultureInfo.InvariantCulture), out _);
}
