using System.Buffers.Text;
using System.Text;

namespace Zvonok.Api.Shapes;

/// <summary>Where the next page starts: opaque to callers, so that it may change.</summary>
/// <param name="list">A letter for each list, so that none takes another's token.</param>
internal sealed class PageToken(char list)
{
    private const int LengthMax = 32;

    /// <summary>A token for a place, 1 or more.</summary>
    public string Write(long place) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes($"{list}{place}"));

    /// <summary>The place of a token; <paramref name="first"/> for the first page.</summary>
    public long Read(string token, long first)
    {
        if (token.Length == 0) return first;
        // Written again it has to be the same token: what a decoder would overlook is no answer of ours.
        Span<byte> decoded = stackalloc byte[LengthMax];
        return token.Length <= LengthMax
            && Base64Url.IsValid(token)
            && Base64Url.TryDecodeFromChars(token, decoded, out var length)
            && length > 1 && decoded[0] == list
            && Utf8Parser.TryParse(decoded[1..length], out long place, out _) && place > 0 && Write(place) == token
            ? place
            : throw Check.Bad("page_token", "the next_page_token of the answer before, unchanged, or empty");
    }
}
