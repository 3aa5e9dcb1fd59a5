using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Zvonok.Channels.Webhooks;

/// <summary>
/// Signs requests: HMAC-SHA-256 over the timestamp, a full stop and the body. The timestamp is signed so that an old request cannot be sent
/// again with a new one; receivers refuse what is older than a few minutes.
/// </summary>
public static class WebhookSignature
{
    /// <summary>The notice's key: drop what you have had.</summary>
    public const string NoticeHeader = "Zvonok-Notice";

    /// <summary>Which secret signed.</summary>
    public const string KeyIdHeader = "Zvonok-Key-Id";

    /// <summary>When it was signed, in Unix seconds.</summary>
    public const string TimestampHeader = "Zvonok-Timestamp";

    /// <summary>64 hexadecimal digits, lower case.</summary>
    public const string SignatureHeader = "Zvonok-Signature";

    /// <summary>The timestamp as it is sent.</summary>
    public static string Timestamp(Instant now) => now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>The signature as it is sent.</summary>
    public static string Sign(ReadOnlySpan<byte> secret, string timestamp, ReadOnlySpan<byte> body)
    {
        Span<byte> digest = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var head = Encoding.ASCII.GetBytes($"{timestamp}.");
        var signed = new byte[head.Length + body.Length];
        head.CopyTo(signed, 0);
        body.CopyTo(signed.AsSpan(head.Length));
        HMACSHA256.HashData(secret, signed, digest);
        return Convert.ToHexStringLower(digest);
    }
}
