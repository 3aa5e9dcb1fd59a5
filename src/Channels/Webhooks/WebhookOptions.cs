using System.ComponentModel.DataAnnotations;

namespace Zvonok.Channels.Webhooks;

/// <summary>Webhooks, section <c>Zvonok:Notices:Webhook</c>. Without hosts nobody can subscribe by webhook, and what is due waits.</summary>
public sealed class WebhookOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = NoticeOptions.Section + ":Webhook";

    /// <summary>Hosts that notices may be sent to: names without scheme and port. All others are refused, so that nobody makes the server call what it should not.</summary>
    public IList<string> Hosts { get; } = [];

    /// <summary>The secrets by id, each at least 32 bytes as hexadecimal digits. Receivers find theirs by the id in the request.</summary>
    public IDictionary<string, string> Keys { get; } = new Dictionary<string, string>();

    /// <summary>The key that signs. To change it: add the new key, let the receivers know it, then name it here.</summary>
    public string KeyId { get; set; } = "";

    /// <summary>Allows http besides https: for receivers on this machine.</summary>
    public bool AllowHttp { get; set; }

    /// <summary>Requests to one host at the same time.</summary>
    [Range(1, 1_000, ErrorMessage = Section + ":RequestsMax should be {1} to {2}.")]
    public int RequestsMax { get; set; } = 64;

    /// <summary>Seconds after which a request counts as failed.</summary>
    [Range(1, 25, ErrorMessage = Section + ":TimeoutSeconds should be {1} to {2}.")]
    public int TimeoutSeconds { get; set; } = 5;

    internal bool IsSetUp => Hosts.Count > 0;
}
