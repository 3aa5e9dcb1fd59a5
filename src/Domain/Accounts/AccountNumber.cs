using System.Globalization;

namespace Zvonok.Domain.Accounts;

/// <summary>
/// A person's account number: a serial number followed by one check digit, at most 12 digits in all. The check digit is
/// Damm's (a weakly totally anti-symmetric quasigroup of order 10): it catches every single wrong digit and every swap of
/// neighbours, so that a mistyped number never reaches somebody else's purse (M9).
/// </summary>
[GenerateSerializer, Immutable, Alias("zvonok.AccountNumber")]
public readonly record struct AccountNumber : IComparable<AccountNumber>
{
    /// <summary>The largest serial number: 11 digits.</summary>
    public const long SerialMax = 99_999_999_999;

    private static ReadOnlySpan<byte> Damm =>
    [
        0, 3, 1, 7, 5, 9, 8, 6, 4, 2,
        7, 0, 9, 2, 1, 5, 4, 8, 6, 3,
        4, 2, 0, 6, 8, 7, 1, 3, 5, 9,
        1, 7, 5, 0, 9, 8, 3, 4, 2, 6,
        6, 1, 2, 3, 0, 4, 5, 9, 7, 8,
        3, 6, 7, 4, 2, 0, 9, 5, 8, 1,
        5, 8, 6, 9, 7, 2, 0, 1, 3, 4,
        8, 9, 4, 5, 3, 6, 2, 0, 1, 7,
        9, 4, 3, 8, 6, 1, 7, 2, 0, 5,
        2, 5, 8, 1, 4, 3, 6, 7, 9, 0,
    ];

    private AccountNumber(long value) => Value = value;

    /// <summary>The number with its check digit; 0 for the default value, which is nobody's.</summary>
    [Id(0)]
    public long Value { get; private init; }

    /// <summary>The number of a serial number: 1 to <see cref="SerialMax"/>.</summary>
    public static AccountNumber FromSerial(long serial)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(serial);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(serial, SerialMax);
        return new AccountNumber(serial * 10 + CheckDigit(serial));
    }

    /// <summary>Takes a number with its check digit; false when the digit or the range is wrong.</summary>
    public static bool TryFrom(long value, out AccountNumber number)
    {
        number = default;
        if (value is < 10 or > SerialMax * 10 + 9 || CheckDigit(value) != 0) return false;
        number = new AccountNumber(value);
        return true;
    }

    /// <summary>Takes a number from our own storage, which never holds a wrong one; throws when it does.</summary>
    public static AccountNumber From(long value) =>
        TryFrom(value, out var number) ? number : throw new ArgumentException($"{value} is no account number: its check digit is wrong.", nameof(value));

    /// <inheritdoc/>
    public int CompareTo(AccountNumber other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);

    // Over a number that ends in its own check digit the result is 0. Leading zeros change nothing, so a long will do.
    private static int CheckDigit(long value)
    {
        Span<char> digits = stackalloc char[20];
        value.TryFormat(digits, out var length, provider: CultureInfo.InvariantCulture);
        var interim = 0;
        foreach (var digit in digits[..length]) interim = Damm[interim * 10 + (digit - '0')];
        return interim;
    }
}
