using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Zvonok.Api.Hosting;

namespace Zvonok.Api.Shapes;

/// <summary>Checks of single fields. Each returns the domain's value, or names the field and how it should be.</summary>
internal static class Check
{
    private const int PageSizeDefault = 50;
    private const int PageSizeMax = 200;

    public static OperationId Operation(ByteString bytes, string field = "operation_id") => OperationId.TryRead(bytes.Span, out var id)
        ? id
        : throw Bad(field, "16 bytes of a UUIDv7, big endian, made anew for every new operation");

    public static byte[] Uid(ByteString bytes) => bytes.Length is >= CardDigest.UidLengthMin and <= CardDigest.UidLengthMax
        ? bytes.ToByteArray()
        : throw Bad("card_uid", $"the card's radio number, {CardDigest.UidLengthMin} to {CardDigest.UidLengthMax} bytes");

    public static CardToken Token(TokenKey key, ByteString uid, string field = "card_uid") => uid.Length is >= CardDigest.UidLengthMin and <= CardDigest.UidLengthMax
        ? key.TokenOf(uid.Span)
        : throw Bad(field, $"the card's radio number, {CardDigest.UidLengthMin} to {CardDigest.UidLengthMax} bytes");

    public static AccountNumber Account(long number, string field = "account_number") => AccountNumber.TryFrom(number, out var account)
        ? account
        : throw Bad(field, "an account number with its check digit; this one is mistyped");

    public static int Id(int id, string field) => id is >= 1 and <= Limits.IdMax
        ? id
        : throw Bad(field, $"1 to {Limits.IdMax}");

    public static Money Amount(long kopecks, string field, long min = 1) => kopecks >= min && kopecks <= Limits.AmountMax
        ? new Money(kopecks)
        : throw Bad(field, $"{min} to {Limits.AmountMax} kopecks");

    public static Money? OptionalAmount(bool has, long kopecks, string field) => has ? Amount(kopecks, field, min: 0) : null;

    public static Instant? Time(Timestamp? time, string field = "event_time")
    {
        if (time is null) return null;
        // 0001 to 9999, as protobuf has it; NodaTime could not hold all that 64 bits can say.
        if (time.Seconds is < -62135596800 or > 253402300799 || time.Nanos is < 0 or > 999_999_999) throw Bad(field, "a time between the years 1 and 9999");
        return Instant.FromUnixTimeSeconds(time.Seconds).PlusNanoseconds(time.Nanos);
    }

    public static LocalDate Date(Google.Type.Date? date, string field)
    {
        if (date is not { Year: >= 1 and <= 9999, Month: >= 1 and <= 12, Day: >= 1 } || date.Day > CalendarSystem.Iso.GetDaysInMonth(date.Year, date.Month))
            throw Bad(field, "a whole calendar date between the years 1 and 9999");
        return new LocalDate(date.Year, date.Month, date.Day);
    }

    /// <summary>A day of a history: nothing is recorded before or after these years.</summary>
    public static LocalDate HistoryDate(Google.Type.Date? date, string field) => date is { Year: >= 2000 and <= 2999 }
        ? Date(date, field)
        : throw Bad(field, "a whole calendar date between the years 2000 and 2999");

    public static string Text(string text, int lengthMax, string field) =>
        text.Length >= 1 && text.Length <= lengthMax && text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0
            ? text
            : throw Bad(field, $"1 to {lengthMax} printable ASCII characters");

    /// <summary>
    /// Words of people: letters of any script, but nothing that could break a mail's header or hide what it says.
    /// </summary>
    public static string Words(string text, int lengthMax, string field) =>
        !string.IsNullOrWhiteSpace(text) && text.Length <= lengthMax && text.EnumerateRunes().All(IsPrintable)
            ? text
            : throw Bad(field, $"1 to {lengthMax} characters, not only blanks and no control characters");

    public static string Zone(string zone, string field = "time_zone") => Domain.Time.Calendars.TryGetZone(zone, out _)
        ? zone
        : throw Bad(field, "the IANA name of a time zone, such as Europe/Moscow");

    /// <summary>The domain's value of a proto enumeration whose zero means that it was not set.</summary>
    public static TDomain Enum<TDomain>(int value, string field)
        where TDomain : struct, System.Enum =>
        value != 0 && Named<TDomain>.ByNumber.TryGetValue(value, out var domain) ? domain : throw Bad(field, $"one of {Named<TDomain>.All}");

    /// <summary>How many a page of any list has.</summary>
    public static int PageSize(int asked) => asked switch
    {
        0 => PageSizeDefault,
        >= 1 and <= PageSizeMax => asked,
        _ => throw Bad("page_size", $"1 to {PageSizeMax}, or 0 for {PageSizeDefault}"),
    };

    [DoesNotReturn]
    public static void Fail(string field, string shouldBe) => throw Bad(field, shouldBe);

    public static BadFieldException Bad(string field, string shouldBe) => new(field, $"should be {shouldBe}.");

    private static bool IsPrintable(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned);

    // Looked up and not converted: conversion puts numbers on the heap, for each tap.
    private static class Named<TDomain>
        where TDomain : struct, System.Enum
    {
        public static readonly FrozenDictionary<int, TDomain> ByNumber =
            System.Enum.GetValues<TDomain>().ToFrozenDictionary(static named => Convert.ToInt32(named, CultureInfo.InvariantCulture));

        public static readonly string All = string.Join(", ", System.Enum.GetValues<TDomain>().Where(static named => !named.Equals(default(TDomain))));
    }
}
