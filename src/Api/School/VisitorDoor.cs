using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Zvonok.Api.Shapes;
using Zvonok.Grains.Cards;
using Zvonok.Schools.V1;

namespace Zvonok.Api.School;

/// <summary>The visits of a building (P7).</summary>
internal sealed class VisitorDoor(ICardLog log)
{
    public async Task<ListVisitsResponse> List(ListVisitsRequest request)
    {
        var (building, size, before) = (new BuildingId(Check.Id(request.BuildingId, "building_id")), Check.PageSize(request.PageSize), ReadPlace(request.PageToken));
        // One more than asked for shows that there is a next page.
        var listed = await log.ListVisits(building, before, size + 1);
        var response = new ListVisitsResponse { Visits = { listed.Take(size).Select(ToMessage) } };
        if (listed.Count > size) response.NextPageToken = WritePlace(listed[size - 1].Visitor);
        return response;
    }

    public static Zvonok.Schools.V1.Visit ToMessage(Domain.Cards.Visit visit) => new()
    {
        VisitorAccountNumber = visit.Visitor.Value,
        BuildingId = visit.Building.Value,
        HostAccountNumber = visit.Host.Value,
        CardToken = Google.Protobuf.UnsafeByteOperations.UnsafeWrap(visit.Token.Value.ToByteArray(bigEndian: true)),
        IssueTime = visit.From.ToTimestamp(),
        ExpireTime = visit.Until.ToTimestamp(),
        BookKey = visit.BookKey,
    };

    private static string WritePlace(AccountNumber visitor) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(visitor.ToString()));

    private static AccountNumber? ReadPlace(string token)
    {
        if (token.Length == 0) return null;
        Span<byte> bytes = stackalloc byte[32];
        return token.Length <= 40 && Base64Url.IsValid(token) && Base64Url.TryDecodeFromChars(token, bytes, out var length)
            && long.TryParse(bytes[..length], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && AccountNumber.TryFrom(number, out var visitor)
            ? visitor
            : throw Check.Bad("page_token", "the next_page_token of the answer before, unchanged, or empty");
    }
}
