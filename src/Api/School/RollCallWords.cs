using System.Globalization;
using System.Resources;
using NodaTime.Text;
using Zvonok.Domain.Notices;

namespace Zvonok.Api.School;

/// <summary>The words of roll calls, in <c>RollCallWords.resx</c> (English) and <c>RollCallWords.ru.resx</c>, and how times are written.</summary>
internal sealed class RollCallWords(NoticeLanguage language)
{
    private static readonly ResourceManager Resources = new("Zvonok.Api.School.RollCallWords", typeof(RollCallWords).Assembly);
    private static readonly LocalDateTimePattern DayAndTime = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:ss");

    private readonly CultureInfo _culture = language == NoticeLanguage.Russian ? new CultureInfo("ru") : CultureInfo.InvariantCulture;

    /// <summary>As a page says in what language it is.</summary>
    public string Code => language == NoticeLanguage.Russian ? "ru" : "en";

    /// <summary>A word by its name.</summary>
    public string this[string name] => Resources.GetString(name, _culture) ?? throw new InvalidOperationException($"RollCallWords.resx has no word {name}.");

    /// <summary>A time in a building's zone.</summary>
    public static string Time(Instant at, BuildingProfile building) => DayAndTime.Format(at.InZone(DateTimeZoneProviders.Tzdb[building.ZoneId]).LocalDateTime);

    /// <summary>A number that is 0 for nothing.</summary>
    public static string Number(long number) => number == 0 ? "" : number.ToString(CultureInfo.InvariantCulture);
}
