using System.Collections.Concurrent;
using System.Globalization;
using NodaTime;
using Zvonok.Channels.Mail;
using Zvonok.Domain.Notices;
using Zvonok.Grains.Feed;
using Zvonok.Grains.Notices;
using Zvonok.Simulation.Days;
using Zvonok.Simulation.Receivers;

namespace Zvonok.Silo.Demo;

/// <summary>The other ends of the notices: a small mail server and the back end of an app, on sockets of their own.</summary>
internal sealed class DemoReceivers : IAsyncDisposable
{
    private const int PageMax = 10_000;

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly MailReceiver _mail = MailReceiver.Begin();
    private readonly WebhookReceiver _app;
    private readonly ConcurrentDictionary<ChannelKind, int> _dueBy = new();
    private IReadOnlyDictionary<string, Instant> _due = new Dictionary<string, Instant>();

    private DemoReceivers(WebhookReceiver app) => _app = app;

    /// <summary>Where the app's notices go.</summary>
    public Uri App => _app.Address;

    /// <summary>How many arrived so far, repeats included.</summary>
    public long Count => _app.Count + _mail.Arrivals.Count;

    /// <summary>How many were due by the rules; 0 before that is known.</summary>
    public int Due => _due.Count;

    public static async Task<DemoReceivers> Start() => new(await WebhookReceiver.Start());

    /// <summary>What the server has to know of them.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Settings =>
    [
        new($"{SmtpOptions.Section}:Host", "127.0.0.1"),
        new($"{SmtpOptions.Section}:Port", _mail.Port.ToString(CultureInfo.InvariantCulture)),
        new($"{SmtpOptions.Section}:Security", nameof(SmtpSecurity.None)),
        new($"{SmtpOptions.Section}:From", "school@example.org"),
        .. _app.SiloSettings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)),
    ];

    /// <summary>Reads from the feed what is due by the rules, and waits until it has arrived.</summary>
    public async Task Await(IServiceProvider services, CancellationToken stop)
    {
        _due = await ReadDue(services.GetRequiredService<IFeed>(), services.GetRequiredService<ISubscriptions>(), stop);
        var began = TimeProvider.System.GetTimestamp();
        while (Arrived().DistinctBy(arrival => arrival.Key).Count() < _due.Count && TimeProvider.System.GetElapsedTime(began) < Patience) await Task.Delay(PollInterval, stop);
    }

    /// <summary>How it went, a line for each channel.</summary>
    public IReadOnlyList<NoticeFigures> Figures() => [FiguresOf("Webhooks", ChannelKind.Webhook, _app.Arrivals), FiguresOf("Mails", ChannelKind.Email, _mail.Arrivals)];

    /// <summary>Notices that should not have arrived: of no fact, or not signed.</summary>
    public long Unexpected => Arrived().Count(arrival => !_due.ContainsKey(arrival.Key)) + _app.Forged;

    public async ValueTask DisposeAsync()
    {
        await _mail.DisposeAsync();
        await _app.DisposeAsync();
    }

    private IEnumerable<ReceivedNotice> Arrived() => _app.Arrivals.Concat(_mail.Arrivals);

    private async Task<IReadOnlyDictionary<string, Instant>> ReadDue(IFeed feed, ISubscriptions subscriptions, CancellationToken stop)
    {
        var due = new Dictionary<string, Instant>();
        for (var (position, isLast) = (FeedPosition.Start, false); !isLast;)
        {
            var page = await feed.Read(position, PageMax, stop);
            var accounts = page.Facts.Select(fact => fact.Account).OfType<Domain.Accounts.AccountNumber>().Distinct().ToList();
            foreach (var (key, notice) in NoticePlan.Of(page.Facts, await subscriptions.Find(accounts)))
            {
                due[key.ToString()] = notice.RecordedAt;
                _dueBy.AddOrUpdate(notice.Channel.Kind, 1, (_, count) => count + 1);
            }

            (position, isLast) = (page.Next, page.IsLast);
        }

        return due;
    }

    private NoticeFigures FiguresOf(string name, ChannelKind channel, IReadOnlyCollection<ReceivedNotice> arrivals)
    {
        var tally = new Tally();
        var first = arrivals.DistinctBy(arrival => arrival.Key).ToList();
        foreach (var arrival in first)
            if (_due.TryGetValue(arrival.Key, out var recorded)) tally.Granted((arrival.At - recorded).ToTimeSpan());
        return new NoticeFigures(name, _dueBy.GetValueOrDefault(channel), first.Count, arrivals.Count - first.Count, tally.Read());
    }
}

/// <summary>How the notices of one channel fared.</summary>
/// <param name="Channel">Which.</param>
/// <param name="Due">How many the rules ask for.</param>
/// <param name="Arrived">How many arrived.</param>
/// <param name="Repeats">How often one arrived again.</param>
/// <param name="Times">From the record of the fact to the arrival.</param>
internal sealed record NoticeFigures(string Channel, int Due, int Arrived, int Repeats, TallyFigures Times);
