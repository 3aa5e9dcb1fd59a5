using Microsoft.Extensions.Options;

namespace Zvonok.Channels.Webhooks;

/// <summary>What belongs together is there together.</summary>
internal sealed class WebhookOptionsValidator : IValidateOptions<WebhookOptions>
{
    private const int SecretLengthMin = 32;

    public ValidateOptionsResult Validate(string? name, WebhookOptions options)
    {
        for (var i = 0; i < options.Hosts.Count; i++)
            if (Uri.CheckHostName(options.Hosts[i]) == UriHostNameType.Unknown)
                return ValidateOptionsResult.Fail($"{WebhookOptions.Section}:Hosts:{i} should be a host's name without scheme and port.");
        foreach (var (id, secret) in options.Keys)
            if (!IsSecret(secret))
                return ValidateOptionsResult.Fail($"{WebhookOptions.Section}:Keys:{id} should be at least {SecretLengthMin} bytes as hexadecimal digits.");
        return options.IsSetUp && !options.Keys.ContainsKey(options.KeyId)
            ? ValidateOptionsResult.Fail($"{WebhookOptions.Section}:KeyId should name one of {WebhookOptions.Section}:Keys, as there are {WebhookOptions.Section}:Hosts.")
            : ValidateOptionsResult.Success;
    }

    private static bool IsSecret(string text) =>
        text.Length >= 2 * SecretLengthMin && text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit);
}
