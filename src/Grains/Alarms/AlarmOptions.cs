using System.ComponentModel.DataAnnotations;

namespace Zvonok.Grains.Alarms;

/// <summary>Settings of the alarms, section <c>Zvonok:Alarms</c>. They are signed with the key of the webhooks (<c>Zvonok:Notices:Webhook:KeyId</c>).</summary>
public sealed class AlarmOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Zvonok:Alarms";

    /// <summary>Where alarms are sent: the first address, and whom to tell next when nobody acknowledges. None: alarms are kept and listed, and not sent.</summary>
    public IList<string> Urls { get; } = [];

    /// <summary>Seconds without an acknowledgement after which an alarm goes to the next address.</summary>
    [Range(1, 86_400, ErrorMessage = Section + ":EscalateSeconds should be {1} to {2}.")]
    public int EscalateSeconds { get; set; } = 120;

    /// <summary>Seconds after which an alarm that was received and not acknowledged is sent again.</summary>
    [Range(1, 86_400, ErrorMessage = Section + ":RepeatSeconds should be {1} to {2}.")]
    public int RepeatSeconds { get; set; } = 60;

    /// <summary>Seconds after which an alarm that nobody took is tried again.</summary>
    [Range(1, 3_600, ErrorMessage = Section + ":RetrySeconds should be {1} to {2}.")]
    public int RetrySeconds { get; set; } = 5;
}
