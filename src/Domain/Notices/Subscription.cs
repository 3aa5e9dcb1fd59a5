using System.IO.Hashing;
using System.Text;
using Zvonok.Domain.Accounts;

namespace Zvonok.Domain.Notices;

/// <summary>How a notice travels. Stored: never renumbered.</summary>
public enum ChannelKind : short
{
    /// <summary>A mail.</summary>
    Email = 1,

    /// <summary>A signed HTTP request, to the back end of an app or a portal.</summary>
    Webhook = 2,
}

/// <summary>The language of a notice. Stored: never renumbered.</summary>
public enum NoticeLanguage : short
{
    /// <summary>Russian.</summary>
    Russian = 1,

    /// <summary>English.</summary>
    English = 2,
}

/// <summary>Where notices go.</summary>
/// <param name="Kind">How.</param>
/// <param name="Address">A mail address, or an absolute URL.</param>
public sealed record Channel(ChannelKind Kind, string Address);

/// <summary>What one guardian wants to be told of one child through one channel (A5).</summary>
public sealed record Subscription
{
    /// <summary>Whom it is about.</summary>
    public required AccountNumber Account { get; init; }

    /// <summary>Who is told: the portal's own opaque subject (A1).</summary>
    public required string Guardian { get; init; }

    /// <summary>Where to.</summary>
    public required Channel Channel { get; init; }

    /// <summary>What of.</summary>
    public required NoticeKindSet Kinds { get; init; }

    /// <summary>In which language.</summary>
    public required NoticeLanguage Language { get; init; }

    /// <summary>The balance of the meal purse below which <see cref="NoticeKind.LowBalance"/> is told.</summary>
    public Money LowBalanceBelow { get; init; }

    /// <summary>What the family itself calls the child; null: nothing. The only personal thing here, shown in the texts and nowhere else.</summary>
    public string? ChildName { get; init; }

    /// <summary>Who is told and where, as one name.</summary>
    public ReceiverId Receiver => ReceiverId.Of(Guardian, Channel);
}

/// <summary>
/// A guardian at a channel, as a digest of 128 bits (XxHash128): part of a notice's key, and so a stored format. It keeps mail
/// addresses out of the keys that receivers log.
/// </summary>
public readonly record struct ReceiverId(Guid Value)
{
    /// <summary>Of a guardian at a channel.</summary>
    public static ReceiverId Of(string guardian, Channel channel)
    {
        Span<byte> digest = stackalloc byte[16];
        XxHash128.Hash(Encoding.UTF8.GetBytes($"{guardian}\n{(short)channel.Kind}\n{channel.Address}"), digest);
        return new ReceiverId(new Guid(digest, bigEndian: true));
    }

    /// <summary>32 hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("N");
}
