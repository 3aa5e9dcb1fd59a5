using System.ComponentModel.DataAnnotations;

namespace Zvonok.Channels;

/// <summary>How receivers in trouble are spared, section <c>Zvonok:Notices:Receivers</c>.</summary>
public sealed class ReceiverOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = NoticeOptions.Section + ":Receivers";

    /// <summary>Milliseconds for which a receiver that fails is left alone.</summary>
    [Range(500, 600_000, ErrorMessage = Section + ":BreakMilliseconds should be {1} to {2}.")]
    public int BreakMilliseconds { get; set; } = 5_000;
}
