using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Zvonok.Api.Shapes;
using Zvonok.Grains.Journal;

namespace Zvonok.Api.Family;

/// <summary>Where the next page of a history starts: opaque to callers, so that it may change.</summary>
internal static class HistoryToken
{
    private const int LengthMax = 128;
    private const long MillisecondsMax = 253_402_300_799_999;

    public static string Write(HistoryPlace next) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"h{next.BeforeEntry} {next.BeforePassage!.Value.RecordedAt.ToUnixTimeMilliseconds()} {next.BeforePassage.Value.Building} {next.BeforePassage.Value.Seq}")));

    public static HistoryPlace Read(string token)
    {
        if (token.Length == 0) return HistoryPlace.Newest;
        // Written again it has to be the same token: what a decoder would overlook is no answer of ours.
        return token.Length <= LengthMax && Base64Url.IsValid(token) && Parse(Encoding.ASCII.GetString(Base64Url.DecodeFromChars(token))) is { } place && Write(place) == token
            ? place
            : throw Check.Bad("page_token", "the next_page_token of the answer before, unchanged, or empty");
    }

    private static HistoryPlace? Parse(string text)
    {
        if (!text.StartsWith('h')) return null;
        var numbers = text[1..].Split(' ').Select(part => long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).ToList();
        return numbers switch
        {
            [> 0 and var entry, > 0 and <= MillisecondsMax and var at, > 0 and <= Limits.IdMax and var building, > 0 and var seq] =>
                new HistoryPlace(entry, new PassagePlace(Instant.FromUnixTimeMilliseconds(at), new BuildingId((int)building), seq)),
            _ => null,
        };
    }
}
