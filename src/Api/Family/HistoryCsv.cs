using System.Globalization;
using System.Resources;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Google.Protobuf;
using NodaTime.Text;
using Zvonok.Domain.Notices;
using HistoryRecord = Zvonok.Grains.Journal.HistoryRecord;

namespace Zvonok.Api.Family;

/// <summary>
/// Writes a history as a CSV file, piece by piece. The words are in <c>HistoryCsv.resx</c> (English) and <c>HistoryCsv.ru.resx</c>: those of the columns, of every kind of
/// entry, of meals and of purses.
/// </summary>
internal sealed class HistoryCsv(NoticeLanguage language, string zoneId)
{
    private static readonly string[] Columns =
        ["Date", "Time", "Event", "Building", "Meal", "Items", "Purse", "Amount", "MealBalance", "TransportBalance", "OtherSide", "Payer", "Number", "TakesBack", "Recorded"];

    private static readonly CsvConfiguration Format = new(CultureInfo.InvariantCulture) { NewLine = "\r\n" };
    private static readonly ResourceManager Resources = new("Zvonok.Api.Family.HistoryCsv", typeof(HistoryCsv).Assembly);
    private static readonly LocalDatePattern Day = LocalDatePattern.Iso;
    private static readonly LocalTimePattern Time = LocalTimePattern.CreateWithInvariantCulture("HH:mm:ss");
    private static readonly LocalDateTimePattern DayAndTime = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:ss");

    private readonly CultureInfo _culture = language == NoticeLanguage.Russian ? new CultureInfo("ru") : CultureInfo.InvariantCulture;
    private readonly DateTimeZone _zone = DateTimeZoneProviders.Tzdb[zoneId];
    private bool _isBegun;

    /// <summary>The next piece; the first one begins with the header.</summary>
    public ByteString Write(IReadOnlyList<HistoryRecord> records)
    {
        using var piece = new MemoryStream();
        using (var csv = new CsvWriter(new StreamWriter(piece, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true), Format))
        {
            if (!_isBegun) WriteLine(csv, Columns.Select(Word));
            _isBegun = true;
            foreach (var record in records) WriteLine(csv, record.Entry is { } entry ? Cells(entry) : Cells(record.Passage!));
        }

        return ByteString.CopyFrom(piece.GetBuffer(), 0, (int)piece.Length);
    }

    private static void WriteLine(CsvWriter csv, IEnumerable<string> cells)
    {
        foreach (var cell in cells) csv.WriteField(cell);
        csv.NextRecord();
    }

    private string[] Cells(Entry entry) =>
    [
        .. When(entry.EventAt), Word(entry.Kind.ToString()), "", entry.Meal is { } meal ? Word(meal.ToString()) : "",
        Harmless(string.Join("; ", entry.Lines.Select(line => string.Create(CultureInfo.InvariantCulture, $"{line.ProductCode} ×{line.Quantity} {line.Total}")))),
        entry.Purse == Purse.None ? "" : Word($"{entry.Purse}Purse"), entry.Amount.ToString(), entry.MealAfter.ToString(), entry.TransportAfter.ToString(),
        OtherSideOf(entry), entry.Payer == ContraAccount.None ? "" : entry.Payer.ToString(),
        Number(entry.Seq), entry.ReversedSeq == 0 ? "" : Number(entry.ReversedSeq), DayAndTime.Format(Local(entry.RecordedAt)),
    ];

    private string[] Cells(Passage passage) =>
    [
        .. When(passage.EventAt), Word(EventOf(passage)), passage.Building.ToString(), "", Harmless(passage.Vouching?.Reason ?? ""), "", "", "", "", passage.Escort is { } adult ? $"account/{adult}" : "", "",
        Number(passage.Seq), passage.Annulment is { } annulment ? Number(annulment.Seq) : "", DayAndTime.Format(Local(passage.RecordedAt)),
    ];

    private string[] When(Instant at) => [Day.Format(Local(at).Date), Time.Format(Local(at).TimeOfDay)];

    private LocalDateTime Local(Instant at) => at.InZone(_zone).LocalDateTime;

    private static string EventOf(Passage passage) => passage switch
    {
        { Outcome: PassageOutcome.Refused } => "NotAdmitted",
        { Kind: PassageKind.NotPassed } => "DidNotPass",
        { Kind: PassageKind.FoundMark, Flag: PassageFlag.TakenBack } => "NotFound",
        { Kind: PassageKind.FoundMark } => "Found",
        { Kind: PassageKind.HandOver, Direction: Direction.Out } => "Collected",
        { Kind: PassageKind.HandOver } => "Brought",
        { Direction: Direction.Out } => "WentOut",
        _ => "CameIn",
    };

    // A transfer's other side is a purse of an account, what is under way between them is nobody's.
    private static string OtherSideOf(Entry entry) =>
        entry.Counterpart is { } other ? $"account/{other.Account}" : entry.Contra == ContraAccount.None ? "" : entry.Contra.ToString();

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    // A till's operator chooses the product codes, and a spreadsheet would run one that begins so.
    private static string Harmless(string words) => words.Length > 0 && "=+-@\t\r".Contains(words[0], StringComparison.Ordinal) ? $"'{words}" : words;

    private string Word(string name) => Resources.GetString(name, _culture) ?? throw new InvalidOperationException($"HistoryCsv.resx has no word {name}.");
}
