using System.Text.Json;
using System.Text.Json.Serialization;
using Zvonok.Domain.Notices;

namespace Zvonok.Journal.Notices;

/// <summary>A notice that is due or dead, as JSON: all that is needed to send it later. Members are only ever added.</summary>
internal static class NoticeCodec
{
    private static readonly JsonSerializerOptions Options = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault };

    public static string Encode(Notice notice) => JsonSerializer.Serialize(
        new Content
        {
            Kind = (short)notice.Kind,
            Guardian = notice.Guardian,
            Channel = (short)notice.Channel.Kind,
            Address = notice.Channel.Address,
            Language = (short)notice.Language,
            Child = notice.ChildName,
            Account = notice.Account.Value,
            Zone = notice.ZoneId,
            EventAt = notice.EventAt.ToUnixTimeMilliseconds(),
            RecordedAt = notice.RecordedAt.ToUnixTimeMilliseconds(),
            Building = notice.Building.Value,
            Amount = notice.Amount.Kopecks,
            Balance = notice.Balance.Kopecks,
            Threshold = notice.Threshold.Kopecks,
            Reason = notice.Reason,
            Escort = notice.Escort?.Value ?? 0,
            Direction = (short)(notice.Direction ?? 0),
            Refusal = (short)notice.Refusal,
            Lines = notice.Lines.Length == 0 ? null : [.. notice.Lines.Select(line => new Line(line.ProductCode, (short)line.Category, line.Quantity, line.UnitPrice.Kopecks, (int)line.Allergens))],
        },
        Options);

    public static Notice Decode(string json)
    {
        var content = JsonSerializer.Deserialize<Content>(json, Options)!;
        return new Notice
        {
            Kind = (NoticeKind)content.Kind,
            Guardian = content.Guardian,
            Channel = new Channel((ChannelKind)content.Channel, content.Address),
            Language = (NoticeLanguage)content.Language,
            ChildName = content.Child,
            Account = AccountNumber.From(content.Account),
            ZoneId = content.Zone,
            EventAt = Instant.FromUnixTimeMilliseconds(content.EventAt),
            RecordedAt = Instant.FromUnixTimeMilliseconds(content.RecordedAt),
            Building = new BuildingId(content.Building),
            Amount = new Money(content.Amount),
            Balance = new Money(content.Balance),
            Threshold = new Money(content.Threshold),
            Reason = content.Reason,
            Escort = content.Escort == 0 ? null : AccountNumber.From(content.Escort),
            Direction = content.Direction == 0 ? null : (Direction)content.Direction,
            Refusal = (TapRefusal)content.Refusal,
            Lines = [.. (content.Lines ?? []).Select(line => new SaleLine(line.Code, (ProductCategory)line.Category, line.Quantity, new Money(line.Price), (Allergens)line.Allergens))],
        };
    }

    private sealed record Line(string Code, short Category, int Quantity, long Price, int Allergens);

    private sealed record Content
    {
        public short Kind { get; init; }

        public string Guardian { get; init; } = "";

        public short Channel { get; init; }

        public string Address { get; init; } = "";

        public short Language { get; init; }

        public string? Child { get; init; }

        public long Account { get; init; }

        public string Zone { get; init; } = "";

        public long EventAt { get; init; }

        public long RecordedAt { get; init; }

        public int Building { get; init; }

        public long Amount { get; init; }

        public long Balance { get; init; }

        public long Threshold { get; init; }

        public string? Reason { get; init; }

        public long Escort { get; init; }

        public short Direction { get; init; }

        public short Refusal { get; init; }

        public Line[]? Lines { get; init; }
    }
}
