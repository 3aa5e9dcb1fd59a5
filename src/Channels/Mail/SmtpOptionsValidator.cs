using Microsoft.Extensions.Options;
using MimeKit;

namespace Zvonok.Channels.Mail;

/// <summary>What belongs together is there together.</summary>
internal sealed class SmtpOptionsValidator : IValidateOptions<SmtpOptions>
{
    public ValidateOptionsResult Validate(string? name, SmtpOptions options)
    {
        if (!options.IsSetUp) return ValidateOptionsResult.Success;
        if (!MailAddresses.IsOne(options.From)) return ValidateOptionsResult.Fail($"{SmtpOptions.Section}:From should be the sender's mail address, such as school@example.org.");
        if (!Enum.IsDefined(options.Security)) return ValidateOptionsResult.Fail($"{SmtpOptions.Section}:Security should be StartTls, Tls or None.");
        if (options.User.Length > 0 && options.Password.Length == 0) return ValidateOptionsResult.Fail($"{SmtpOptions.Section}:Password should be set with {SmtpOptions.Section}:User.");
        return ValidateOptionsResult.Success;
    }
}

/// <summary>Mail addresses.</summary>
internal static class MailAddresses
{
    /// <summary>Such as <c>name@example.org</c>, without a display name.</summary>
    public static bool IsOne(string text) =>
        MailboxAddress.TryParse(text, out var mailbox) && mailbox.Address == text && mailbox.LocalPart.Length > 0 && mailbox.Domain.Length > 0;
}
