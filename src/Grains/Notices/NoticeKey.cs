using System.Globalization;
using Zvonok.Domain.Notices;
using Zvonok.Grains.Feed;

namespace Zvonok.Grains.Notices;

/// <summary>
/// A notice's name, the same however often it is sent, so that its receiver may drop a repeat (A6): the fact's stream, id and number,
/// what of it is told, and to whom.
/// </summary>
/// <param name="Fact">What happened.</param>
/// <param name="Kind">What of it is told: a sale may be told as bought and as low balance.</param>
/// <param name="Receiver">To whom and where.</param>
public readonly record struct NoticeKey(FactKey Fact, NoticeKind Kind, ReceiverId Receiver)
{
    /// <summary>As in <c>account/1234567897/5/bought/00112233445566778899aabbccddeeff</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Fact}/{NameOf(Kind)}/{Receiver}");

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    public static bool TryParse(string text, out NoticeKey key)
    {
        key = default;
        if (text.Split('/') is not [var stream, var id, var seq, var name, var receiver]) return false;
        if (!long.TryParse(seq, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || !Guid.TryParseExact(receiver, "N", out var guid)) return false;
        if (!long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var owner)) return false;
        if (Enum.GetValues<NoticeKind>().FirstOrDefault(kind => NameOf(kind) == name) is not (not 0 and var kind)) return false;
        FactKey? fact = stream switch
        {
            "account" when AccountNumber.TryFrom(owner, out var account) => FactKey.Of(account, number),
            "building" when owner is >= 1 and <= Limits.IdMax => FactKey.Of(new BuildingId((int)owner), number),
            _ => null,
        };
        if (fact is null) return false;
        key = new NoticeKey(fact.Value, kind, new ReceiverId(guid));
        return true;
    }

    /// <summary>A kind as keys and webhooks name it, such as <c>topped_up</c>.</summary>
    public static string NameOf(NoticeKind kind) => kind switch
    {
        NoticeKind.Came => "came",
        NoticeKind.Left => "left",
        NoticeKind.Bought => "bought",
        NoticeKind.ToppedUp => "topped_up",
        NoticeKind.LowBalance => "low_balance",
        NoticeKind.CreditUsed => "credit_used",
        NoticeKind.StopOverridden => "stop_overridden",
        NoticeKind.Brought => "brought",
        NoticeKind.Collected => "collected",
        NoticeKind.HandOverRefused => "hand_over_refused",
        _ => "none",
    };
}
