using Zvonok.Channels.Mail;
using Zvonok.Channels.Webhooks;

namespace Zvonok.Channels;

/// <inheritdoc cref="IChannelRules"/>
internal sealed class ChannelRules(SmtpOptions smtp, WebhookOptions webhook) : IChannelRules
{
    public bool IsAnySetUp => smtp.IsSetUp || webhook.IsSetUp;

    public string? WhyNot(Channel channel) => channel.Kind switch
    {
        ChannelKind.Email when !smtp.IsSetUp => $"Mails are not set up here: set {SmtpOptions.Section}:Host.",
        ChannelKind.Email => MailAddresses.IsOne(channel.Address) ? null : "A mail address such as name@example.org is expected.",
        ChannelKind.Webhook when !webhook.IsSetUp => $"Webhooks are not set up here: set {WebhookOptions.Section}:Hosts and a key.",
        ChannelKind.Webhook => WhyNotWebhook(channel.Address),
        _ => "There is no such channel.",
    };

    private string? WhyNotWebhook(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.UserInfo.Length > 0 || url.Fragment.Length > 0) return "An absolute https URL without user and fragment is expected.";
        if (url.Scheme != Uri.UriSchemeHttps && !(url.Scheme == Uri.UriSchemeHttp && webhook.AllowHttp)) return "The URL has to begin with https.";
        return webhook.Hosts.Contains(url.Host, StringComparer.OrdinalIgnoreCase)
            ? null
            : $"Webhooks to {url.Host} are not allowed here: add it to {WebhookOptions.Section}:Hosts.";
    }
}
