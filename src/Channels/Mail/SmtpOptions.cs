using System.ComponentModel.DataAnnotations;

namespace Zvonok.Channels.Mail;

/// <summary>How the connection to the mail server is protected.</summary>
public enum SmtpSecurity
{
    /// <summary>STARTTLS, and nothing is sent without it.</summary>
    StartTls = 0,

    /// <summary>TLS from the first byte, usually on port 465.</summary>
    Tls = 1,

    /// <summary>Not at all: for a relay on this machine.</summary>
    None = 2,
}

/// <summary>The mail server, section <c>Zvonok:Notices:Smtp</c>. Without a host nobody can subscribe by mail, and what is due waits.</summary>
public sealed class SmtpOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = NoticeOptions.Section + ":Smtp";

    /// <summary>The server's name; empty: mails are not set up.</summary>
    public string Host { get; set; } = "";

    /// <summary>Its port.</summary>
    [Range(1, 65_535, ErrorMessage = Section + ":Port should be {1} to {2}.")]
    public int Port { get; set; } = 587;

    /// <summary>How the connection is protected.</summary>
    public SmtpSecurity Security { get; set; } = SmtpSecurity.StartTls;

    /// <summary>Who we are to the server; empty: it does not ask.</summary>
    public string User { get; set; } = "";

    /// <summary>The password that goes with it.</summary>
    public string Password { get; set; } = "";

    /// <summary>The sender's mail address. Its domain is that of the messages' ids.</summary>
    public string From { get; set; } = "";

    /// <summary>Connections at the same time.</summary>
    [Range(1, 64, ErrorMessage = Section + ":ConnectionsMax should be {1} to {2}.")]
    public int ConnectionsMax { get; set; } = 8;

    /// <summary>Seconds after which a mail counts as not sent.</summary>
    [Range(1, 25, ErrorMessage = Section + ":TimeoutSeconds should be {1} to {2}.")]
    public int TimeoutSeconds { get; set; } = 15;

    internal bool IsSetUp => Host.Length > 0;
}
