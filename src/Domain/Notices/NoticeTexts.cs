using System.Globalization;
using System.Resources;
using NodaTime.Text;
using Zvonok.Domain.Buildings;

namespace Zvonok.Domain.Notices;

/// <summary>
/// Writes notices in the guardian's language, with the event's time in the child's zone; the words are in
/// <c>NoticeTexts.resx</c> (English) and <c>NoticeTexts.ru.resx</c>. Nothing in them shames the child.
/// </summary>
public static class NoticeTexts
{
    private static readonly ResourceManager Resources = new("Zvonok.Domain.Notices.NoticeTexts", typeof(NoticeTexts).Assembly);
    private static readonly Words Russian = new(new CultureInfo("ru"));
    private static readonly Words English = new(CultureInfo.InvariantCulture);

    /// <summary>The text of a notice that leaves now.</summary>
    public static NoticeText Write(Notice notice, Instant now)
    {
        var words = notice.Language == NoticeLanguage.Russian ? Russian : English;
        var child = string.IsNullOrEmpty(notice.ChildName) ? words["Child"] : notice.ChildName;
        var body = words.Format(
            $"{notice.Kind}Body",
            child,
            words.Time(notice),
            notice.Building.ToString(),
            words.Money(notice.Amount),
            words.Money(notice.Balance),
            words.Money(notice.Threshold),
            string.Concat(notice.Lines.Select(line => words.Format("Line", line.ProductCode, line.Quantity.ToString(CultureInfo.InvariantCulture), words.Money(line.Total)))),
            notice.Reason ?? "",
            notice.Escort is { } escort ? words.Format("Adult", escort.ToString()) : words["AdultUnknown"],
            notice.Direction == Direction.Out ? words["ToCollect"] : words["ToBring"],
            notice.Refusal == TapRefusal.None ? "" : words[$"Refused{notice.Refusal}"]);
        return new NoticeText(
            words.Format($"{notice.Kind}Subject", child),
            NoticeRules.IsLate(notice, now) ? $"{body}\n{words["Late"]}" : body);
    }

    /// <summary>The texts of one language, looked up once.</summary>
    private sealed class Words(CultureInfo culture)
    {
        private readonly System.Collections.Concurrent.ConcurrentDictionary<string, string> _texts = new();
        private LocalDateTimePattern? _time;

        public string this[string name] => _texts.GetOrAdd(name, static (name, culture) =>
            Resources.GetString(name, culture) ?? throw new InvalidOperationException($"NoticeTexts.resx has no text {name}."), culture);

        public string Format(string name, params object[] parts) => string.Format(CultureInfo.InvariantCulture, this[name], parts);

        public string Time(Notice notice)
        {
            var pattern = _time ??= LocalDateTimePattern.CreateWithInvariantCulture(this["Time"]);
            return pattern.Format(notice.EventAt.InZone(DateTimeZoneProviders.Tzdb[notice.ZoneId]).LocalDateTime);
        }

        public string Money(Money money) => Format("Money", money.ToString().Replace(".", this["DecimalPoint"], StringComparison.Ordinal));
    }
}

/// <summary>A notice in words.</summary>
/// <param name="Subject">One line.</param>
/// <param name="Body">What happened, when and where.</param>
public sealed record NoticeText(string Subject, string Body);
