using System.Buffers;
using System.Text.Json;
using NodaTime.Text;
using Zvonok.Domain.Buildings;

namespace Zvonok.Channels.Webhooks;

/// <summary>A notice as JSON: the text for people, and the same as data.</summary>
internal static class WebhookBody
{
    /// <summary>The bytes that are signed and sent.</summary>
    public static byte[] Write(NoticeKey key, Notice notice, Instant now)
    {
        var buffer = new ArrayBufferWriter<byte>(1_024);
        using var json = new Utf8JsonWriter(buffer);
        var text = NoticeTexts.Write(notice, now);
        json.WriteStartObject();
        json.WriteString("key", key.ToString());
        json.WriteString("kind", NoticeKey.NameOf(notice.Kind));
        json.WriteString("guardian", notice.Guardian);
        json.WriteNumber("account_number", notice.Account.Value);
        json.WriteString("event_time", InstantPattern.ExtendedIso.Format(notice.EventAt));
        json.WriteString("record_time", InstantPattern.ExtendedIso.Format(notice.RecordedAt));
        json.WriteString("time_zone", notice.ZoneId);
        json.WriteBoolean("late", NoticeRules.IsLate(notice, now));
        json.WriteString("language", notice.Language == NoticeLanguage.Russian ? "ru" : "en");
        json.WriteString("subject", text.Subject);
        json.WriteString("text", text.Body);
        WriteData(json, notice);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void WritePassage(Utf8JsonWriter json, Notice notice)
    {
        json.WriteNumber("building_id", notice.Building.Value);
        if (notice.Escort is { } escort) json.WriteNumber("escort_account_number", escort.Value);
        if (notice.Direction is { } direction) json.WriteString("direction", NameOf(direction));
        if (notice.Refusal != TapRefusal.None) json.WriteString("refusal_reason", NameOf(notice.Refusal));
    }

    // As the protocol calls it, without what all of its kind begin with.
    private static string NameOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static void WriteData(Utf8JsonWriter json, Notice notice)
    {
        if (notice.Building != default)
        {
            WritePassage(json, notice);
            return;
        }

        if (notice.Kind is NoticeKind.Bought or NoticeKind.ToppedUp or NoticeKind.CreditUsed) json.WriteNumber("amount_kopecks", notice.Amount.Kopecks);
        json.WriteNumber("balance_kopecks", notice.Balance.Kopecks);
        if (notice.Kind == NoticeKind.LowBalance) json.WriteNumber("threshold_kopecks", notice.Threshold.Kopecks);
        if (notice.Reason is { } reason) json.WriteString("reason", reason);
        if (notice.Lines.Length == 0) return;
        json.WriteStartArray("lines");
        foreach (var line in notice.Lines)
        {
            json.WriteStartObject();
            json.WriteString("product_code", line.ProductCode);
            json.WriteNumber("quantity", line.Quantity);
            json.WriteNumber("unit_price_kopecks", line.UnitPrice.Kopecks);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
