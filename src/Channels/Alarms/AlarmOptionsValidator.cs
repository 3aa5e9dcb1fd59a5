using Microsoft.Extensions.Options;
using Zvonok.Channels.Webhooks;
using Zvonok.Grains.Alarms;

namespace Zvonok.Channels.Alarms;

/// <summary>Addresses are addresses, and there is a key to sign with.</summary>
internal sealed class AlarmOptionsValidator(IOptions<WebhookOptions> webhooks) : IValidateOptions<AlarmOptions>
{
    private const int UrlsMax = 8;

    public ValidateOptionsResult Validate(string? name, AlarmOptions options)
    {
        if (options.Urls.Count > UrlsMax) return ValidateOptionsResult.Fail($"{AlarmOptions.Section}:Urls should be at most {UrlsMax}.");
        for (var i = 0; i < options.Urls.Count; i++)
            if (!Uri.TryCreate(options.Urls[i], UriKind.Absolute, out var url) || !(url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && webhooks.Value.AllowHttp)))
                return ValidateOptionsResult.Fail($"{AlarmOptions.Section}:Urls:{i} should be an https URL.");
        return options.Urls.Count > 0 && !webhooks.Value.Keys.ContainsKey(webhooks.Value.KeyId)
            ? ValidateOptionsResult.Fail($"{WebhookOptions.Section}:KeyId should name one of {WebhookOptions.Section}:Keys, as there are {AlarmOptions.Section}:Urls: alarms are signed with it.")
            : ValidateOptionsResult.Success;
    }
}
