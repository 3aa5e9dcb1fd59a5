using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Zvonok.Journal.Encoding;

/// <summary>Stop lists and their overrides (M3) as JSON: they are few, and people read them in the database. Members are only ever added.</summary>
internal static class StopCodec
{
    // Reasons in the words of people, not in escapes; the text goes nowhere but into a column.
    private static readonly JsonSerializerOptions Options = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Null for none.</summary>
    public static string? Encode(StopList? list) => list is null ? null : JsonSerializer.Serialize(
        new ListContent
        {
            Allergens = (int)list.Allergens,
            HotMeal = (byte?)list.HotMeal,
            Buffet = (byte?)list.Buffet,
            Products = list.Products.Length == 0 ? null : [.. list.Products.Select(stop => new ProductContent(stop.Seller.Code, stop.ProductCode, (byte)stop.Strength))],
        },
        Options);

    public static StopList? DecodeList(string? json)
    {
        if (json is null) return null;
        var content = JsonSerializer.Deserialize<ListContent>(json, Options)!;
        return new StopList(
            (Allergens)content.Allergens,
            (StopStrength?)content.HotMeal,
            (StopStrength?)content.Buffet,
            [.. (content.Products ?? []).Select(stop => new ProductStop(ContraAccount.FromCode(stop.Seller), stop.Code, (StopStrength)stop.Strength))]);
    }

    /// <summary>Null for none.</summary>
    public static string? Encode(StopOverride? made) =>
        made is null ? null : JsonSerializer.Serialize(new OverrideContent(made.By.Value, made.Reason, [.. made.Lines.Indexes()]), Options);

    public static StopOverride? DecodeOverride(string? json)
    {
        if (json is null) return null;
        var content = JsonSerializer.Deserialize<OverrideContent>(json, Options)!;
        return new StopOverride(AccountNumber.From(content.By), content.Reason, LineSet.Of(content.Lines));
    }

    private sealed record ProductContent(long Seller, string Code, byte Strength);

    private sealed record OverrideContent(long By, string Reason, int[] Lines);

    private sealed record ListContent
    {
        public int Allergens { get; init; }

        public byte? HotMeal { get; init; }

        public byte? Buffet { get; init; }

        public ProductContent[]? Products { get; init; }
    }
}
