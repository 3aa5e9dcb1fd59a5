using Google.Protobuf.WellKnownTypes;
using Zvonok.Domain;
using Zvonok.Gate.V1;
using Zvonok.Till.V1;

namespace Zvonok.Api.Tests.Shapes;

// The ways in which fields of one kind can be wrong, whatever request they are in.
internal static partial class BadFields
{
    private static IEnumerable<BadField<T>> Days<T>(string field, Action<T, Google.Type.Date?> set) =>
    [
        new(field, "missing", (request, _) => set(request, null)),
        new(field, "no day", (request, _) => set(request, new() { Year = 2026, Month = 9 })),
        new(field, "31 September", (request, _) => set(request, new() { Year = 2026, Month = 9, Day = 31 })),
        new(field, "too early", (request, _) => set(request, new() { Year = 1999, Month = 12, Day = 31 })),
        new(field, "too late", (request, _) => set(request, new() { Year = 3000, Month = 1, Day = 1 })),
        new(field, "the last day of all", (request, _) => set(request, new() { Year = 9999, Month = 12, Day = 31 })),
    ];

    private static IEnumerable<BadField<T>> Dates<T>(string field, Action<T, Google.Type.Date?> set) =>
    [
        new(field, "missing", (request, _) => set(request, null)),
        new(field, "no month", (request, _) => set(request, new() { Year = 2030, Day = 1 })),
        new(field, "31 June", (request, _) => set(request, new() { Year = 2030, Month = 6, Day = 31 })),
        new(field, "no year", (request, _) => set(request, new() { Year = 10_000, Month = 1, Day = 1 })),
    ];

    private static IEnumerable<BadField<T>> Operations<T>(Action<T, ByteString> set) =>
    [
        new("operation_id", "missing", (request, _) => set(request, ByteString.Empty)),
        new("operation_id", "too short", (request, server) => set(request, ByteString.CopyFrom(server.NewId().Span[..15]))),
        new("operation_id", "too long", (request, server) => set(request, ByteString.CopyFrom([.. server.NewId().Span, 0]))),
        new("operation_id", "a UUIDv4", (request, _) => set(request, Uuid4)),
        new("operation_id", "of another variant", (request, server) => set(request, WithByte(server.NewId(), 8, 0xC0))),
        new("operation_id", "from the future", (request, server) => set(request, server.NewId(NodaTime.Duration.FromMinutes(11)))),
        new("operation_id", "from after the year 9999", (request, server) => set(request, WithByte(server.NewId(), 0, 0xFF))),
    ];

    // Another thing than that nobody walked through: it names no passage.
    private static ReportGateEventRequest Seen(ReportGateEventRequest request, GateEventKind kind)
    {
        (request.Kind, request.PassageNumber, request.PassageOperationId) = (kind, 0, ByteString.Empty);
        return request;
    }

    private static IEnumerable<BadField<T>> Uids<T>(Action<T, ByteString> set) =>
    [
        new("card_uid", "missing", (request, _) => set(request, ByteString.Empty)),
        new("card_uid", "too short", (request, _) => set(request, ByteString.CopyFrom(new byte[3]))),
        new("card_uid", "too long", (request, _) => set(request, ByteString.CopyFrom(new byte[17]))),
    ];

    private static IEnumerable<BadField<T>> Ids<T>(string field, Action<T, int> set) =>
    [
        new(field, "missing", (request, _) => set(request, 0)),
        new(field, "negative", (request, _) => set(request, -1)),
        new(field, "too large", (request, _) => set(request, Limits.IdMax + 1)),
    ];

    private static IEnumerable<BadField<T>> Enums<T>(string field, Action<T, int> set) =>
    [
        new(field, "unspecified", (request, _) => set(request, 0)),
        new(field, "unknown", (request, _) => set(request, 99)),
        new(field, "negative", (request, _) => set(request, -1)),
        new(field, "beyond 16 bits", (request, _) => set(request, 65_537)),
    ];

    private static IEnumerable<BadField<T>> Accounts<T>(Action<T, long> set, Func<T, long> get) =>
    [
        new("account_number", "missing", (request, _) => set(request, 0)),
        new("account_number", "negative", (request, _) => set(request, -get(request))),
        new("account_number", "a wrong check digit", (request, _) => set(request, Mistyped(get(request)))),
        new("account_number", "two neighbours swapped", (request, _) => set(request, Swapped(get(request)))),
        new("account_number", "too long", (request, _) => set(request, long.MaxValue)),
    ];

    private static IEnumerable<BadField<T>> HistoryDates<T>(string field, Action<T, Google.Type.Date> set) =>
    [
        new(field, "empty", (request, _) => set(request, new())),
        new(field, "before the years of histories", (request, _) => set(request, Day(1999, 12, 31))),
        new(field, "after the years of histories", (request, _) => set(request, Day(3000, 1, 1))),
        new(field, "no month", (request, _) => set(request, Day(2026, 13, 1))),
        new(field, "only a month", (request, _) => set(request, Day(2026, 9, 0))),
        new(field, "no day of its month", (request, _) => set(request, Day(2026, 2, 29))),
    ];

    private static IEnumerable<BadField<T>> Times<T>(Action<T, Timestamp> set) => BadTimes.Select(time =>
        new BadField<T>("event_time", $"{time.Seconds} s {time.Nanos} ns", (request, _) => set(request, time.Clone())));

    // That each field of a line is looked at; all the ways in which it can be wrong are among those of a sale.
    private static IEnumerable<BadField<T>> Lines<T>(Func<T, Google.Protobuf.Collections.RepeatedField<SaleLine>> lines) =>
    [
        new("lines", "none", (request, _) => lines(request).Clear()),
        new("lines[1].product_code", "missing", (request, _) => lines(request)[1].ProductCode = ""),
        .. Enums<T>("lines[0].category", (request, value) => lines(request)[0].Category = (ProductCategory)value),
        new("lines[0].quantity", "missing", (request, _) => lines(request)[0].Quantity = 0),
        new("lines[0].unit_price_kopecks", "negative", (request, _) => lines(request)[0].UnitPriceKopecks = -1),
        new("lines[1].allergens", "unknown", (request, _) => lines(request)[1].Allergens.Add((Allergen)15)),
    ];

    private static Zvonok.Till.V1.StopListOverride Override(byte[]? uid = null, string reason = "It is all there is") =>
        new() { EmployeeCardUid = ByteString.CopyFrom(uid ?? [1, 2, 3, 4]), Reason = reason };

    private static ByteString WithByte(ByteString id, int at, byte value)
    {
        var bytes = id.ToByteArray();
        bytes[at] = value;
        return ByteString.CopyFrom(bytes);
    }

    // The first two neighbours that differ.
    private static long Swapped(long number)
    {
        var digits = number.ToString(System.Globalization.CultureInfo.InvariantCulture).ToCharArray();
        var at = Enumerable.Range(0, digits.Length - 1).First(at => at > 0 && digits[at] != digits[at + 1]);
        (digits[at], digits[at + 1]) = (digits[at + 1], digits[at]);
        return long.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
    }

    // The next check digit, of the same number: to count up would carry, and one number in a hundred is right again.
    private static long Mistyped(long number) => number / 10 * 10 + (number + 1) % 10;
}
