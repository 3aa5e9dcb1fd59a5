using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Zvonok.Channels.Mail;
using Zvonok.Channels.Webhooks;

namespace Zvonok.Channels;

/// <inheritdoc cref="INoticeSender"/>
internal sealed class NoticeSender : INoticeSender, IAsyncDisposable
{
    private static readonly SendResult NotSetUp = new(SendOutcome.NotTried, "The channel is not set up.");

    // One for each host that the settings allow, and one for the mail server.
    private readonly ConcurrentDictionary<string, Receiver> _receivers = new(StringComparer.OrdinalIgnoreCase);
    private readonly Receiver _mailServer;
    private readonly MailChannel _mail;
    private readonly WebhookChannel _webhooks;
    private readonly ChannelRules _rules;
    private readonly Func<string, Receiver> _newReceiver;
    private readonly ILogger _logger;

    public NoticeSender(SmtpOptions smtp, WebhookOptions webhook, ReceiverOptions receivers, ChannelRules rules, IClock clock, TimeProvider time, ILogger<NoticeSender> logger)
    {
        (_rules, _logger) = (rules, logger);
        (_mail, _webhooks) = (new MailChannel(smtp, clock, time), new WebhookChannel(webhook, clock));
        _mailServer = new Receiver(smtp.ConnectionsMax, TimeSpan.FromSeconds(smtp.TimeoutSeconds), receivers, time);
        _newReceiver = _ => new Receiver(webhook.RequestsMax, TimeSpan.FromSeconds(webhook.TimeoutSeconds), receivers, time);
    }

    public async Task<SendResult> Send(NoticeKey key, Notice notice, CancellationToken stop)
    {
        // The settings may have changed since somebody subscribed.
        if (_rules.WhyNot(notice.Channel) is not null) return NotSetUp;
        try
        {
            return notice.Channel.Kind == ChannelKind.Email
                ? await _mailServer.Send(patience => _mail.Send(key, notice, patience), stop)
                : await ReceiverOf(notice).Send(patience => _webhooks.Send(key, notice, patience), stop);
        }
        catch (Exception exception) when (!stop.IsCancellationRequested)
        {
            Log.SendFailed(_logger, exception);
            return new SendResult(SendOutcome.Failed, exception.GetType().Name);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _mail.DisposeAsync();
        _webhooks.Dispose();
        _mailServer.Dispose();
        foreach (var receiver in _receivers.Values) receiver.Dispose();
    }

    private Receiver ReceiverOf(Notice notice) => _receivers.GetOrAdd(new Uri(notice.Channel.Address).Authority, _newReceiver);
}
