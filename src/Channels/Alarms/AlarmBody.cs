using System.Buffers;
using System.Globalization;
using System.Text.Json;
using NodaTime.Text;
using Zvonok.Domain.Alarms;

namespace Zvonok.Channels.Alarms;

/// <summary>An alarm as JSON: numbers alone, nobody's name.</summary>
internal static class AlarmBody
{
    /// <summary>The alarm's name: <c>alarm/1501/17</c>. The same in every repeat.</summary>
    public static string KeyOf(Alarm alarm) => string.Create(CultureInfo.InvariantCulture, $"alarm/{alarm.Building}/{alarm.Seq}");

    /// <summary>The bytes that are signed and sent.</summary>
    public static byte[] Write(Alarm alarm, int level)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("key", KeyOf(alarm));
        json.WriteString("kind", JsonNamingPolicy.SnakeCaseLower.ConvertName(alarm.Kind.ToString()));
        json.WriteBoolean("warning", alarm.IsWarning);
        json.WriteNumber("building_id", alarm.Building.Value);
        json.WriteNumber("alarm_number", alarm.Seq);
        json.WriteNumber("level", level);
        json.WriteNumber("repeat", alarm.Tries);
        json.WriteString("event_time", InstantPattern.ExtendedIso.Format(alarm.EventAt));
        json.WriteString("record_time", InstantPattern.ExtendedIso.Format(alarm.RecordedAt));
        if (alarm.Device.Value != 0) json.WriteNumber("device_id", alarm.Device.Value);
        if (alarm.By is { } by) json.WriteNumber("employee_account_number", by.Value);
        if (alarm.Reason.Length > 0) json.WriteString("reason", alarm.Reason);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
