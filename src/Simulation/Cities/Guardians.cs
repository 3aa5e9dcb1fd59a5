using System.Globalization;
using Zvonok.Registry.V1;

namespace Zvonok.Simulation.Cities;

/// <summary>
/// Who is told of a city's pupils: of every ten, seven have a guardian with an app, and every second of those gets mails as well, one and a half channels on
/// average.
/// </summary>
/// <param name="city">The city.</param>
/// <param name="app">The app's back end.</param>
/// <param name="hasMail">False: nobody gets mails; then every second guardian has a second app.</param>
public sealed class Guardians(City city, Uri app, bool hasMail)
{
    /// <summary>They are told of a balance below, in kopecks.</summary>
    public const long LowBalance = 100_00;

    /// <summary>How many are subscribed: guardian, child and channel.</summary>
    public long Count => Rows().LongCount();

    /// <summary>True when somebody is told of that pupil.</summary>
    public static bool IsToldOf(int pupil) => pupil % 10 < 7;

    /// <summary>True when they are told twice.</summary>
    public static bool IsToldTwice(int pupil) => IsToldOf(pupil) && pupil % 2 == 0;

    /// <summary>The import's messages.</summary>
    public IEnumerable<ImportRequest> Messages() => Rows().Chunk(CityImport.RowsPerMessage).Select(chunk => new ImportRequest { Rows = { chunk } });

    private IEnumerable<Row> Rows()
    {
        for (var index = 0; index < city.Plan.Pupils; index++)
        {
            if (!IsToldOf(index)) continue;
            yield return RowOf(index, Channel.Webhook, app.ToString());
            if (!IsToldTwice(index)) continue;
            yield return hasMail
                ? RowOf(index, Channel.Email, string.Create(CultureInfo.InvariantCulture, $"guardian-{index}@example.org"))
                : RowOf(index, Channel.Webhook, $"{app}?second");
        }
    }

    private Row RowOf(int index, Channel channel, string address) => new()
    {
        Subscription = new Subscription
        {
            AccountNumber = city.PupilAt(index).Account.Value,
            Guardian = string.Create(CultureInfo.InvariantCulture, $"guardian-{index}"),
            Channel = channel,
            Address = address,
            Kinds = { NoticeKind.Came, NoticeKind.Left, NoticeKind.Bought, NoticeKind.ToppedUp, NoticeKind.LowBalance },
            Language = index % 3 == 0 ? Language.English : Language.Russian,
            LowBalanceKopecks = LowBalance,
        },
    };
}
